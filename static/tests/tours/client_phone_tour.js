import {
    addTour,
    closeDialog,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const NAME = "Weidmann Gartenbau";
const NOTE = "Delivers on Tuesdays only";
const card = (name) => `.o_kanban_record:contains(${name})`;

/** Nothing of an element is beside the screen. */
function fits(trigger) {
    return {
        content: `${trigger} is not wider than the phone`,
        trigger,
        run({anchor}) {
            if (anchor.scrollWidth > document.documentElement.clientWidth) {
                throw new Error(`${trigger} is ${anchor.scrollWidth} pixels wide`);
            }
        },
    };
}

/** Open an entry of the menu of the app that is open. */
function openMenu(name) {
    return [
        {
            content: "Open the menu",
            trigger: ".o_main_navbar .o_menu_toggle",
            run: "click",
        },
        {
            content: `Open ${name}`,
            trigger: `.o_app_menu_sidebar [data-menu-xmlid='client_segmentation.${name}']`,
            run: "click",
        },
        {
            content: "The menu is closed",
            trigger: "body:not(:has(.o_app_menu_sidebar))",
        },
    ];
}

/** Touch a card long enough to select it. */
function selectCard(name, count) {
    return [
        {
            content: `Touch ${name}`,
            trigger: card(name),
            run({anchor}) {
                anchor.dispatchEvent(new TouchEvent("touchstart", {bubbles: true}));
            },
        },
        {
            content: `${count} are selected`,
            trigger: `.o_selection_box b:text(${count})`,
        },
    ];
}

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
            content: "The clients are there, as cards without columns",
            trigger: `body:not(:has(.o_app_menu_sidebar)) .o_kanban_view:has(${card(NAME)}) .o_kanban_ungrouped ${card("Mürset Druck")}`,
        },
        {
            content: "A card says the status, but no figures",
            trigger: `${card(NAME)}:contains(VIP · ):not(:contains(Revenue))`,
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
        fits(".o_form_view .o_form_renderer"),
    ],
});

/** From the list of clients: find one by its phone number and call it in two taps. */
addTour("client_phone_call_tour", {
    url: "/odoo/clients",
    steps: () => [
        {
            content: "The first tap is on the search box; type the number",
            trigger: `.o_kanban_view:has(${card("Mürset Druck")}) .o_searchview_input`,
            run: "edit 044 668 18 00",
        },
        {
            content: "The search key of the phone's keyboard",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:first",
            run: () =>
                document
                    .querySelector(".o_searchview_input")
                    .dispatchEvent(
                        new KeyboardEvent("keydown", {key: "Enter", bubbles: true})
                    ),
        },
        {
            content: "The second tap is on its number",
            trigger: `.o_kanban_view:not(:has(${card("Mürset Druck")})) ${card(NAME)} a[href='tel:+41446681800']`,
            run({anchor}) {
                const {left, top, width, height} = anchor.getBoundingClientRect();
                const hit = document.elementFromPoint(
                    left + width / 2,
                    top + height / 2
                );
                if (hit !== anchor || height < 40) {
                    throw new Error("A finger does not hit the number");
                }
                // The browser of a test has no telephone.
                anchor.addEventListener("click", (ev) => ev.preventDefault(), {
                    once: true,
                });
                anchor.click();
            },
        },
        {
            content: "The tap did not open the client; one can write an e-mail as well",
            trigger: `.o_kanban_view ${card(NAME)} a[href='mailto:info@weidmann.example']`,
        },
        fits(".o_kanban_view .o_kanban_renderer"),
        {
            content: "Open the board",
            trigger: ".o_control_panel .o_client_board",
            run: "click",
        },
        {
            content: "The client is in the column of its status",
            trigger: `.o_kanban_grouped .o_kanban_group:contains(VIP) ${card(NAME)}`,
        },
        {
            content: "Back to the cards",
            trigger: ".o_control_panel .o_client_board.active",
            run: "click",
        },
        {
            content: "They are there",
            trigger: `.o_kanban_ungrouped ${card(NAME)}`,
        },
    ],
});

/** The best clients with their revenue, in their order; then other limits for them. */
addTour("client_phone_figures_tour", {
    url: "/odoo/clients",
    steps: () => [
        {
            content: "The clients are there",
            trigger: `.o_kanban_view ${card("Client 40")}`,
        },
        ...openMenu("client_menu_top"),
        {
            content: "The best client comes first, with its revenue and class",
            trigger:
                ".o_kanban_ungrouped .o_kanban_record:first:contains(#1):contains(Client 500):contains(500.00):contains(VIP)",
        },
        {
            content: "The second one is next",
            trigger: ".o_kanban_record:eq(1):contains(#2):contains(Client 300)",
        },
        ...openMenu("client_what_if_menu"),
        {
            content: "Fewer VIP clients",
            trigger: ".o_client_limit[data-name='vip_share'] input[type='range']",
            run: "range 50",
        },
        {
            content: "See at once that one client changes, and ask who",
            trigger: ".o_client_outcome:contains(Revenue Class: 1) button",
            run: "click",
        },
        {
            content: "The second client leaves",
            trigger:
                ".o_client_what_if [data-name='revenue_class'] tr[data-value='vip'] .o_client_changes:contains(Client 300)",
            run({anchor}) {
                const {top, bottom} = anchor.getBoundingClientRect();
                if (top < 0 || bottom > window.innerHeight) {
                    throw new Error("The result is not on the screen");
                }
            },
        },
        fits(".o_client_what_if"),
    ],
});

/** A tag for two clients, which are selected by a long touch. */
addTour("client_phone_tag_tour", {
    url: "/odoo/clients",
    steps: () => [
        ...selectCard("Weidmann Gartenbau", 1),
        ...selectCard("Weidmann Transporte", 2),
        {
            content: "Open the actions",
            trigger: ".o_control_panel .o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {
            content: "Choose the tags",
            trigger: ".o-dropdown-item-unstyled-button button:contains(Add Tags)",
            run: "click",
        },
        {
            content: "The dialog is about two clients",
            trigger: ".modal .o_form_view [name='target_count']:contains(2)",
        },
        {
            content: "See the tags, which fill the screen of a phone",
            trigger: ".modal .o_field_widget[name='tag_ids'] input",
            run: "click",
        },
        {
            content: "Choose one",
            trigger: ".modal .o_kanban_record:contains(Spring Fair)",
            run: "click",
        },
        {
            content: "Two will change",
            trigger: ".modal [name='change_count']:contains(2)",
        },
        fits(".modal .o_form_view"),
        ...closeDialog("button[name='action_apply']"),
        {
            content: "Both have it",
            trigger: `.o_kanban_view:has(${card("Weidmann Gartenbau")}:contains(Spring Fair)) ${card("Weidmann Transporte")}:contains(Spring Fair)`,
        },
    ],
});
