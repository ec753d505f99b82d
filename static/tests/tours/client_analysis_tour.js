import {
    addTour,
    closeDialog,
    openAction,
    openClients,
    openMenu,
    seeRows,
    selectAllFound,
    tick,
} from "@client_segmentation/../tests/tours/client_tour_utils";

/** Open a page of the menu *Reporting*. */
function openReport(menu, trigger) {
    return [
        ...openMenu(menu, "client_menu_reporting"),
        {content: `See ${menu}`, trigger},
    ];
}

/** The list shows these clients, and nobody else; go back to the page. */
function seeClients(names, page) {
    return [
        seeRows(names),
        {
            content: "Back to the page",
            trigger: ".o_list_view .o_back_button, .o_list_view .breadcrumb-item a",
            run: "click",
        },
        {content: "The page is there again", trigger: page},
    ];
}

const revenue = ".o_client_what_if [data-name='revenue_class']";
const matrix = ".o_client_class_history [data-name='revenue_class_computed']";

addTour("client_analysis_tour", {
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
            trigger: `${revenue} tr[data-value='vip'] .o_client_changes:contains(Client 300) button`,
            run: "click",
        },
        ...seeClients(["Client 300"], "#client_limit_vip_share:value(50)"),
        {
            content: "Keep it",
            trigger: ".o_client_apply:enabled",
            run: "click",
        },
        ...closeDialog(),
        {
            content: "It is kept: nothing more to apply",
            trigger: `.o_client_what_if:has(.o_client_apply:disabled) ${revenue.split(" ")[1]}:not(:has(.o_client_changed))`,
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

addTour("client_loss_test_tour", {
    url: "/odoo/clients",
    steps: () => [
        ...tick("Client 500", 1),
        ...openAction("Loss Test"),
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

addTour("client_loss_test_all_tour", {
    url: "/odoo/clients",
    steps: () => [
        ...selectAllFound(82),
        ...openAction("Loss Test"),
        {
            content: "All of the revenue is lost, not only that of the client sent",
            trigger: ".o_client_loss_test [data-name='lost']:contains(1,000)",
        },
    ],
});
