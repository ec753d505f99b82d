import {
    addTour,
    choose,
    fill,
    lookUp,
    openClients,
    openPage,
    seeStatus,
} from "@client_segmentation/../tests/tours/client_tour_utils";
import {showProductColumn} from "@account/js/tours/tour_utils";

const NAME = "Domaine des Murailles";
const NOTE = "Delivers on Tuesdays only";
const rating = ".o_field_widget[name='client_rating'] .o_priority";
const line = ".o_client_timeline .o_kanban_record";

/**
 * A prospect gets the first invoice and so becomes an active client.
 */
addTour("client_first_invoice_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        {
            content: "Create a client",
            trigger: ".o_control_panel .o_list_button_add",
            run: "click",
        },
        fill("name", NAME),
        fill("client_name2", "Lausanne branch"),
        fill("client_key_note", NOTE),
        ...choose("client_type_id", "Prospect"),
        ...choose("client_criterion_1_id", "Lavaux"),
        {
            content: "Three stars",
            trigger: `${rating} .o_priority_star:nth-child(3)`,
            run: "click",
        },
        {
            content: "Three stars are full, and the form is saved with them",
            trigger: `.o_form_saved ${rating}:has(.fa-star:nth-child(3)):has(.fa-star-o:nth-child(4))`,
        },
        seeStatus("Prospect"),

        {
            content: "Open the invoices of the client",
            trigger: ".o-form-buttonbox button[name='action_view_partner_invoices']",
            run: "click",
        },
        {
            content: "Create an invoice",
            trigger:
                ".o_list_view:has(.o_breadcrumb:contains(Invoices)) .o_list_button_add",
            run: "click",
        },
        {
            content: "The invoice shows the key note of the client",
            trigger: `.o_form_view .alert [name='client_key_note']:contains(${NOTE})`,
        },
        ...showProductColumn(),
        {
            content: "Add a line",
            trigger:
                "div[name='invoice_line_ids'] .o_field_x2many_list_row_add a:first",
            run: "click",
        },
        ...lookUp(
            "product_id",
            "Tasting for twelve",
            "div[name='invoice_line_ids'] .o_selected_row"
        ),
        {
            content: "The product has its price",
            trigger:
                "div[name='invoice_line_ids'] .o_data_row [name='price_unit'] input:value(480.00)",
        },
        {
            content: "Post the invoice",
            trigger: ".o_form_view button[name='action_post']",
            run: "click",
        },
        {
            content: "The invoice is posted",
            trigger: ".o_form_saved .o_arrow_button_current[data-value='posted']",
        },

        {
            content: "Return to the client",
            trigger: `.o_breadcrumb .breadcrumb-item:contains(${NAME}) a`,
            run: "click",
        },
        seeStatus("Active"),
        openPage("client_history"),
        {
            content: "The history says which rule made the prospect active",
            trigger: `${line}:contains(Prospect):contains(Active) .badge:contains(First invoice posted)`,
        },
        {
            content: "and by which invoice, which can be opened",
            trigger: `${line}:contains(Active) a:contains(INV/)`,
            run: "click",
        },
        {
            content: "This is the invoice",
            trigger: `.o_form_view:has(.o_arrow_button_current[data-value='posted']) [name='partner_id']:contains(${NAME})`,
        },
    ],
});
