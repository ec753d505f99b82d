import {
    addTour,
    closeDialog,
    openClients,
    row,
    search,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const REASON = "Three invoices unpaid";
const NAME = "Weidmann Gartenbau";

/**
 * Block a client; the draft of its invoice is not posted any more, and says why.
 */
addTour("client_blocked_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...search(NAME, [NAME]),
        {
            content: "Open the client",
            trigger: `${row(NAME)} .o_data_cell[name='complete_name']`,
            run: "click",
        },
        {
            content: "Block it",
            trigger: ".o_form_view button[name='action_block_client']",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal [name='reason'] input",
            run: `edit ${REASON}`,
        },
        ...closeDialog("button[name='action_block']"),
        {
            content: "The client shows that it is blocked",
            trigger: `.o_form_view:has(.ribbon:contains(Blocked)) .alert-danger:contains(${REASON})`,
        },
        {
            content: "Open its invoices",
            trigger: ".o-form-buttonbox button[name='action_view_partner_invoices']",
            run: "click",
        },
        {
            content: "Open the draft",
            trigger: `.o_list_view:has(.o_breadcrumb:contains(Invoices)) .o_data_row:contains(Draft) .o_data_cell:first`,
            run: "click",
        },
        {
            content: "It says that the client is blocked",
            trigger: `.o_form_view:has(.o_arrow_button_current[data-value='draft']) .alert-danger:contains(${REASON})`,
        },
        {
            content: "Try to post it",
            trigger: ".o_form_view button[name='action_post']",
            run: "click",
        },
        {
            content: "It is refused, with the reason and whom to ask",
            trigger: `.modal:contains(${REASON}):contains(ask)`,
        },
        ...closeDialog(),
        {
            content: "It is still a draft",
            trigger: ".o_arrow_button_current[data-value='draft']",
        },
    ],
});
