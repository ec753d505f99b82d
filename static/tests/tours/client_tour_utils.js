import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

/**
 * Steps that the tours share. Each waits for what the person sees before the next
 * one: a click or a tick on what is about to be drawn again is lost.
 */

/** On a busy machine a step may take that long; what never comes still fails. */
const STEP_TIMEOUT = 60000;

/** Add a tour whose steps have the time that a busy machine needs. */
export function addTour(name, {url, steps}) {
    registry.category("web_tour.tours").add(name, {
        url,
        steps: () => steps().map((step) => ({timeout: STEP_TIMEOUT, ...step})),
    });
}

const menu = (name) => `[data-menu-xmlid='client_segmentation.${name}']`;

export const row = (name) => `.o_list_view .o_data_row:contains(${name})`;

/** A row that is none of `names`. */
const otherRow = (names) =>
    `.o_data_row${names.map((name) => `:not(:contains(${name}))`).join("")}`;

/** A list that shows `names`, all of them and nobody else. */
export const listOf = (names) =>
    `.o_list_view${names.map((name) => `:has(.o_data_row:contains(${name}))`).join("")}:not(:has(${otherRow(names)}))`;

export function seeRows(names) {
    return {
        content: `The list shows ${names.join(", ")}, and nobody else`,
        trigger: listOf(names),
    };
}

/** What the form shows in the field `name`, to type into. */
const input = (name) =>
    `.o_form_view .o_field_widget[name='${name}'] :is(input, textarea)`;

export function openClients() {
    return [
        ...stepUtils.goToAppSteps(
            "client_segmentation.client_menu_root",
            "Open the clients"
        ),
        {
            content: "The clients are there, as a list",
            trigger:
                ".o_list_view:has(.o_breadcrumb:contains(Clients)) .o_list_renderer",
        },
    ];
}

