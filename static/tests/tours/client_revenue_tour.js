import {
    addTour,
    openClients,
    openMenu,
    row,
    seeRows,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const title = (text) => `.o_breadcrumb:contains(${text})`;

/** From the revenue by criterion to the invoice behind a figure. */
addTour("client_revenue_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...openMenu("client_revenue_report_menu", "client_menu_reporting"),
        {
            content: "The revenue stands by the first criterion, under its name",
            trigger: `.o_pivot tbody th:contains(Lavaux)`,
        },
        {
            content: "Open the documents behind the figure",
            trigger: `.o_pivot tbody tr:has(th:contains(Lavaux)) .o_pivot_cell_value:contains(4,321)`,
            run: "click",
        },
        {
            content: "They have the same sum",
            trigger: `.o_list_view .o_list_footer:contains(4,321)`,
        },
        {
            content: "Open the invoice",
            trigger: `${row("Cave du Lac")} .o_data_cell[name='name']`,
            run: "click",
        },
        {
            content: "It is the invoice",
            trigger: `.o_form_view [name='invoice_line_ids']`,
        },
        ...openMenu("client_revenue_report_menu_season", "client_menu_reporting"),
        {
            content: "The months stand below each other, the strong ones coloured",
            trigger: `.o_action:has(${title("Seasonality")}) .o_pivot .o_pivot_cell_value[style*='rgba']`,
        },
        ...openMenu("client_discount_report_menu", "client_menu_reporting"),
        {
            content: "Discounts by type",
            trigger: `.o_action:has(${title("Discounts")}) .o_pivot tbody th:contains(Client)`,
        },
    ],
});

/** The overview. */
addTour("client_overview_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...openMenu("client_overview_menu"),
        {
            content: "The dashboard is there, with its figures",
            trigger: ".o_spreadsheet_dashboard_action .o-spreadsheet .o-figure",
        },
    ],
});

/** The lists behind the figures of the overview, each with its clients only. */
addTour("client_work_list_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...Object.entries({
            at_risk: ["At Risk", ["Cave du Lac"]],
            top: ["Ten Best", ["Cave du Lac", "Weber Holzbau", "Atelier Neuf"]],
            falling: ["Falling", ["Weber Holzbau"]],
            silent: ["Silent VIP", ["Cave du Lac"]],
            slow: ["Slow Payers", ["Cave du Lac", "Weber Holzbau"]],
            new: ["New Clients", ["Atelier Neuf"]],
        }).flatMap(([name, [label, clients]]) => [
            ...openMenu(`client_menu_${name}`, "client_menu_clients"),
            {
                content: `The list ${label} is there`,
                trigger: `.o_list_view:has(.o_searchview_facet) ${title(label)}`,
            },
            seeRows(clients),
        ]),
    ],
});
