import {
    openClients,
    search,
} from "@client_segmentation/../tests/tours/client_tour_utils";
import {registry} from "@web/core/registry";

const REASON = "Three invoices unpaid";

/**
 * Block a client; the draft of its invoice is not posted any more, and says why.
 */
registry.category("web_tour.tours").add("client_blocked_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...search("Weidmann Gartenbau", 1),
        {
            content: "Open the client",
            trigger: ".o_data_row .o_data_cell[name='complete_name']",
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
        {
            trigger: ".modal footer button[name='action_block']",
            run: "click",
        },
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
            content: "Its invoices are there",
            trigger: ".o_breadcrumb:contains(Invoices)",
        },
        {
            content: "Open the draft",
            trigger: ".o_list_view .o_data_row .o_data_cell",
            run: "click",
        },
        {
            content: "It says that the client is blocked",
            trigger: `.o_form_view .alert-danger:contains(${REASON})`,
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
        {
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "It is still a draft",
            trigger: ".o_arrow_button_current[data-value='draft']",
        },
    ],
});
