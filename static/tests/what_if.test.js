import {LimitSlider} from "@client_segmentation/analysis/what_if/limit_slider";
import {
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {
    advanceTime,
    animationFrame,
    expect,
    freezeTime,
    test,
    unfreezeTime,
} from "@odoo/hoot";
import {WebClient} from "@web/webclient/webclient";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";
import {slice} from "@client_segmentation/analysis/what_if/pareto_curve";

defineMailModels();

const OWN = {
    window_months: 12,
    by_amount: false,
    vip_share: 80,
    regular_share: 95,
    vip_amount: 0,
    regular_amount: 0,
    fast_days: 10,
    standard_days: 5,
    payment_evidence: 2,
    active_days: 90,
    recent_months: 12,
};
const SECTIONS = [
    {
        name: "revenue_class",
        label: "Revenue Class",
        limits: [
            {name: "by_amount", label: "By Amount", min: 0, max: 1, type: "boolean"},
            {
                name: "vip_share",
                label: "VIP: Share of the Revenue (%)",
                min: 0,
                max: 100,
                type: "float",
                when: ["by_amount", false],
            },
            {
                name: "regular_share",
                label: "Regular: Up To (%)",
                min: 0,
                max: 100,
                type: "float",
                when: ["by_amount", false],
            },
            {
                name: "vip_amount",
                label: "VIP: From",
                min: 0,
                max: 1e15,
                type: "monetary",
                when: ["by_amount", true],
            },
            {
                name: "regular_amount",
                label: "Regular: From",
                min: 0,
                max: 1e15,
                type: "monetary",
                when: ["by_amount", true],
            },
            {name: "window_months", label: "Period", min: 1, max: 36, type: "integer"},
        ],
    },
];
const NOBODY = {count: 0, revenue: 0, cell: "", named: []};

function answer(changes, canApply = true, lastChange = null) {
    const leaves = changes.vip_share === 50;
    const second = {
        count: 1,
        revenue: 300,
        cell: "cell",
        named: [{name: "Weber Holzbau", revenue: 300}],
    };
    return {
        company: "Bureau Lavaux",
        currency_id: 1,
        can_apply: canApply,
        sections: SECTIONS,
        own: OWN,
        policy: {...OWN, ...changes},
        changes,
        cuts: {
            vip: {count: leaves ? 1 : 2, revenue: leaves ? 500 : 800, lowest: 300},
            regular: {count: leaves ? 2 : 1, revenue: 150, lowest: 150},
            small: {count: 1, revenue: 50, lowest: 50},
        },
        summary: {
            vip: {count: leaves ? 1 : 2, revenue: leaves ? 500 : 800, lowest: 300},
            clients: 5,
            revenue: 1000,
            overruled: leaves ? 1 : 0,
        },
        last_change: lastChange,
        curve: [
            [1, 50],
            [2, 80],
            [3, 95],
            [4, 100],
        ],
        classes: [
            {
                name: "revenue_class",
                label: "Revenue Class",
                changed: leaves ? 1 : 0,
                values: [
                    {
                        value: "vip",
                        label: "VIP",
                        before: {count: 2, revenue: 800},
                        after: {count: leaves ? 1 : 2, revenue: leaves ? 500 : 800},
                        enter: NOBODY,
                        leave: leaves ? second : NOBODY,
                    },
                ],
            },
        ],
    };
}

async function openWhatIf() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "client_what_if",
    });
}

test("dragging a slider asks once, when it rests", async () => {
    onRpc("client.what.if", "preview", ({args: [changes]}) => {
        expect.step(changes);
        return answer(changes);
    });
    await openWhatIf();
    expect.verifySteps([{}]);

    const slider = "[data-name='vip_share'] input[type='range']";
    // However slow the machine is, the slider does not rest in between.
    freezeTime();
    for (const value of [70, 60, 50]) {
        await contains(slider).edit(value, {instantly: true});
    }
    unfreezeTime();
    await advanceTime(300);
    await animationFrame();

    expect.verifySteps([{vip_share: 50}]);
    expect("[data-name='vip_share'] .o_client_limit_own").toHaveText("Now: 80");
    expect(queryAllTexts(".o_client_changes small")).toEqual(["Weber Holzbau"]);
});

test("only what was previewed is applied, after a question", async () => {
    onRpc("client.what.if", "preview", ({args: [changes]}) => answer(changes));
    onRpc("client.what.if", "apply", ({args: [changes]}) => {
        expect.step(changes);
        return true;
    });
    await openWhatIf();
    expect(".o_client_apply").not.toBeEnabled();

    await contains("#client_limit_vip_share").edit("50");
    await advanceTime(300);
    await animationFrame();
    expect(".o_client_apply").toBeEnabled();

    await contains(".o_client_apply").click();
    expect.verifySteps([]);
    await contains(".modal-footer .btn-primary").click();
    expect.verifySteps([{vip_share: 50}]);
    expect(".o_client_apply").not.toBeEnabled();
});

