import {openClients} from "@client_segmentation/../tests/tours/client_tour_utils";
import {registry} from "@web/core/registry";

/** Open a page of the menu *Reporting*. */
function openReport(menu, trigger) {
    return [
        {
            content: "Open the reports",
            trigger:
                ".o_menu_sections [data-menu-xmlid='client_segmentation.client_menu_reporting']",
            run: "click",
        },
        {
            content: `Open ${menu}`,
            trigger: `.o-dropdown--menu [data-menu-xmlid='client_segmentation.${menu}']`,
            run: "click",
        },
        {content: `See ${menu}`, trigger},
    ];
}

/** The list shows these clients, and nobody else; go back to the page. */
function seeClients(names, page) {
    return [
        ...names.map((name) => ({
            content: `The list has ${name}`,
            trigger: `.o_list_view .o_data_row:contains(${name})`,
        })),
        {
            content: "Back to the page",
            trigger: `.o_list_view:has(.o_pager_limit:text(${names.length})) .o_back_button, .o_list_view:has(.o_pager_limit:text(${names.length})) .breadcrumb-item a`,
            run: "click",
        },
        {content: "The page is there again", trigger: page},
    ];
}

const revenue = ".o_client_what_if [data-name='revenue_class']";
const matrix = ".o_client_class_history [data-name='revenue_class_computed']";

registry.category("web_tour.tours").add("client_analysis_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...openReport("client_what_if_menu", ".o_client_curve canvas"),
        {
            content: "VIP make half of the revenue only",
            trigger: "#client_limit_vip_share",
            run: "edit 50 && press Tab",
        },
        {
            content: "One client would leave",
            trigger: `${revenue} tr[data-value='vip'] .o_client_movers:contains(Client 300) button`,
            run: "click",
        },
        ...seeClients(["Client 300"], "#client_limit_vip_share"),
        {
            content: "Keep it",
            trigger: ".o_client_apply:enabled",
            run: "click",
        },
        {
            content: "Sure",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "It is kept: nothing more to apply",
            trigger: `.o_client_what_if:has(.o_client_apply:disabled) ${revenue.split(" ")[1]}:not(:has(.o_client_moved))`,
        },

        ...openReport("client_class_history_menu", ".o_client_matrix"),
        {
            content: "From no class a year ago to VIP today",
            trigger: `${matrix} tr[data-value='none'] td[data-value='vip'] button:text(1)`,
            run: "click",
        },
        ...seeClients(["Client 500"], ".o_client_matrix"),
    ],
});

registry.category("web_tour.tours").add("client_loss_test_tour", {
    url: "/odoo/clients",
    steps: () => [
        {
            content: "Tick the best client",
            trigger: ".o_data_row:contains(Client 500) .o_list_record_selector input",
            run: "check",
        },
        {
            content: "Open the actions",
            trigger:
                ".o_list_view:has(.o_data_row_selected) .o_cp_action_menus .dropdown-toggle:has(.fa-cog)",
            run: "click",
        },
        {
            content: "Loss test",
            trigger: ".o-dropdown--menu .o_menu_item:contains(Loss Test)",
            run: "click",
        },
        {
            content: "Half of the revenue remains",
            trigger: ".o_client_loss_test [data-name='lost']:contains(500)",
        },
        {
            content: "What is concentrated, without it",
            trigger:
                ".o_client_loss_test [data-name='concentration'] [data-name='top_1']:contains(60)",
        },
    ],
});
