import {addTour, row} from "@client_segmentation/../tests/tours/client_tour_utils";

const dialog = ".modal:not(.o_inactive_modal)";

/** From the list: one pair is none, the other one is merged. */
addTour("client_duplicates_tour", {
    url: "/odoo/client-duplicates",
    steps: () => [
        {
            content: "The surest pair is the first, with its reasons",
            trigger:
                ".o_data_row:first:contains(Zwygart Orgelbau):contains(same phone, same name)",
        },
        {
            content: "These two are not the same",
            trigger: `${row("Jaquet Toitures")} button[name='action_dismiss']`,
            run: "click",
        },
        {
            content: "They are not offered any more",
            trigger: ".o_list_view:not(:has(.o_data_row:contains(Jaquet)))",
        },
        {
            content: "Merge the others",
            trigger: `${row("Zwygart Orgelbau")} button[name='action_merge']`,
            run: "click",
        },
        {
            content: "One of them is blocked: the wizard says so",
            trigger: `${dialog} .alert-danger:contains(Unpaid):contains(will be blocked)`,
        },
        {
            content: "Odoo's own wizard merges",
            trigger: `${dialog} button[name='action_merge']`,
            run: "click",
        },
        {
            content: "It is done",
            trigger: `${dialog}:contains(no more contacts to merge) .btn-close`,
            run: "click",
        },
        {
            content: "Nothing is left to decide",
            trigger:
                ".o_list_view:not(:has(.o_data_row:contains(Zwygart))), .o_view_nocontent",
        },
    ],
});

/** A new client that looks like an old one. */
addTour("client_similar_tour", {
    url: "/odoo/action-client_segmentation.client_action/new",
    steps: () => [
        {
            content: "Type its name in another way",
            trigger: ".o_form_view .o_field_widget[name='name'] :is(input, textarea)",
            run: "edit Orgelbau Zwygart",
        },
        {
            content: "Leave the field",
            trigger: ".o_form_view .o_field_widget[name='email'] input",
            run: "click",
        },
        {
            content: "The form says which client it looks like, and that it is blocked",
            trigger:
                ".o_form_view [name='client_similar']:contains(Zwygart Orgelbau):contains(same name):contains(Unpaid)",
        },
        {
            content: "Open the old one",
            trigger: ".o_form_view [name='client_similar_id'] a",
            run: "click",
        },
        {
            content: "Nothing has to be saved",
            trigger: ".o_breadcrumb:contains(Zwygart Orgelbau)",
        },
    ],
});