test("the headline has the numbers of the table, and says what was decided", async () => {
    onRpc("client.what.if", "preview", ({args: [changes]}) => answer(changes));
    await openWhatIf();
    expect(".o_client_summary").toHaveText(/^2 VIP clients .* 80 % of the revenue/);
    expect(".o_client_overruled").toHaveCount(0);

    await contains("#client_limit_vip_share").edit("50");
    await advanceTime(300);
    await animationFrame();
    expect(".o_client_summary").toHaveText(/^1 VIP clients/);
    expect(".o_client_overruled").toHaveText(/class of 1 clients/);
});

test("what was applied can be undone, in the pop-up and on the page", async () => {
    let last = null;
    onRpc("client.what.if", "preview", ({args: [changes]}) =>
        answer(changes, true, last)
    );
    onRpc("client.what.if", "apply", () => {
        last = {id: 7, words: "VIP: 80 → 50"};
        return 7;
    });
    onRpc("client.what.if", "undo", ({args}) => {
        expect.step(args);
        last = null;
        return "The old limits and classes are back.";
    });
    await openWhatIf();
    expect(".o_client_undo").toHaveCount(0);
    for (const isPopUp of [true, false]) {
        await contains("#client_limit_vip_share").edit("50");
        await advanceTime(300);
        await animationFrame();
        await contains(".o_client_apply").click();
        await contains(".modal-footer .btn-primary").click();
        await animationFrame();
        if (isPopUp) {
            await contains(".o_notification_buttons button").click();
        } else {
            await contains(".o_client_undo").click();
            expect(".modal-body").toHaveText("VIP: 80 → 50");
            await contains(".modal-footer .btn-primary").click();
        }
        await animationFrame();
        expect.verifySteps([[7]]);
        expect(".o_client_undo").toHaveCount(0);
    }
});

test("a switch of its own is tried as well", async () => {
    const sections = [
        {
            ...SECTIONS[0],
            limits: [
                ...SECTIONS[0].limits,
                {name: "own", label: "Count Own", min: 0, max: 1, type: "boolean"},
            ],
        },
    ];
    onRpc("client.what.if", "preview", ({args: [changes]}) => {
        expect.step(changes);
        return {...answer(changes), sections, own: {...OWN, own: false}};
    });
    await openWhatIf();
    await contains(".o_client_switch input").click();
    await advanceTime(300);
    await animationFrame();
    expect.verifySteps([{}, {own: true}]);
    expect(".o_client_apply").toBeEnabled();
});

test("who may not change the limits has nothing to apply", async () => {
    onRpc("client.what.if", "preview", ({args: [changes]}) => answer(changes, false));
    await openWhatIf();
    expect(".o_client_reset").toHaveCount(1);
    expect(".o_client_apply").toHaveCount(0);
});

test("limits that make no sense are said on the page, and can't be applied", async () => {
    onRpc("client.what.if", "preview", ({args: [changes]}) => {
        if (changes.vip_share > 95) {
            throw makeServerError({
                type: "ValidationError",
                message: "VIP clients make a share below the regular ones.",
            });
        }
        return answer(changes);
    });
    await openWhatIf();

    await contains("#client_limit_vip_share").edit("99");
    await advanceTime(300);
    await animationFrame();

    expect(".alert").toHaveText("VIP clients make a share below the regular ones.");
    expect(".o_client_apply").not.toBeEnabled();
    await contains(".o_client_reset").click();
    expect(".alert").toHaveCount(0);
});

test("the parts of the curve meet at the cuts, between two points as well", () => {
    const curve = [
        [1, 50],
        [3, 90],
        [4, 100],
    ];
    expect(slice(curve, 0, 2)).toEqual([
        {x: 0, y: 0},
        {x: 1, y: 50},
        {x: 2, y: 70},
    ]);
    expect(slice(curve, 2, 4)).toEqual([
        {x: 2, y: 70},
        {x: 3, y: 90},
        {x: 4, y: 100},
    ]);
    expect(slice([], 0, 1)).toEqual([
        {x: 0, y: 0},
        {x: 1, y: 0},
    ]);
});

test("the slider of an amount goes over orders of magnitude", async () => {
    let amount = 1000;
    await mountWithCleanup(LimitSlider, {
        props: {
            name: "vip_amount",
            label: "VIP from",
            value: 1000,
            own: 0,
            min: 0,
            max: 1000000,
            unit: "CHF",
            isAmount: true,
            onChange: (name, value) => (amount = value),
        },
    });
    expect("input[type='range']").toHaveValue(100);

    await contains("input[type='range']").edit(150, {instantly: true});
    expect(amount).toBe(32000);
});
