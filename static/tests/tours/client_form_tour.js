import {
    addTour,
    closeDialog,
    openClients,
    openPage,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const NAME = "Cave du Lac";
const badge = (name, value) =>
    `.o_form_view .o_field_widget[name='client_${name}'] button.o_client_class:contains(${value})`;
const dialog = ".modal:not(.o_inactive_modal)";
const LOST = ".o_form_view .o_statusbar_buttons button:contains(Mark as Lost)";
const BACK = ".o_form_view .o_statusbar_buttons button:contains(No Longer Lost)";

const reason = (text) => ({
    content: "Say why",
    trigger: `${dialog} .o_field_widget[name='reason'] input`,
    run: `edit ${text}`,
});

/**
 * The classes at the top of the client: why, overruled with a reason, lost and back.
 */
addTour("client_form_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        {
            content: "Open the client",
            trigger: `.o_data_row .o_data_cell:contains(${NAME})`,
            run: "click",
        },
        {
            content: "Ask why it is a VIP by revenue",
            trigger: badge("revenue_class", "VIP"),
            run: "click",
        },
        {
            content: "The dialog says the rank; Close is the button to press",
            trigger: `${dialog}:contains(rank 1) footer .btn-primary:contains(Close)`,
        },
        ...closeDialog(".btn-primary"),

        {
            content: "Ask why it has no payment class",
            trigger: badge("payment_class", "none"),
            run: "click",
        },
        {
            content: "See what to decide instead",
            trigger: `${dialog} .o_field_widget[name='decided'] input`,
            run: "click",
        },
        {
            content: "Decide that it pays slowly",
            trigger: ".o_select_menu_item:contains(Slow)",
            run: "click",
        },
        reason("Three reminders each time"),
        {
            content: "Now the button keeps the decision",
            trigger: `${dialog} footer .btn-primary:contains(Keep Decision)`,
        },
        ...closeDialog(".btn-primary"),
        {
            content: "The class is overruled: it has a pencil",
            trigger: `${badge("payment_class", "Slow")}:has(.fa-pencil)`,
        },

        {content: "Mark it as lost", trigger: LOST, run: "click"},
        reason("Went to a competitor"),
        ...closeDialog(".btn-primary"),
        {
            content: "It is lost",
            trigger: badge("engagement", "Lost"),
        },
        openPage("client_history"),
        {
            content: "The history knows why",
            trigger:
                ".o_client_timeline .o_kanban_record:contains(Lost):contains(Went to a competitor)",
        },
        {content: "It is back", trigger: BACK, run: "click"},
        ...closeDialog("button:contains(No Longer Lost)"),
        {
            content: "It is active again",
            trigger: badge("engagement", "Active"),
        },
    ],
});
