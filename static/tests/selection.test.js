import {
    contains,
    mockService,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {session} from "@web/session";

defineMailModels();

const IDS = [1, 2, 3, 4, 5];

/** A list of five partners in pages of two; the web client sends at most two ids. */
async function mountPartners(context = {}) {
    patchWithCleanup(session, {active_ids_limit: 2});
    mockService("action", {
        doAction(id, {additionalContext: sent}) {
            expect.step([sent.active_ids, sent.client_all_selected]);
        },
    });
    onRpc("res.partner", "web_search_read", () => ({
        records: IDS.slice(0, 2).map((id) => ({id, name: `Client ${id}`})),
        length: IDS.length,
    }));
    onRpc("res.partner", "search", ({kwargs}) => IDS.slice(0, kwargs.limit));
    await mountView({
        type: "list",
        resModel: "res.partner",
        arch: `<list limit="2"><field name="name"/></list>`,
        context,
        loadActionMenus: true,
        actionMenus: {action: [{id: 1, name: "Loss Test"}], print: []},
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
