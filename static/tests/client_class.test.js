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

const CLASSES = [
    ["vip", "VIP"],
    ["small", "Small"],
];

class Client extends models.Model {
    client_revenue_class = fields.Selection({
        string: "Revenue Class",
        selection: CLASSES,
    });
    client_revenue_class_computed = fields.Selection({selection: CLASSES});
    client_household_size = fields.Integer({string: "Household Size"});

    _records = [
        {id: 1, client_revenue_class: "vip", client_revenue_class_computed: "vip"},
        {id: 2, client_revenue_class: "vip", client_revenue_class_computed: "small"},
        {id: 3, client_household_size: 4},
    ];
}

defineMailModels();
defineModels([Client]);

function mountClient(resId) {
    return mountView({
        type: "form",
        resModel: "client",
        resId,
        arch: `
            <form>
                <field name="client_revenue_class" widget="client_class" readonly="1"
                    decoration-warning="client_revenue_class == 'vip'"/>
                <field name="client_revenue_class_computed" invisible="1"/>
                <field name="client_household_size"
                    widget="client_number_or_nothing"/>
            </form>`,
    });
}

const BADGE = "button.o_client_class";
const SPOKEN = `${BADGE} .visually-hidden`;

test("a class says its name and value, and is a button with a label", async () => {
    await mountClient(1);

    expect(`${BADGE} .o_client_class_name`).toHaveText("Revenue Class");
    expect(`${BADGE} .o_client_class_value.o_client_class_warning`).toHaveText("VIP");
    expect(SPOKEN).toHaveText("Revenue Class: VIP. Why?");
    expect(`${BADGE} .fa-pencil`).toHaveCount(0);
});

test("a class that people have overruled has a pencil", async () => {
    await mountClient(2);

    expect(`${BADGE} .fa-pencil`).toHaveCount(1);
    expect(SPOKEN).toHaveText("Revenue Class: VIP, decided by hand. Why?");
});

test("a client without a class can be asked why, too", async () => {
    await mountClient(3);

    expect(SPOKEN).toHaveText("Revenue Class: none. Why?");
});

test("a click asks for the reason of this class", async () => {
    mockService("action", {
        doActionButton({name, resId, buttonContext}) {
            expect.step([name, resId, buttonContext.client_class]);
        },
    });
    await mountClient(2);

    await contains(BADGE).click();

    expect.verifySteps([["action_explain_client_class", 2, "revenue_class"]]);
});

test("a household of nobody shows nothing", async () => {
    await mountClient(1);

    expect("[name='client_household_size'] input").toHaveValue("");
});

test("a household of four shows four", async () => {
    await mountClient(3);

    expect("[name='client_household_size'] input").toHaveValue("4");
});
