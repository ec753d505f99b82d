import {
    addTour,
    closeDialog,
    openMenu,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const NOTE = "Wants an offer in May";
const toSee = (name) => `.o_client_to_see:contains(${name})`;
const card = (name) => `.o_client_review_lists .o_kanban_record:contains(${name})`;

/** A list of the review has `done` of `count` clients done. */
const seeDone = (name, done, count) => ({
    content: `${name}: ${done} of ${count}`,
    trigger: `${card(name)}:contains(${done} of ${count})`,
});

/** Open the reviews, and a new one for the first quarter. */
function openReview() {
    return [
        ...openMenu("client_review_menu", "client_review_menu_root"),
        {
            content: "There is no review yet",
            trigger: ".o_view_nocontent:contains(No review yet)",
        },
        {
            content: "Open one",
            trigger: ".o_control_panel .o-kanban-button-new",
            run: "click",
        },
        {
            content: "Of the first quarter",
            trigger: ".o_form_view [name='quarter'] .o_radio_item:first input",
            run: "click",
        },
        {
            content: "Save it",
            trigger: ".o_form_view .o_form_button_save",
            run: "click",
        },
        {
            content: "The lists are there",
            trigger: `.o_form_saved ${card("Reactivate before the Summer")}`,
        },
        seeDone("No E-mail", 0, 3),
    ];
}

/** Go back to the review, by the breadcrumb. */
function backToReview() {
    return {
        content: "Back to the review",
        trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item.o_back_button a",
        run: "click",
    };
}

addTour("client_review_tour", {
    url: "/odoo/clients",
    steps: () => [
        ...openReview(),
        {
            content: "Ten minutes",
            trigger: ".o_form_view button[name='action_open_ten']",
            run: "click",
        },
        {
            content: "The largest revenue at risk is first, with the why",
            trigger: `.o_client_ten ${toSee("Weidmann Gartenbau")}:first:contains(Reactivate before the Summer):contains(No E-mail)`,
        },
        {
            content: "Note something",
            trigger: `${toSee("Weidmann Gartenbau")} .o_client_review_note`,
            run: `edit ${NOTE}`,
        },
        {
            content: "By the keyboard: seen, and the next one",
            trigger: `${toSee("Weidmann Gartenbau")} .o_client_review_note`,
            run: "press Control+Enter",
        },
        {
            content: "It is seen; the next one can be noted about",
            trigger: `.o_client_ten:not(:has(${toSee("Weidmann Gartenbau")})) .o_client_seen:contains(Weidmann Gartenbau)`,
        },
        {
            content: "One tap for the next one",
            trigger: `${toSee("Mürset Druck")} .o_client_see`,
            run: "click",
        },
        {
            content: "A mistake: take it back",
            trigger: ".o_client_seen:contains(Mürset Druck) button",
            run: "click",
        },
        {
            content: "It is there again",
            trigger: toSee("Mürset Druck"),
        },
        backToReview(),
        seeDone("No E-mail", 1, 3),
        {
            content: "Open the list",
            trigger: `${card("No E-mail")} button[name='action_open']`,
            run: "click",
        },
        {
            content: "Two are to do: tick both",
            trigger:
                ".o_list_view:not(:has(.o_data_row:contains(Weidmann Gartenbau))):has(.o_data_row:contains(Mürset Druck)) thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "They are ticked",
            trigger: ".o_list_view .o_selection_box b:text(2)",
        },
        {
            content: "Seen",
            trigger: ".o_list_view .o_selection_container button[name='action_see']",
            run: "click",
        },
        {
            content: "Nothing is left to do",
            trigger: ".o_list_view:not(:has(.o_data_row))",
        },
        backToReview(),
        seeDone("No E-mail", 3, 3),
        {
            content: "Close the review",
            trigger: ".o_form_view button[name='action_close']",
            run: "click",
        },
        ...closeDialog(),
        {
            content: "The report is there, with what was noted",
            trigger: `:iframe .o_client_review_report:contains(No E-mail):contains(${NOTE})`,
        },
    ],
});

/** The report that has just been opened, in the language of the user. */
addTour("client_review_report_fr_tour", {
    url: "/odoo/client-reviews",
    steps: () => [
        {
            content: "Open the review",
            trigger:
                ".o_list_view .o_data_row .o_data_cell, .o_kanban_record:not(.o_kanban_ghost)",
            run: "click",
        },
        {
            content: "The button Report",
            trigger: ".o_form_view button[name='action_show_report']",
            run: "click",
        },
        {
            content: "The report is there, in French",
            trigger: ":iframe h2:contains(2026)",
        },
    ],
});

/** On a phone: the next client, one tap, and nothing beside the screen. */
addTour("client_review_phone_tour", {
    url: "/odoo/client-review",
    steps: () => [
        {
            content: "One tap, with a finger",
            trigger: `${toSee("Weidmann Gartenbau")} .o_client_see`,
            async run({anchor, click}) {
                const width = document.documentElement.clientWidth;
                const page = document.querySelector(".o_client_ten .o_content");
                const {height} = anchor.getBoundingClientRect();
                if (page.scrollWidth > width || height < 40) {
                    throw new Error("It is too wide, or too low for a finger");
                }
                await click(anchor);
            },
        },
        {
            content: "The next one",
            trigger: `.o_client_ten:not(:has(${toSee("Weidmann Gartenbau")})) ${toSee("Mürset Druck")}`,
        },
    ],
});
