import {
    choose,
    openClients,
    search,
} from "@client_segmentation/../tests/tours/client_tour_utils";
import {registry} from "@web/core/registry";

const wizard = ".modal .o_form_view";

/** Select all that the list shows, and choose an entry of its menu Actions. */
function selectAll(entry) {
    return [
        {
            content: "Select all",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Open the menu Actions",
            trigger: ".o_control_panel .o_cp_action_menus .dropdown-toggle",
            run: "click",
        },
        {
            content: `Choose ${entry}`,
            trigger: `.o-dropdown--menu .o_menu_item:contains(${entry})`,
            run: "click",
        },
        {
            content: "Two are selected",
            trigger: `${wizard} [name='target_count']:contains(2)`,
        },
    ];
}

function seeCounts(change) {
    return {
        content: `${change} will change`,
        trigger: `${wizard} [name='change_count']:contains(${change})`,
    };
}

const apply = {
    content: "Change them",
    trigger: ".modal footer button[name='action_apply']",
    run: "click",
};

registry.category("web_tour.tours").add("client_bulk_tag_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...search("Weidmann", 2),
        ...selectAll("Change Tags"),
        ...choose("tag_ids", "Spring Fair", wizard),
        seeCounts(1),
        apply,
        {
            content: "It says what it has done",
            trigger: ".o_notification:contains(1 clients changed. 1 had it already.)",
        },
        {
            content: "Both have the tag now",
            trigger: ".o_list_view:not(:has(.o_data_row:not(:contains(Spring Fair))))",
        },
    ],
});

registry.category("web_tour.tours").add("client_bulk_status_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...search("Weidmann", 2),
        ...selectAll("Change Status"),
        ...choose("status_id", "VIP", wizard),
        seeCounts(2),
        apply,
        {
            content: "Both are VIP",
            trigger:
                ".o_list_view:not(:has(.o_data_row:not(:contains(VIP)))) .o_data_row",
        },
        {
            content: "Open the bulk operations",
            trigger:
                "button[data-menu-xmlid='client_segmentation.client_menu_clients']",
            run: "click",
        },
        {
            trigger:
                ".o-dropdown--menu [data-menu-xmlid='client_segmentation.client_bulk_operation_menu']",
            run: "click",
        },
        {
            content: "Open the one that was just made",
            trigger: ".o_data_row:first:contains(Set Status: VIP) .o_data_cell:first",
            run: "click",
        },
        {
            content: "Undo it",
            trigger: ".o_form_view button[name='action_undo']",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "Both have what they had before",
            trigger:
                ".o_form_view:has(.oe_title:contains(Undo of)) .o_group [name='changed_count']:contains(2)",
        },
    ],
});
