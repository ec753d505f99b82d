import {
    openClients,
    openPage,
    removeSearch,
    search,
    seeStatus,
    switchView,
} from "@client_segmentation/../tests/tours/client_tour_utils";
import {registry} from "@web/core/registry";

const column = (label) => `.o_kanban_group:has(.o_kanban_header:contains(${label}))`;
const card = (label, name) => `${column(label)} .o_kanban_record:contains(${name})`;
const row = (name) => `.o_data_row:contains(${name})`;

/**
 * Work on the list and the kanban: search, status by hand, several clients at once.
 */
registry.category("web_tour.tours").add("client_status_by_hand_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...search("Mürset", 1),
        {
            content: "The second line stands muted under the name",
            trigger: `${row("Mürset Uhren")} .o_client_second_line.text-muted:contains(Atelier Biel)`,
        },

        ...switchView("kanban"),
        {
            content: "Drag the client from Prospect to VIP",
            trigger: card("Prospect", "Mürset Uhren"),
            async run(helpers) {
                await helpers.drag_and_drop(column("VIP"));
            },
        },
        {
            content: "The client is a VIP",
            trigger: card("VIP", "Mürset Uhren"),
        },
        {
            content: "Open the client",
            trigger: card("VIP", "Mürset Uhren"),
            run: "click",
        },
        seeStatus("VIP"),
        openPage("client_history"),
        {
            content: "The history says that this was done by hand",
            trigger:
                ".o_client_timeline .o_kanban_record:contains(Prospect):contains(VIP) .badge:contains(By hand)",
        },
        {
            content: "Pin the status",
            trigger: ".o_form_view .o_statusbar_buttons button:contains(Pin Status)",
            run: "click",
        },
        {
            content: "The status is pinned",
            trigger: ".o_form_view .o_statusbar_buttons button:contains(Unpin Status)",
        },
        {
            content: "Return to the clients",
            trigger: ".o_breadcrumb .breadcrumb-item:contains(Clients) a",
            run: "click",
        },
        {
            content: "The card shows the pin",
            trigger: `${card("VIP", "Mürset Uhren")} .fa-thumb-tack`,
        },

        ...switchView("list"),
        ...removeSearch(),
        ...search("Weidmann", 3),
        {
            content: "Select the first",
            trigger: `${row("Weidmann Gartenbau")} .o_list_record_selector input`,
            run: "click",
        },
        {
            content: "Select the second",
            trigger: `${row("Weidmann Transporte")} .o_list_record_selector input`,
            run: "click",
        },
        {
            content: "Two are selected",
            trigger: ".o_selection_box:contains(2)",
        },
        {
            content: "Edit the type of the selected clients",
            trigger: `${row("Weidmann Gartenbau")} .o_data_cell[name='client_type_id']`,
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name='client_type_id'] input",
            run: "edit Supplier",
        },
        {
            trigger:
                ".o_selected_row .o_field_widget[name='client_type_id'] .o-autocomplete--dropdown-item a:contains(Supplier)",
            run: "click",
        },
        {
            content: "Confirm for two clients",
            trigger: ".modal:contains(2) .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "The first has the type",
            trigger: `${row("Weidmann Gartenbau")}:contains(Supplier)`,
        },
        {
            content: "The second has it, too",
            trigger: `${row("Weidmann Transporte")}:contains(Supplier)`,
        },
        {
            content: "The third, not selected, has not",
            trigger: `${row("Weidmann Druck")}:not(:contains(Supplier))`,
        },
        {
            content: "Select none, to see the search again",
            trigger: ".o_unselect_all",
            run: "click",
        },

        ...removeSearch(),
        ...search("044 668 18", 1),
        {
            content: "A number typed the national way finds the international one",
            trigger: row("Weidmann Transporte"),
        },
    ],
});