/** Click on an entry of the menu bar, below a section if one is given. */
export function openMenu(name, section) {
    const steps = section
        ? [
              {
                  content: `Open the section ${section}`,
                  trigger: `.o_menu_sections ${menu(section)}`,
                  run: "click",
              },
          ]
        : [];
    return [
        ...steps,
        {
            content: `Open ${name}`,
            trigger: `:is(.o_menu_sections, .o-dropdown--menu) ${menu(name)}`,
            run: "click",
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

const optionOf = (field, label) =>
    `${field} .o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(${label})`;

/**
 * Click on one of the few records that a field in `scope` proposes.
 *
 * Nothing is typed: the answer to what is typed comes later, and opens the list again.
 */
export function pick(name, label, scope = ".o_form_view") {
    const field = `${scope} .o_field_widget[name='${name}']`;
    return [
        {
            content: `See what ${name} may be`,
            trigger: `${field} input`,
            run: "click",
        },
        {
            content: `Choose ${label}`,
            trigger: optionOf(field, label),
            run: "click",
        },
    ];
}

/** Pick a record, and see it in the field. */
export function choose(name, label, scope = ".o_form_view") {
    const field = `${scope} .o_field_widget[name='${name}']`;
    const closed = `${field}:not(:has(.o-autocomplete--dropdown-menu))`;
    return [
        ...pick(name, label, scope),
        {
            content: `${name} is ${label}`,
            trigger: `${closed}:has(input:value(${label})), ${closed}:has(.o_tag:contains(${label}))`,
        },
    ];
}

/**
 * Choose one of many records: type its name, and wait until nothing else is proposed.
 *
 * There has to be another record. Otherwise nobody sees when the answer is there.
 */
export function lookUp(name, label, scope = ".o_form_view") {
    const field = `${scope} .o_field_widget[name='${name}']`;
    const other = `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):not(:contains(${label}))`;
    return [
        {
            content: `Look for ${label}`,
            trigger: `${field} input`,
            run: `edit ${label}`,
        },
        {
            content: `Choose ${label}`,
            trigger: optionOf(`${field}:not(:has(${other}))`, label),
            run: "click",
        },
    ];
}

/**
 * Type `text` into the search box over a list: it finds `names`.
 *
 * The list has to show somebody else before. Otherwise nobody sees when the result is
 * there, and a tick is lost when the list is drawn again.
 */
export function search(text, names) {
    return [
        {
            content: `Search ${text}`,
            trigger: `.o_list_view:has(${otherRow(names)}) .o_searchview_input`,
            run: `edit ${text}`,
        },
        {
            content: "In the first field",
            trigger: `.o_searchview_autocomplete .o-dropdown-item:first:contains(${text})`,
            run: "click",
        },
        {
            content: `The list shows what was found for ${text}`,
            trigger: `${listOf(names)} .o_searchview_facet:contains(${text})`,
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

export function seeSelected(count) {
    return {
        content: `${count} are selected`,
        trigger: `.o_list_view .o_selection_box b:text(${count})`,
    };
}

/** Tick the row of one client; then `count` are selected. */
export function tick(name, count) {
    return [
        {
            content: `Tick ${name}`,
            trigger: `${row(name)} .o_list_record_selector input:not(:checked)`,
            run: "click",
        },
        seeSelected(count),
    ];
}

/** Tick all `count` clients that the list shows. */
export function selectAll(count) {
    return [
        {
            content: "Select all",
            trigger: ".o_list_view thead .o_list_record_selector input:not(:checked)",
            run: "click",
        },
        seeSelected(count),
    ];
}

/** Select all `count` clients that the search finds, more than the page shows. */
export function selectAllFound(count) {
    return [
        {
            content: "Tick the page",
            trigger: ".o_list_view thead .o_list_record_selector input:not(:checked)",
            run: "click",
        },
        {
            content: "Select those of the other pages, too",
            trigger: `.o_list_view .o_select_domain:contains(${count})`,
            run: "click",
        },
        seeAllSelected(count),
    ];
}

export function seeAllSelected(count) {
    return {
        content: `All ${count} are selected`,
        trigger: `.o_list_view .o_selection_box:not(:has(.o_select_domain)) b:text(${count})`,
    };
}

/** Click on a button above the list of the selected clients. */
export function pressSelected(label) {
    return {
        content: `Press ${label}`,
        trigger: `.o_list_view .o_selection_container > button:contains(${label})`,
        run: "click",
    };
}

/** Choose an entry of the menu *Actions* of the selected clients. */
export function openAction(entry) {
    return [
        {
            content: "Open the menu Actions",
            trigger:
                ".o_list_view .o_selection_container .o_cp_action_menus .dropdown-toggle:has(.fa-cog)",
            run: "click",
        },
        {
            content: `Choose ${entry}`,
            trigger: `.o-dropdown--menu .o_menu_item:contains(${entry})`,
            run: "click",
        },
    ];
}

/** The pop-up that says `text`: seen when it appears, for it goes away by itself. */
function popUp(text) {
    return new Promise((resolve) => {
        const observer = new MutationObserver(() => {
            const popUps = [...document.querySelectorAll(".o_notification")];
            if (popUps.some((element) => element.textContent.includes(text))) {
                observer.disconnect();
                resolve();
            }
        });
        observer.observe(document.body, {childList: true, subtree: true});
    });
}

/**
 * Click on the button of a dialog that closes it.
 *
 * @param {String} button selector
 * @param {String} [says] what a pop-up says then
 */
export function closeDialog(button = ".btn-primary", says = "") {
    return [
        {
            content: `Answer the dialog${says && `; a pop-up says ${says}`}`,
            trigger: `.modal:not(.o_inactive_modal) footer ${button}`,
            async run({anchor, click}) {
                const said = says && popUp(says);
                await click(anchor);
                await said;
            },
        },
        {
            content: "The dialog is closed",
            trigger: "body:not(:has(.modal))",
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

/** The status bar of a client says `label`, and the form is saved. */
export function seeStatus(label) {
    return {
        content: `The status is ${label}`,
        trigger: `.o_form_view .o_form_saved [name='client_status_id'] .o_arrow_button_current:contains(${label})`,
    };
}
