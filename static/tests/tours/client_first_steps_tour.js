import {
    addTour,
    closeDialog,
    tick,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const panel = ".o_client_first_steps";
const step = (name) => `${panel} li[data-name='${name}']`;

/** Open the screen of a step, and come back. */
function visit(name, screen) {
    return [
        {
            content: `Begin with ${name}`,
            trigger: `${step(name)} button.btn-link`,
            run: "click",
        },
        {
            content: `See the screen of ${name}`,
            trigger: `.o_action_manager:not(:has(${panel})) ${screen}`,
        },
        {
            content: "Go back",
            trigger: ".o_control_panel .breadcrumb-item:first a",
            run: "click",
        },
        {content: "The panel is there again", trigger: step(name)},
    ];
}

addTour("client_first_steps_tour", {
    url: "/odoo/clients",
    steps: () => [
        {
            content: "Nothing is done yet",
            trigger: `${panel}:has(li[data-name='review'][data-done='no'])`,
        },
        ...visit("notes", ".o_list_view:has(.o_breadcrumb:contains(Ten Best))"),
        ...visit("criteria", ".o_list_view:contains(Region)"),
        ...visit("limits", ".o_client_what_if"),
        ...visit("rules", ".o_list_view:contains(First invoice posted)"),
        {
            content: "Keep the limits",
            trigger: `${step("limits")} button:contains(Keep these limits)`,
            run: "click",
        },
        {
            content: "The limits are done",
            trigger: `${step("limits")}[data-done='yes']:not(:has(.btn-secondary))`,
        },
        ...tick("Weidmann Gartenbau", 1),
        {
            content: "The buttons of the ticked client are there as well",
            trigger: ".o_selection_container > button:contains(Add Tags)",
        },
        {
            content: "Close the panel",
            trigger: `${panel} button[title='Close the first steps']`,
            run: "click",
        },
        ...closeDialog(".btn-primary"),
        {
            content: "It is gone, the list is there",
            trigger: `.o_list_view:not(:has(${panel})) .o_data_row`,
        },
    ],
});

addTour("client_no_first_steps_tour", {
    url: "/odoo/clients",
    steps: () => [
        ...tick("Weidmann Gartenbau", 1),
        {
            content: "No panel",
            trigger: `.o_list_view:not(:has(${panel})) .o_data_row`,
        },
    ],
});

addTour("client_first_steps_phone_tour", {
    url: "/odoo/clients",
    steps: () => [
        {
            content: "The panel is not wider than the phone, and the cards follow it",
            trigger: `.o_kanban_view:has(.o_kanban_record:contains(Weidmann)) ${panel}`,
            run({anchor}) {
                const {clientWidth} = document.documentElement;
                for (const element of anchor.querySelectorAll("*")) {
                    if (element.getBoundingClientRect().right > clientWidth) {
                        throw new Error(`Too wide: ${element.textContent}`);
                    }
                }
            },
        },
        {
            content: "Open a step",
            trigger: `${step("limits")} button.btn-link`,
            run: "click",
        },
        {content: "See the limits", trigger: ".o_client_what_if"},
    ],
});
