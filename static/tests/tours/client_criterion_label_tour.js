import {
    addTour,
    fill,
    openClients,
    openMenu,
    row,
} from "@client_segmentation/../tests/tours/client_tour_utils";

/** Every screen of the clients calls the first criterion `label`. */
function seeLabel(label) {
    return [
        {
            content: "The list has the new label",
            trigger: `.o_list_view th[data-name='client_criterion_1_id']:contains(${label})`,
        },
        {
            content: "Search a value",
            trigger: ".o_searchview_input",
            run: "edit Lavaux",
        },
        {
            content: "The search box has the new label",
            trigger: `.o_searchview_autocomplete .o-dropdown-item:contains(${label}):contains(Lavaux)`,
        },
        {
            content: "Leave the search box",
            trigger: ".o_searchview_input",
            run: "press Escape",
        },
        {
            content: "Nothing is proposed any more",
            trigger:
                "body:not(:has(.o_searchview_autocomplete)) .o_searchview_input:not(:value(Lavaux))",
        },
        {
            content: "Open the menu of the search",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "Group by the new label",
            trigger: `.o_group_by_menu .o_menu_item:contains(${label})`,
            run: "click",
        },
        {
            content: "The list is grouped by the new label",
            trigger: `.o_list_view:has(.o_group_header:contains(Lavaux)) .o_searchview_facet:contains(${label})`,
        },
        {
            content: "Close the menu of the search",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "The menu is closed",
            trigger: "body:not(:has(.o_search_bar_menu)) .o_list_view",
        },
        {
            content: "Open the group",
            trigger: ".o_list_view .o_group_header:contains(Lavaux)",
            run: "click",
        },
        {
            content: "Open the client",
            trigger: `${row("Cave du Lac")} td[name='complete_name']`,
            run: "click",
        },
        {
            content: "The form has the new label",
            trigger: `.o_form_view .o_form_label[for^='client_criterion_1_id']:contains(${label})`,
        },
    ];
}

/** Rename the first criterion in the user's language, and look at the clients. */
function rename(label) {
    return [
        ...openClients(),
        ...openMenu("client_criterion_menu", "client_menu_configuration"),
        {
            content: "Open the first criterion",
            trigger: ".o_list_view .o_data_row:first .o_data_cell[name='name']",
            run: "click",
        },
        fill("name", label),
        {
            content: "Save it",
            trigger: ".o_form_view .o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "It is saved: there is no button to save any more",
            trigger:
                ".o_form_view:has(.o_form_status_indicator_buttons.invisible) .o_form_saved",
        },
        // Without a reload of the page: the browser has kept the views of the list.
        ...openMenu("client_menu", "client_menu_clients"),
        ...seeLabel(label),
    ];
}

addTour("client_criterion_label_tour", {
    url: "/odoo",
    steps: () => rename("Terroir"),
});

addTour("client_criterion_label_fr_tour", {
    url: "/odoo",
    steps: () => rename("Région viticole"),
});

addTour("client_criterion_label_kept_tour", {
    url: "/odoo/clients",
    steps: () => seeLabel("Terroir"),
});
