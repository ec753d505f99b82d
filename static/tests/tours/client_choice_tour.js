import {addTour} from "@client_segmentation/../tests/tours/client_tour_utils";

const REASON = "Three invoices unpaid";
const BLOCKED = "Weidmann Gartenbau";
const FREE = "Weidmann Transporte";
const field = ".o_form_view .o_field_widget[name='partner_id']";
const option = (name) => `${field} .o-autocomplete--dropdown-item:contains(${name})`;
const dialog = ".modal:not(.o_inactive_modal)";

/** The dialog with the reason, which lies over what was there before. */
function readRefusal() {
    return [
        {
            content: "It is refused, with the reason and whom to ask",
            trigger: `${dialog}:contains(This client is blocked):contains(${REASON}):contains(ask) footer .btn-primary`,
            run: "click",
        },
        {
            content: "The reason is read",
            trigger: `body:not(:has(.modal:contains(${REASON})))`,
        },
    ];
}

function fieldIs(name) {
    return {
        content: `The client of the invoice is ${name || "still empty"}`,
        trigger: name
            ? `${field} input:value(${name})`
            : `${field} input:not(:value(Weidmann))`,
    };
}

/** In a new invoice: the drop-down, then *Search more*. */
addTour("client_choice_tour", {
    url: "/odoo/action-account.action_move_out_invoice_type/new",
    steps: () => [
        {
            content: "Look for the client",
            trigger: `${field} input`,
            run: "edit Weidmann",
        },
        {
            content: "The blocked one is there, in grey, as blocked",
            trigger: `${field}:has(.o-autocomplete--dropdown-item:not(.o_client_refused):contains(${FREE})) .o_client_refused:contains(${BLOCKED}):has(.badge:contains(Blocked)) a`,
            run: "click",
        },
        ...readRefusal(),
        fieldIs(""),
        {
            content: "Look for another one",
            trigger: `${field} input`,
            run: "edit Weidmann",
        },
        {content: "Choose it", trigger: `${option(FREE)} a`, run: "click"},
        fieldIs(FREE),
        {
            content: "Look for the blocked one again",
            trigger: `${field} input`,
            run: "edit Weidmann",
        },
        {
            content: "Search more",
            trigger: `${field} .o_m2o_dropdown_option_search_more a`,
            run: "click",
        },
        {
            content: "Choose the blocked one, which is marked here as well",
            trigger: `${dialog} .o_data_row.text-muted:has(.o_client_refused):contains(${BLOCKED}) [name='complete_name']`,
            run: "click",
        },
        ...readRefusal(),
        {
            content: "The list is still there: choose the other one",
            trigger: `${dialog} .o_data_row:not(:has(.o_client_refused)):contains(${FREE}) [name='complete_name']`,
            run: "click",
        },
        {content: "The list is closed", trigger: "body:not(:has(.modal))"},
        fieldIs(FREE),
        {
            content: "Leave the invoice",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        {content: "Nothing is left to save", trigger: "body:not(:has(.o_form_dirty))"},
    ],
});

/** The same on a phone, where the field opens cards. */
addTour("client_choice_phone_tour", {
    url: "/odoo/action-account.action_move_out_invoice_type/new",
    steps: () => [
        {
            content: "Look for the client",
            trigger: `${field} input`,
            run: "click",
        },
        {
            content: "Choose the blocked one, which is marked",
            trigger: `${dialog} .o_kanban_record:has(.badge:contains(Blocked)):contains(${BLOCKED})`,
            run: "click",
        },
        ...readRefusal(),
        {
            content: "The cards are still there: choose another one",
            trigger: `${dialog} .o_kanban_record:not(:has(.badge:contains(Blocked))):contains(${FREE})`,
            run: "click",
        },
        {content: "The cards are closed", trigger: "body:not(:has(.modal))"},
        fieldIs(FREE),
        {
            content: "Leave the invoice",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        {content: "Nothing is left to save", trigger: "body:not(:has(.o_form_dirty))"},
    ],
});
