import {
    contains,
    mockService,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {session} from "@web/session";

defineMailModels();

const ACTIONS = [
    {id: 1, name: "Loss Test", groupNumber: -1},
    {id: 2, name: "Merge"},
];
const FIRST = "tbody .o_data_row:eq(0) .o_list_record_selector input";
let ids = [];
let answer = undefined;

beforeEach(() => {
    ids = [1, 2, 3, 4, 5];
    answer = undefined;
});

/** A list of five partners in pages of two; the web client sends at most two ids. */
async function mountPartners(context = {}) {
    patchWithCleanup(session, {active_ids_limit: 2});
    mockService("action", {
        doAction(id, {additionalContext: sent, onClose}) {
            expect.step([sent.active_ids, sent.client_all_selected]);
            return answer && onClose(answer);
        },
        doActionButton({buttonContext: sent, onClose}) {
            expect.step([sent.active_ids, sent.client_all_selected]);
            return answer && onClose(answer);
        },
    });
    onRpc("res.partner", "web_search_read", () => ({
        records: ids.slice(0, 2).map((id) => ({id, name: `Client ${id}`})),
        length: ids.length,
    }));
    onRpc("res.partner", "search", ({kwargs}) => ids.slice(0, kwargs.limit));
    await mountView({
        type: "list",
        resModel: "res.partner",
        arch: `<list limit="2">
            <header><button name="1" type="action" string="Add Tags"/></header>
            <field name="name"/>
        </list>`,
        context,
        loadActionMenus: true,
        actionMenus: {action: ACTIONS, print: []},
    });
}

async function runAction() {
    await contains(".o_cp_action_menus .dropdown-toggle").click();
    await contains(".o-dropdown-item:contains(Loss Test)").click();
}

test("ticked rows are only these rows", async () => {
    await mountPartners();
    await contains(".o_data_row:eq(0) .o_list_record_selector input").click();
    await runAction();
    expect.verifySteps([[[1], false]]);
});

test("a ticked page as long as the limit is only this page", async () => {
    await mountPartners();
    await contains("thead .o_list_record_selector input").click();
    await runAction();
    expect.verifySteps([[[1, 2], false]]);
});

test("select all says so, although it sends only some ids", async () => {
    await mountPartners();
    await contains("thead .o_list_record_selector input").click();
    await contains(".o_select_domain").click();
    await runAction();
    expect.verifySteps([[[1, 2], true]]);
});

test("the context of an earlier selection does not count", async () => {
    await mountPartners({client_all_selected: true});
    await contains(".o_data_row:eq(1) .o_list_record_selector input").click();
    await runAction();
    expect.verifySteps([[[2], false]]);
});

test("the buttons above the list say the same", async () => {
    await mountPartners();
    await contains("thead .o_list_record_selector input").click();
    await contains("button:contains(Add Tags)").click();
    expect.verifySteps([[[1, 2], false]]);
    await contains(".o_select_domain").click();
    await contains("button:contains(Add Tags)").click();
    expect.verifySteps([[[1, 2], true]]);
});

test("the entries of the first group come before those of Odoo", async () => {
    await mountPartners();
    await contains(FIRST).click();
    await contains(".o_cp_action_menus .dropdown-toggle").click();
    expect(".o-dropdown-item:first").toHaveText("Loss Test");
    expect(".o-dropdown-item:last").toHaveText("Merge");
});

for (const run of [runAction, () => contains("button:contains(Add Tags)").click()]) {
    test(`what is ticked stays ticked after ${run.name || "a button"}`, async () => {
        await mountPartners();
        await contains(FIRST).click();
        answer = {special: true};
        await run();
        expect(FIRST).toBeChecked();
        expect(".o_selection_box b").toHaveText("1");

        ids = [2, 3, 4, 5];
        await run();
        expect(FIRST).not.toBeChecked();
        expect(".o_selection_box").toHaveCount(0);
        expect.verifySteps([
            [[1], false],
            [[1], false],
        ]);
    });
}

test("all of a search stay selected while it finds the same records", async () => {
    await mountPartners();
    await contains("thead .o_list_record_selector input").click();
    await contains(".o_select_domain").click();
    answer = {dismiss: true};
    await runAction();
    expect(".o_selection_box").toHaveText("All 5 selected");

    ids = [1, 2, 6];
    await runAction();
    expect(".o_selection_box").toHaveCount(0);
    expect.verifySteps([
        [[1, 2], true],
        [[1, 2], true],
    ]);
});
