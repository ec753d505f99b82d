import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";

class Rule extends models.Model {
    name = fields.Char();

    _records = [{id: 1, name: "Became VIP"}];
}

defineMailModels();
defineModels([Rule]);

const HINT = ".o_client_rule_hint";
const BUTTON = '<button name="action_try" type="object" string="Try It"/>';

function mountRules(button = BUTTON) {
    return mountView({
        type: "list",
        resModel: "rule",
        arch: `
            <list js_class="client_rule_list">
                <field name="name"/>
                ${button}
            </list>`,
    });
}

test("who may try rules is told so, until the hint is closed", async () => {
    await mountRules();
    expect(HINT).toHaveCount(1);

    await contains(`${HINT} button[aria-label='Close']`).click();
    expect(HINT).toHaveCount(0);

    await mountRules();
    expect(HINT).toHaveCount(0);
});

test("who has tried a rule is told nothing any more", async () => {
    mockService("action", {
        doActionButton({name}) {
            expect.step(name);
        },
    });
    await mountRules();

    await contains(".o_data_row button[name='action_try']").click();

    expect.verifySteps(["action_try"]);
    expect(HINT).toHaveCount(0);
});

test("who may not try rules is told nothing", async () => {
    await mountRules("");

    expect(HINT).toHaveCount(0);
});
