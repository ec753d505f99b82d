import {addTour} from "@client_segmentation/../tests/tours/client_tour_utils";

const NAME = "Weidmann Gartenbau";
const NOTE = "Delivers on Tuesdays only";
const card = (name) => `.o_kanban_record:contains(${name})`;

/** On a phone: find a client and see what one has to know before the visit. */
addTour("client_phone_tour", {
    url: "/odoo",
    steps: () => [
        {
            content: "Open the menu, when the first app is there",
            trigger: ".o_main_navbar .o_menu_toggle.hasImage",
            run: "click",
        },
        {
            content: "See all apps",
            trigger: ".o_app_menu_sidebar .o_sidebar_topbar a.btn-primary",
            run: "click",
        },
        {
            content: "Open the clients",
            trigger:
                ".o_app_menu_sidebar .o_app[data-menu-xmlid='client_segmentation.client_menu_root']",
            run: "click",
        },
        {
            content: "The clients are there, as cards",
            trigger: `body:not(:has(.o_app_menu_sidebar)) .o_kanban_view:has(${card(NAME)}) ${card("Mürset Druck")}`,
        },
        {
            content: "Open the search",
            trigger: ".o_control_panel button:has(.fa-search)",
            run: "click",
        },
        {
            content: "Search the client",
            trigger: ".o_searchview_input",
            run: "edit Weidmann",
        },
        {
            content: "In the first field",
            trigger:
                ".o_searchview_autocomplete .o-dropdown-item:first:contains(Weidmann)",
            run: "click",
        },
        {
            content: "Open the client, the only one",
            trigger: `.o_kanban_view:not(:has(${card("Mürset Druck")})) ${card(NAME)}`,
            run: "click",
        },
        {
            content: "See the key note",
            trigger: `.o_form_view [name='client_key_note'] textarea:value(${NOTE})`,
        },
        {
            content: "See the status",
            trigger:
                ".o_form_saved [name='client_status_id'] .dropdown-toggle:contains(VIP)",
        },
        {
            content: "Nothing is wider than the phone",
            trigger: ".o_form_view .o_form_renderer",
            run({anchor}) {
                if (anchor.scrollWidth > document.documentElement.clientWidth) {
                    throw new Error(`The form is ${anchor.scrollWidth} pixels wide`);
                }
            },
        },
    ],
});
