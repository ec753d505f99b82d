import {
    addTour,
    openClients,
    openMenu,
} from "@client_segmentation/../tests/tours/client_tour_utils";

const cut = (element) =>
    element.scrollWidth > element.clientWidth ||
    element.scrollHeight > element.clientHeight + 1;

/** No heading of the list, and no sum below it, is cut. */
function seeHeadings(column) {
    return {
        content: `The list with ${column} shows its headings as a whole`,
        trigger: `.o_list_view:has(.o_data_row) th[data-name='${column}']`,
        run() {
            const texts = [
                ...document.querySelectorAll(".o_list_table th .text-truncate"),
            ];
            const broken = texts.filter(cut).map((element) => element.textContent);
            if (broken.length) {
                throw new Error(`These headings are cut: ${broken.join(", ")}`);
            }
        },
    };
}

function search(text) {
    return [
        {
            content: `Search ${text}`,
            trigger: ".o_searchview_input",
            run: `edit ${text}`,
        },
        {
            content: "The box says what it searches",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(city)",
            run: "click",
        },
    ];
}

function toggleMenu() {
    return {
        content: "Open or close the menu of the search",
        trigger: ".o_searchview_dropdown_toggler",
        run: "click",
    };
}

const nth = (place, name) => `:has(.o_data_row:nth-child(${place}):contains(${name}))`;

addTour("client_list_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...search("xylophone"),
        {
            content: "Nobody is found",
            trigger:
                ".o_list_view .o_nocontent_help:contains(No client found):not(:contains(first client))",
        },
        {
            content: "Leave the search out",
            trigger: ".o_searchview_facet .o_facet_remove",
            run: "click",
        },
        {
            content: "Everybody is there again",
            trigger: ".o_list_view .o_data_row:contains(Mürset Druck)",
        },
        toggleMenu(),
        {
            content: "See the ten best",
            trigger: ".o_filter_menu .o_menu_item:contains(Ten Best)",
            run: "click",
        },
        {
            content: "They stand by rank; the archived one says that it is archived",
            trigger: `.o_list_view${nth(1, "Weidmann")}${nth(2, "Cave du Lac")}${nth(3, "Atelier Neuf")}:not(:has(.o_data_row:contains(Mürset Druck))) .o_data_row:nth-child(2) .o_client_archived`,
        },
        toggleMenu(),
        {
            content: "Tick a client",
            trigger: ".o_data_row:first .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Open the actions",
            trigger: ".o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {
            content: "Export",
            trigger: ".o-dropdown--menu .o-dropdown-item:has(.fa-upload)",
            run: "click",
        },
        {
            content: "Both lines of the name come first, and there is no picture",
            trigger:
                ".o_fields_list:has(.o_export_field:nth-child(1)[data-field_id='name']):has(.o_export_field:nth-child(2)[data-field_id='client_name2']):has([data-field_id='city']):not(:has([data-field_id='avatar_128']))",
        },
    ],
});

addTour("client_start_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        {
            content: "A list without clients says how to start",
            trigger:
                ".o_list_view .o_nocontent_help:contains(Create your first client)",
        },
    ],
});

addTour("client_headings_tour", {
    url: "/odoo/clients",
    steps: () => [
        seeHeadings("client_type_id"),
        ...[
            ["top", "client_revenue_rank"],
            ["falling", "client_revenue_lost"],
            ["at_risk", "client_silence_ratio"],
            ["slow", "client_days_late"],
            ["new", "client_first_invoice_date"],
        ].flatMap(([name, column]) => [
            ...openMenu(`client_menu_${name}`, "client_menu_clients"),
            seeHeadings(column),
        ]),
    ],
});
