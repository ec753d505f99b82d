import {addTour} from "@client_segmentation/../tests/tours/client_tour_utils";

const IMPACTS = ["serious", "critical"];
const ADDON = "client_segmentation";
const BEST = [["client_revenue_rank", ">", 0]];

/** Findings in what Odoo draws, which our views cannot change: `{rule, selector}`. */
const STOCK = [
    {
        rule: "aria-allowed-attr",
        selector:
            ".o_searchview, .o_searchview_input, .o_searchview_facet, .o-dropdown, .o-autocomplete--input, .o_tag, [role='button']",
    },
    {rule: "aria-command-name", selector: ".o_searchview_facet_label"},
    {rule: "aria-dialog-name", selector: ".modal"},
    {rule: "aria-required-parent", selector: ".o_notebook .nav-link, .tab"},
    {rule: "aria-required-parent", selector: ".o_searchview_facet"},
    {rule: "autocomplete-valid", selector: ".o_select_menu_toggler"},
    {
        rule: "button-name",
        selector:
            ".o_control_panel button, .o_optional_columns_dropdown button, .o_spreadsheet_dashboard_action button",
    },
    {rule: "label", selector: ".o_list_record_selector input"},
    {rule: "select-name", selector: ".o-chart-dashboard-item"},
    {
        rule: "role-img-alt",
        selector:
            ".o_searchview i, .o-mail-ActivityButton i, .oi-search, .o_field_many2one_avatar_user i, .fa-user-o",
    },
];

const found = [];

const services = () => odoo.__WOWL_DEBUG__.root.env.services;

async function doAction(name, options) {
    await services().action.doAction(`${ADDON}.${name}`, options);
}

const best = () => services().orm.search("res.partner", BEST, {limit: 2});

/** What fades in has the contrast of its end only at the end. */
async function animationsEnd() {
    const endless = (animation) =>
        animation.effect.getComputedTiming().iterations === Infinity;
    const running = document.getAnimations().filter((one) => !endless(one));
    await Promise.allSettled(running.map((animation) => animation.finished));
}

async function look(page, context) {
    await animationsEnd();
    const {violations} = await window.axe.run(context, {resultTypes: ["violations"]});
    for (const {id, impact, nodes} of violations) {
        if (!IMPACTS.includes(impact)) {
            continue;
        }
        for (const {target, html, any} of nodes) {
            const element = document.querySelector(target.at(-1));
            const isStock = STOCK.some(
                ({rule, selector}) => rule === id && element?.matches(selector)
            );
            if (!isStock) {
                found.push(
                    `${page}: ${id} ${target} ${html.slice(0, 160)} ${any[0]?.message || ""}`
                );
            }
        }
    }
}

/**
 * Open a page and look at it.
 *
 * @param {String} name
 * @param {Function} open
 * @param {String} trigger what the page shows when it is complete
 * @param {String} [context] the part that is looked at
 */
function page(name, open, trigger, context = ".o_action_manager") {
    return [
        {content: `Open ${name}`, trigger: "body", run: open},
        {
            content: `Look at ${name}`,
            trigger,
            run: () => look(name, context),
        },
    ];
}

/** Open a dialog, look at it and close it. */
function dialog(name, open, trigger) {
    return [
        ...page(name, open, `.modal ${trigger}`, ".modal"),
        {
            content: `Close ${name}`,
            trigger: "body",
            run: () =>
                services().action.doAction({type: "ir.actions.act_window_close"}),
        },
        {content: `${name} is closed`, trigger: "body:not(:has(.modal))"},
    ];
}

/** The clients in one of their views; a phone would show the cards. */
async function clients(viewType) {
    await doAction("client_action", {clearBreadcrumbs: true});
    await services().action.switchView(viewType);
}

async function openForm() {
    const [id] = await best();
    await doAction("client_action", {viewType: "form", props: {resId: id}});
}

const forBest = (name) => async () =>
    doAction(name, {additionalContext: {active_ids: await best()}});

/** The answer of a button of the best client. */
const button = (name) => async () => {
    const [id] = await best();
    const context = {client_class: "revenue_class"};
    const action = await services().orm.call("res.partner", name, [[id]], {context});
    await services().action.doAction(action);
};

addTour("client_axe_tour", {
    url: "/odoo/clients",
    steps: () => [
        {content: "The clients are there", trigger: ".o_content"},
        ...page(
            "the list of clients",
            () => clients("list"),
            ".o_list_view .o_data_row"
        ),
        ...page(
            "the cards",
            () => clients("kanban"),
            ".o_kanban_view .o_kanban_record"
        ),
        ...page("a client", openForm, ".o_form_view .o_form_renderer"),
        ...dialog("Why?", button("action_explain_client_class"), ".o_form_view"),
        ...dialog("blocking", button("action_block_client"), ".o_form_view"),
        ...page(
            "the ten best",
            () => doAction("client_action_top"),
            ".o_action:contains(Client 500)"
        ),
        ...["tag_add", "status", "type", "block"].flatMap((name) =>
            dialog(
                `${name} for many clients`,
                forBest(`client_bulk_${name}_action`),
                ".o_form_view [name='target_count']:contains(2)"
            )
        ),
        ...page(
            "What If",
            () => doAction("client_what_if_action"),
            ".o_client_what_if .o_client_curve canvas"
        ),
        ...page(
            "the loss test",
            forBest("client_loss_test_action"),
            ".o_client_loss_test table"
        ),
        ...page(
            "classes over time",
            () => doAction("client_class_history_action"),
            ".o_client_class_history table"
        ),
        ...page(
            "the overview",
            () => doAction("client_overview_action"),
            ".o_spreadsheet_dashboard_action canvas"
        ),
        ...page(
            "the settings",
            () => doAction("res_config_settings_action"),
            ".o_form_view .app_settings_block:not(.d-none)",
            "[data-key='client_segmentation']"
        ),
        {
            content: "Nothing serious was found",
            trigger: "body",
            run() {
                if (found.length) {
                    throw new Error(`${found.length} findings\n${found.join("\n")}`);
                }
            },
        },
    ],
});
