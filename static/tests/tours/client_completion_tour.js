import {
    addTour,
    fill,
    openClients,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const NAME = "Weber Holzbau";
const input = (name) => `.o_form_view .o_field_widget[name='${name}'] input`;
const offered = (text) => `.o_client_places .o_client_place:contains(${text})`;
const sees = (name, value) => ({
    content: `${name} is ${value}`,
    trigger: `${input(name)}:value(${value})`,
});

const save = [
    {
        content: "Save",
        trigger: ".o_form_button_save",
        run: "click",
    },
    {
        content: "It is saved",
        trigger: ".o_form_saved",
    },
];

/** A new client: the postcode of two places asks, by mouse and by keyboard. */
addTour("client_completion_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        {
            content: "Create a client",
            trigger: ".o_control_panel .o_list_button_add",
            run: "click",
        },
        fill("name", NAME),
        {
            content: "The postcode of a bilingual place",
            trigger: input("zip"),
            run: "edit 1020",
        },
        {
            content: "It asks: one entry per language",
            trigger: `${offered("1020 Zweistadt")}:contains(German)`,
        },
        {
            content: "Choose the French one",
            trigger: `${offered("1020 Deuxville")} a`,
            run: "click",
        },
        sees("city", "Deuxville"),
        sees("state_id", "Sud"),
        {
            content: "The postcode of one place",
            trigger: input("zip"),
            run: "edit 1050 && press Tab",
        },
        sees("city", "Mülihofen"),
        sees("state_id", "West"),
        {
            content: "Type the name of a town in German spelling",
            trigger: input("city"),
            run: "edit unterd",
        },
        {
            content: "Its place is offered, and the keyboard is on it",
            trigger: `${offered("1030 Unterdorf")}:has(a.ui-state-active)`,
        },
        {
            content: "Choose it by the keyboard",
            trigger: input("city"),
            run: "press Enter",
        },
        sees("city", "Unterdorf"),
        sees("zip", "1030"),
        ...save,
        {
            content: "The language is only suggested",
            trigger: ".o_client_language:contains(not confirmed)",
        },
        {
            content: "Confirm it",
            trigger: ".o_client_language button[name='action_confirm_client_language']",
            run: "click",
        },
        {
            content: "It is confirmed",
            trigger: ".o_form_saved:not(:has(.o_client_language))",
        },
    ],
});

/** The same on a phone: the choices are on the screen, and a finger hits them. */
addTour("client_phone_completion_tour", {
    url: "/odoo/clients",
    steps: () => [
        {
            content: "Create a client",
            trigger: ".o_control_panel .o-kanban-button-new",
            run: "click",
        },
        fill("name", NAME),
        {
            content: "A postcode",
            trigger: input("zip"),
            run: "edit 1030",
        },
        {
            content: "The choices fit on the screen",
            trigger: offered("1030 Unterdorf"),
            run({anchor}) {
                const {left, right, height} = anchor.getBoundingClientRect();
                if (left < 0 || right > document.documentElement.clientWidth) {
                    throw new Error(`A choice is from ${left} to ${right}`);
                }
                if (height < 30) {
                    throw new Error("A finger does not hit the choice");
                }
            },
        },
        {
            content: "Choose one",
            trigger: `${offered("1030 Unterdorf")} a`,
            run: "click",
        },
        sees("city", "Unterdorf"),
        {
            content: "Nothing is beside the screen",
            trigger: ".o_form_view .o_form_renderer",
            run({anchor}) {
                if (anchor.scrollWidth > document.documentElement.clientWidth) {
                    throw new Error(`The form is ${anchor.scrollWidth} pixels wide`);
                }
            },
        },
        ...save,
    ],
});

const BANNER = ".o_form_view .o_client_language_banner";

/** A draft invoice in the language of before: one click, and the banner is gone. */
addTour("client_language_banner_tour", {
    steps: () => [
        {
            content: "The invoice says that it is in another language",
            trigger: `${BANNER}:contains(Weber AG speaks German)`,
        },
        {
            content: "Its text is French",
            trigger:
                ".o_form_view [name='invoice_line_ids'] .o_data_row:contains(Dégustation)",
        },
        {
            content: "Mend it",
            trigger: `${BANNER} button[name='action_client_rewrite_texts']`,
            run: "click",
        },
        {
            content: "The text is German, and the banner is gone",
            trigger:
                ".o_form_view:not(:has(.o_client_language_banner)) [name='invoice_line_ids'] .o_data_row:contains(Verkostung)",
        },
    ],
});
