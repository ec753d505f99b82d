import {
    addTour,
    choose,
    closeDialog,
    openAction,
    openClients,
    openMenu,
    pressSelected,
    row,
    search,
    seeAllSelected,
    seeSelected,
    selectAll,
    selectAllFound,
    switchView,
    tick,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const GARDENS = "Weidmann Gartenbau";
const TRANSPORT = "Weidmann Transporte";
const wizard = ".modal .o_form_view";

/** The dialog says how many were selected. */
function seeTargets(count) {
    return {
        content: `The dialog is about ${count}`,
        trigger: `${wizard} [name='target_count']:contains(${count})`,
    };
}

function seeCounts(change) {
    return {
        content: `${change} will change`,
        trigger: `${wizard} [name='change_count']:contains(${change})`,
    };
}

const apply = (says) => closeDialog("button[name='action_apply']", says);

const discard = () => closeDialog("button[special='cancel']");

/** Both clients show `text` in the list, and are still selected. */
function seeBothHave(text) {
    const has = (name) => `:has(${row(name)}:contains(${text}))`;
    return [
        {
            content: `Both have ${text} now`,
            trigger: `.o_action_manager${has(GARDENS)}${has(TRANSPORT)} .o_list_view`,
        },
        seeSelected(2),
    ];
}

addTour("client_bulk_tag_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...search("Weidmann", [GARDENS, TRANSPORT]),
        ...selectAll(2),
        ...openAction("Change Tags"),
        seeTargets(2),
        ...choose("tag_ids", "Spring Fair", wizard),
        seeCounts(1),
        ...apply("1 client changed. 1 already had the value."),
        ...seeBothHave("Spring Fair"),
    ],
});

addTour("client_bulk_status_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...search("Weidmann", [GARDENS, TRANSPORT]),
        ...selectAll(2),
        ...openAction("Change Status"),
        seeTargets(2),
        ...choose("status_id", "VIP", wizard),
        seeCounts(2),
        ...apply("2 clients changed."),
        ...seeBothHave("VIP"),
        ...openMenu("client_bulk_operation_menu", "client_menu_clients"),
        {
            content: "Open the one that was just made",
            trigger: ".o_data_row:first:contains(Set Status: VIP) .o_data_cell:first",
            run: "click",
        },
        {
            content: "Undo it",
            trigger: ".o_form_view button[name='action_undo']",
            run: "click",
        },
        ...closeDialog(),
        {
            content: "Both have what they had before",
            trigger:
                ".o_form_view:has(.oe_title:contains(Undo of)) .o_group [name='changed_count']:contains(2)",
        },
    ],
});

addTour("client_bulk_buttons_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...tick(GARDENS, 1),
        pressSelected("Add Tags"),
        seeTargets(1),
        ...discard(),
        seeSelected(1),
        ...tick(TRANSPORT, 2),
        ...openAction("Change Status"),
        seeTargets(2),
        {
            content: "Leave with the key Esc",
            trigger: `${wizard} [name='status_id'] input`,
            run: "press Escape",
        },
        {content: "The dialog is closed", trigger: "body:not(:has(.modal))"},
        seeSelected(2),
        pressSelected("Add Tags"),
        ...choose("tag_ids", "Spring Fair", wizard),
        ...apply("2 clients changed."),
        ...seeBothHave("Spring Fair"),
        pressSelected("Change Status"),
        ...choose("status_id", "Inactive", wizard),
        ...apply("2 clients changed."),
        ...seeBothHave("Inactive"),
        {
            content: "Undo it where it is announced",
            trigger: ".o_notification:contains(Inactive) button:contains(Undo)",
            run: "click",
        },
        {
            content: "Both are prospects again",
            trigger: `.o_action_manager:has(${row(GARDENS)}:contains(Prospect)):has(${row(TRANSPORT)}:contains(Prospect)) .o_list_view`,
        },
        {
            content: "It says so",
            trigger: ".o_notification:contains(Undo of):contains(2)",
        },
        ...switchView("kanban"),
        ...switchView("list"),
        ...tick(GARDENS, 1),
        pressSelected("Change Status"),
        ...choose("status_id", "VIP", wizard),
        ...apply("1 client changed."),
        {
            content: "See the operation",
            trigger: ".o_notification:contains(VIP) button:contains(See It)",
            run: "click",
        },
        {
            content: "It is there",
            trigger: ".o_form_view .oe_title:contains(Set Status: VIP)",
        },
    ],
});

addTour("client_bulk_keyboard_tour", {
    url: "/odoo/clients",
    steps: () => [
        ...tick(GARDENS, 1),
        pressSelected("Add Tags"),
        {
            content: "Type at once",
            trigger: `${wizard} [name='tag_ids'] input:focus`,
            run: "edit Spring",
        },
        {
            content: "Take what is proposed",
            trigger: `${wizard} [name='tag_ids']:has(.o-autocomplete--dropdown-item:contains(Spring Fair)) input`,
            run: "press Enter",
        },
        {
            content: "Apply",
            trigger: `${wizard}:has([name='change_count']:contains(1)) [name='tag_ids']:has(.o_tag:contains(Spring Fair)) input`,
            run: "press Control+Enter",
        },
        {
            content: "The client has the tag, and stays ticked",
            trigger: `body:not(:has(.modal)) ${row(GARDENS)}:contains(Spring Fair)`,
        },
        seeSelected(1),
    ],
});

/** All clients that the search finds; the page shows 80 of them. */
const FOUND = 82;

addTour("client_bulk_all_button_tour", {
    url: "/odoo/clients",
    steps: () => [
        ...selectAllFound(FOUND),
        pressSelected("Add Tags"),
        seeTargets(FOUND),
        ...discard(),
        seeAllSelected(FOUND),
        pressSelected("Add Tags"),
        seeTargets(FOUND),
        ...choose("tag_ids", "Spring Fair", wizard),
        ...apply(`${FOUND} clients changed.`),
        seeAllSelected(FOUND),
    ],
});

addTour("client_bulk_all_action_tour", {
    url: "/odoo/clients",
    steps: () => [
        ...selectAllFound(FOUND),
        ...openAction("Change Status"),
        seeTargets(FOUND),
        ...choose("status_id", "VIP", wizard),
        ...apply(`${FOUND} clients changed.`),
        seeAllSelected(FOUND),
    ],
});
