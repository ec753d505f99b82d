import {
    addTour,
    closeDialog,
    seeStatus,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const NAME = "First invoice posted";
const rule = `.o_data_row:contains(${NAME})`;
const toggle = `${rule} [name='active'] input`;

/** Somebody switches the rule of the first invoice off. */
addTour("client_rule_off_tour", {
    steps: () => [
        {
            content: "Switch the rule off",
            trigger: `${toggle}:checked`,
            run: "click",
        },
        {
            content: "The rule is off",
            trigger: `${rule}.text-muted:has([name='active'] input:not(:checked))`,
        },
        {
            content: "Open the rule",
            trigger: `${rule} .o_data_cell[name='name']`,
            run: "click",
        },
        {
            content: "It is switched off for good",
            trigger: ".o_form_view .ribbon:contains(Switched Off)",
        },
    ],
});

/** Tries it, applies it and switches it on. */
addTour("client_rule_try_tour", {
    steps: () => [
        {
            content: "Try the rule",
            trigger: `${rule} button[name='action_try']`,
            run: "click",
        },
        {
            content: "It would change the client",
            trigger:
                ".modal .o_data_row:contains(Cave du Lac):contains(Prospect):contains(Active)",
        },
        ...closeDialog(
            "button[name='action_apply_and_switch_on']",
            "Clients changed to “Active”: 1"
        ),
        {
            content: "The rule is on",
            trigger: `${toggle}:checked`,
        },
    ],
});

/** Sets the client back by hand. */
addTour("client_rule_by_hand_tour", {
    steps: () => [
        seeStatus("Active"),
        {
            content: "The status has its age",
            trigger: ".o_client_status_age:contains(since)",
        },
        {
            content: "Back to Prospect",
            trigger:
                ".o_form_view [name='client_status_id'] .o_arrow_button:contains(Prospect)",
            run: "click",
        },
        seeStatus("Prospect"),
    ],
});
