import {stepUtils} from "@web_tour/tour_utils";

/** What the form shows in the field `name`, to type into. */
export const input = (name) =>
    `.o_form_view .o_field_widget[name='${name}'] :is(input, textarea)`;

export function openClients() {
    return [
        ...stepUtils.goToAppSteps(
            "client_segmentation.client_menu_root",
            "Open the clients"
        ),
        {
            content: "The clients are there, as a list",
            trigger: ".o_list_view .o_list_renderer",
        },
    ];
}

export function switchView(type) {
    return [
        {
            content: `Switch to ${type}`,
            trigger: `.o_control_panel .o_switch_view.o_${type}`,
            run: "click",
        },
        {
            content: `See ${type}`,
            trigger: `.o_${type}_view .o_${type}_renderer`,
        },
    ];
}

export function fill(name, text) {
    return {
        content: `Fill in ${name}`,
        trigger: input(name),
        run: `edit ${text}`,
    };
}

/** Choose a record in a many2one that stands in `scope`. */
export function choose(name, label, scope = ".o_form_view") {
    const field = `${scope} .o_field_widget[name='${name}']`;
    return [
        {
            content: `Look for ${label}`,
            trigger: `${field} input`,
            run: `edit ${label}`,
        },
        {
            content: `Choose ${label}`,
            trigger: `${field} .o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(${label})`,
            run: "click",
        },
    ];
}

/** Type `text` into the search box over a list: it finds `count` clients. */
export function search(text, count) {
    return [
        {
            content: `Search ${text}`,
            trigger: ".o_searchview_input",
            run: `edit ${text}`,
        },
        {
            content: "In the first field",
            trigger: `.o_searchview_autocomplete .o-dropdown-item:first:contains(${text})`,
            run: "click",
        },
        {
            content: `The list shows what was found for ${text}`,
            trigger: `.o_list_view:has(.o_searchview_facet:contains(${text})) .o_pager_limit:text(${count})`,
        },
    ];
}

export function removeSearch() {
    return [
        {
            content: "Remove the search",
            trigger: ".o_searchview_facet .o_facet_remove",
            run: "click",
        },
        {
            content: "The search is off",
            trigger: ".o_searchview:not(:has(.o_searchview_facet))",
        },
    ];
}

export function openPage(name) {
    return {
        content: `Open the page ${name}`,
        trigger: `.o_form_view .o_notebook .nav-link[name='${name}']`,
        run: "click",
    };
}

/** The status bar of a client says `label`. */
export function seeStatus(label) {
    return {
        content: `The status is ${label}`,
        trigger: `.o_form_view [name='client_status_id'] .o_arrow_button_current:contains(${label})`,
    };
}
