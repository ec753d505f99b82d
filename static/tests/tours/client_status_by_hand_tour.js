import {
    addTour,
    closeDialog,
    openClients,
    openPage,
    pick,
    removeSearch,
    row,
    search,
    seeStatus,
    switchView,
    tick,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const WATCHES = "Mürset Uhren";
const GARDENS = "Weidmann Gartenbau";
const TRANSPORT = "Weidmann Transporte";
const PRINTING = "Weidmann Druck";

const column = (label) => `.o_kanban_group:has(.o_kanban_header:contains(${label}))`;
const card = (label, name) => `${column(label)} .o_kanban_record:contains(${name})`;

/**
 * Work on the list and the kanban: search, status by hand, several clients at once.
 */
addTour("client_status_by_hand_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...search("Mürset", [WATCHES]),
        {
            content: "The second line stands muted under the name",
            trigger: `${row(WATCHES)} .o_client_second_line.text-muted:contains(Atelier Biel)`,
        },

        ...switchView("kanban"),
        {
            content: "Drag the client from Prospect to VIP",
            trigger: card("Prospect", WATCHES),
            async run(helpers) {
                await helpers.drag_and_drop(column("VIP"));
            },
        },
        {
            content: "The client is a VIP; the card can be dragged again: it is saved",
            trigger: `${card("VIP", WATCHES)}.o_draggable`,
        },
        {
            content: "Open the client",
            trigger: card("VIP", WATCHES),
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
            trigger: `${card("VIP", WATCHES)} .fa-thumb-tack`,
        },

        ...switchView("list"),
        ...removeSearch(),
        ...search("Weidmann", [GARDENS, TRANSPORT, PRINTING]),
        ...tick(GARDENS, 1),
        ...tick(TRANSPORT, 2),
        {
            content: "Edit the type of the selected clients",
            trigger: `${row(GARDENS)} .o_data_cell[name='client_type_id']`,
            run: "click",
        },
        ...pick("client_type_id", "Supplier", ".o_list_view .o_selected_row"),
        {
            content: "It is for two clients",
            trigger: ".modal:contains(2) .modal-footer .btn-primary",
        },
        ...closeDialog(),
        {
            content: "The first has the type",
            trigger: `${row(GARDENS)}:contains(Supplier)`,
        },
        {
            content: "The second has it, too",
            trigger: `${row(TRANSPORT)}:contains(Supplier)`,
        },
        {
            content: "The third, not selected, has not",
            trigger: `${row(PRINTING)}:not(:contains(Supplier))`,
        },
        {
            content: "Select none, to see the search again",
            trigger: ".o_unselect_all",
            run: "click",
        },
        {
            content: "None is selected",
            trigger: ".o_list_view:not(:has(.o_selection_box)) .o_searchview",
        },

        ...removeSearch(),
        ...search("044 668 18", [TRANSPORT]),
        {
            content: "A number typed the national way finds the international one",
            trigger: row(TRANSPORT),
        },
    ],
});
