import {
    addTour,
    closeDialog,
    openAction,
    openClients,
    row,
    search,
    selectAll,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const NAME = "Weidmann Gartenbau";
const OTHER = "Weidmann Transporte";
const RIGHT = "+41 27 322 11 44";
const form = ".o_form_view";
const finding = (label) => `${form} .o_client_finding:contains(${label})`;

function openClient() {
    return [
        ...openClients(),
        ...search(NAME, [NAME]),
        {
            content: "Open the client",
            trigger: `${row(NAME)} .o_data_cell[name='complete_name']`,
            run: "click",
        },
    ];
}

/** Correct the phone on the form, and undo it. */
function correctPhone() {
    return [
        {
            content: "It says what is missing",
            trigger: `${form} .o_client_findings:contains(1 thing is missing or wrong)`,
        },
        {
            content: "Go to the e-mail",
            trigger: `${finding("No E-mail")} button:first`,
            run: "click",
        },
        {
            content: "The cursor is there",
            trigger: `${form} .o_field_widget[name='email'] input:focus`,
        },
        {
            content: "Set the right phone",
            trigger: `${finding("Phone Not International")} .o_client_mend:contains(${RIGHT})`,
            run: "click",
        },
        {
            content: "It is set",
            trigger: `${form}:not(:has(.o_client_mend)) .o_field_widget[name='phone'] input:value(${RIGHT})`,
        },
        {
            content: "Undo it",
            trigger: ".o_notification button:contains(Undo)",
            run: "click",
        },
        {
            content: "It is as before, and offered again",
            trigger: finding("Phone Not International"),
        },
    ];
}

addTour("client_quality_form_tour", {
    url: "/odoo",
    steps: () => [...openClient(), ...correctPhone()],
});

addTour("client_quality_list_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...search("Weidmann", [NAME, OTHER]),
        ...selectAll(2),
        ...openAction("Correct Data"),
        {
            content: "See old and new values",
            trigger: `.modal .o_client_preview:contains(027 322 11 44):contains(${RIGHT})`,
        },
        ...closeDialog("button[name='action_apply']", "1 client changed."),
    ],
});

addTour("client_quality_phone_tour", {
    url: "/odoo/clients",
    steps: () => [
        {
            content: "Open the client",
            trigger: `.o_kanban_view .o_kanban_record:contains(${NAME})`,
            run: "click",
        },
        {
            content: "It says what is missing",
            trigger: `${form} .o_client_findings:contains(1 thing is missing or wrong)`,
        },
        {
            content: "Set the right phone",
            trigger: `${finding("Phone Not International")} .o_client_mend:contains(${RIGHT})`,
            run: "click",
        },
        {
            content: "It is set",
            trigger: `${form}:not(:has(.o_client_mend)) .o_field_widget[name='phone'] input:value(${RIGHT})`,
        },
    ],
});
