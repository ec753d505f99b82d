import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const openApp = () =>
    stepUtils.goToAppSteps("client_segmentation.client_menu_root", "Open the clients");

/** Click on an entry of the menu bar, below a section if one is given. */
function openMenu(name, section) {
    const entry = (xmlId) => `[data-menu-xmlid='client_segmentation.${xmlId}']`;
    const steps = section
        ? [{trigger: `.o_menu_sections ${entry(section)}`, run: "click"}]
        : [];
    return [
        ...steps,
        {
            trigger: `:is(.o_menu_sections, .o-dropdown--menu) ${entry(name)}`,
            run: "click",
        },
    ];
}

const title = (text) => `.o_breadcrumb:contains(${text})`;

/** From the revenue by criterion to the invoice behind a figure. */
registry.category("web_tour.tours").add("client_revenue_tour", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
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
            trigger: `.o_list_view .o_data_row:contains(Cave du Lac) .o_data_cell[name='name']`,
            run: "click",
        },
        {
            content: "It is the invoice",
            trigger: `.o_form_view [name='invoice_line_ids']`,
        },
        ...openMenu("client_revenue_report_menu_season", "client_menu_reporting"),
        {
            content: "The months stand below each other, the strong ones coloured",
            trigger: `${title("Seasonality")}`,
        },
        {trigger: `.o_pivot .o_pivot_cell_value[style*='rgba']`},
        ...openMenu("client_discount_report_menu", "client_menu_reporting"),
        {trigger: `${title("Discounts")}`},
        {
            content: "Discounts by type",
            trigger: `.o_pivot tbody th:contains(Client)`,
        },
    ],
});

/** The overview. */
registry.category("web_tour.tours").add("client_overview_tour", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...openMenu("client_overview_menu"),
        {
            content: "The dashboard is there, with its figures",
            trigger: ".o_spreadsheet_dashboard_action .o-spreadsheet .o-figure",
            timeout: 60000,
        },
    ],
});

/** The lists behind the figures of the overview. */
registry.category("web_tour.tours").add("client_work_list_tour", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...openMenu("client_menu_at_risk", "client_menu_clients"),
        {
            content: "The worst is there",
            trigger: ".o_list_view .o_data_row:contains(Cave du Lac)",
        },
        ...Object.entries({
            top: "Ten Best",
            falling: "Falling",
            silent: "Silent VIP",
            slow: "Slow Payers",
            new: "New Clients",
        }).flatMap(([name, label]) => [
            ...openMenu(`client_menu_${name}`, "client_menu_clients"),
            {
                content: `The list ${label} is there`,
                trigger: `${title(label)}`,
            },
            {trigger: ".o_list_view .o_searchview_facet"},
        ]),
    ],
});
