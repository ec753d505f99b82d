import {registry} from "@web/core/registry";
import {seeStatus} from "@client_segmentation/../tests/tours/client_tour_utils";

const rule = ".o_data_row:contains(First invoice posted)";
const toggle = `${rule} [name='active'] input`;

/** Somebody switches the rule of the first invoice off. */
registry.category("web_tour.tours").add("client_rule_off_tour", {
    steps: () => [
        {
            content: "Switch the rule off",
            trigger: `${toggle}:checked`,
            run: "click",
        },
        {
            content: "The rule is off",
            trigger: `${rule}.text-muted, ${toggle}:not(:checked)`,
        },
    ],
});

/** Tries it, applies it and switches it on. */
registry.category("web_tour.tours").add("client_rule_try_tour", {
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
        {
            content: "Apply and switch on",
            trigger: ".modal button[name='action_apply_and_switch_on']",
            run: "click",
        },
        {
            content: "It says how many have changed",
            trigger: ".o_notification:contains(Clients changed to “Active”: 1)",
        },
        {
            content: "The rule is on",
            trigger: `${toggle}:checked`,
        },
    ],
});

/** Sets the client back by hand. */
registry.category("web_tour.tours").add("client_rule_by_hand_tour", {
    steps: () => [
        seeStatus("Active"),
        {
            content: "The status has its age",
            trigger: ".o_client_status_age:contains(since today)",
        },
        {
            content: "Back to Prospect",
            trigger:
                ".o_form_view [name='client_status_id'] .o_arrow_button:contains(Prospect)",
            run: "click",
        },
        seeStatus("Prospect"),
        {
            content: "It is saved",
            trigger:
                ".o_form_view .o_form_status_indicator_buttons.invisible:not(:visible)",
        },
    ],
});
