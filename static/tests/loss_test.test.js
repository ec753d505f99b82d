import {
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {WebClient} from "@web/webclient/webclient";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";

defineMailModels();

const CONCENTRATION = {
    count: 5,
    top_1: 50,
    top_3: 90,
    top_10: 100,
    hhi: 3552,
    level: "high",
};
const ANSWER = {
    lost: 3,
    overdue: 0,
    revenue: 1000,
    lost_revenue: 500,
    currency_id: 1,
    names: ["Weber Holzbau", "Cave du Lac"],
    tops: [1, 3, 10],
    moderate: 1000,
    high: 1800,
    concentration: {before: CONCENTRATION, after: {...CONCENTRATION, hhi: 2500}},
    by: [],
};

async function openLossTest(context) {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "client_loss_test",
        context,
    });
}

test("what is lost, what remains, and how concentrated that is", async () => {
    onRpc("client.loss.test", "without", ({args}) => {
        expect.step(args);
        return ANSWER;
    });
    await openLossTest({active_ids: [1, 2, 3], active_domain: []});

    expect.verifySteps([[[1, 2, 3], null]]);
    expect("h2").toHaveText("Without Weber Holzbau, Cave du Lac and one other");
    expect("[data-name='lost'] small").toHaveText("50 %");
    expect("[data-name='remaining'] small").toHaveText(
        "The others would have to grow by 100 % to make up for it."
    );
    expect(queryAllTexts("[data-name='hhi'] .badge")).toEqual(["high", "high"]);
    expect("[data-name='concentration'] small").toHaveText(
        /as concentrated as with 4 clients/
    );
});

test("of a selection of all the domain counts", async () => {
    onRpc("client.loss.test", "without", ({args}) => {
        expect.step(args);
        return ANSWER;
    });
    const domain = [["name", "=", "Weber"]];
    await openLossTest({
        active_ids: [1, 2],
        active_domain: domain,
        client_all_selected: true,
    });
    expect.verifySteps([[[1, 2], domain]]);
});

test("without clients the page says where to tick them", async () => {
    onRpc("client.loss.test", "without", () => {
        throw makeServerError({type: "UserError", message: "Tick the clients."});
    });
    await openLossTest({});
    expect(".alert").toHaveText(/Tick the clients/);
    expect(".alert button").toHaveCount(1);
});
