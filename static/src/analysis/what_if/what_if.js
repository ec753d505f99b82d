import {Component, onWillStart, status, useState} from "@odoo/owl";
import {formatAmount, formatCount, formatPercent, useAnalysis} from "../analysis";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {Layout} from "@web/search/layout";
import {LimitSlider} from "./limit_slider";
import {ParetoCurve} from "./pareto_curve";
import {_t} from "@web/core/l10n/translation";
import {getCurrency} from "@web/core/currency";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const DELAY = 250;

/** Shows which clients would change class with other limits. Only Apply saves them. */
export class ClientWhatIf extends Component {
    static template = "client_segmentation.ClientWhatIf";
    static components = {Layout, LimitSlider, ParetoCurve};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.analysis = useAnalysis("client.what.if");
        this.page = useState(this.analysis.state);
        this.state = useState({changes: this.props.state?.changes || {}});
        this.previewSoon = useDebounced(this.preview, DELAY);
        this.display = {controlPanel: {}};
        this.formatCount = formatCount;
        useSetupAction({getLocalState: () => ({changes: {...this.state.changes}})});
        onWillStart(() => this.preview());
    }

    preview() {
        return this.analysis.ask("preview", {...this.state.changes});
    }

    get data() {
        return this.page.data;
    }

    get isChanged() {
        return Object.keys(this.state.changes).length > 0;
    }

    /** The user can only apply limits whose result the page shows. */
    get canApply() {
        return (
            this.isChanged &&
            !this.page.error &&
            !this.page.isLoading &&
            Object.keys(this.data.changes).length > 0
        );
    }

    /** @returns {Number|Boolean} the limit on the page, saved or not */
    limit(name) {
        return this.state.changes[name] ?? this.data.own[name];
    }

    /** The limits that have an effect, by section, without switches. */
    get sections() {
        return this.data.sections.map((section) => ({
            ...section,
            limits: section.limits
                .filter(({type, when}) => type !== "boolean" && this.counts(when))
                .map((limit) => this.slider(limit)),
        }));
    }

    counts(when) {
        return !when || this.limit(when[0]) === when[1];
    }

    /** The switches of a section; the measure of the revenue has its own buttons. */
    switches(section) {
        const {limits} = this.data.sections.find(({name}) => name === section.name);
        return limits.filter(
            ({name, type, when}) =>
                type === "boolean" && name !== "by_amount" && this.counts(when)
        );
    }

    slider({name, label, min, max, type}) {
        if (type !== "monetary") {
            return {name, label, min, max};
        }
        const {vip, regular, small} = this.data.cuts;
        const best =
            ((vip.revenue + regular.revenue + small.revenue) *
                (this.data.curve[0]?.[1] || 0)) /
            100;
        const {symbol} = getCurrency(this.data.currency_id);
        return {name, label, min: 0, max: best, unit: symbol, isAmount: true};
    }

    get hasOutcome() {
        return this.data.classes.some((line) => line.changed);
    }

    /** On a phone: how many clients change, for the result is far below the limits. */
    get outcome() {
        if (!this.hasOutcome) {
            return _t("No client changes.");
        }
        return this.data.classes
            .filter((line) => line.changed)
            .map(({label, changed}) => `${label}: ${formatCount(changed)}`)
            .join(" · ");
    }

    showResult({currentTarget}) {
        const page = currentTarget.closest(".o_client_what_if");
        page.querySelector(".o_client_changed").scrollIntoView();
    }

    get cuts() {
        const [{values}] = this.data.classes;
        return values
            .filter(({value}) => value in this.data.cuts)
            .map(({value, label}) => ({label, count: this.data.cuts[value].count}));
    }

    /** The text above the curve, with the same numbers as the table of the classes. */
    get summary() {
        const {vip, clients, revenue} = this.data.summary;
        return _t(
            "%(vip)s VIP clients (%(part)s of %(clients)s) make %(share)s of the revenue; the last of them brought %(lowest)s.",
            {
                vip: formatCount(vip.count),
                part: formatPercent((100 * vip.count) / (clients || 1), 0),
                clients: formatCount(clients),
                share: formatPercent((100 * vip.revenue) / (revenue || 1)),
                lowest: this.amount(vip.lowest),
            }
        );
    }

    get overruled() {
        const {overruled} = this.data.summary;
        return _t(
            "Decided by hand: the class of %s clients. The curve shows their computed classes.",
            formatCount(overruled)
        );
    }

    amount(value) {
        return formatAmount(value, this.data.currency_id);
    }

    onChange(name, value) {
        if (value === this.data.own[name]) {
            delete this.state.changes[name];
        } else {
            this.state.changes[name] = value;
        }
        this.previewSoon();
    }

    changedText(count) {
        return count === 1
            ? _t("1 client changes its class")
            : _t("%s clients change their class", formatCount(count));
    }

    /** The amounts start at the limits of the shares, so no client changes at first. */
    chooseMeasure(byAmount) {
        const {own, cuts} = this.data;
        if (byAmount && !own.vip_amount) {
            this.state.changes.vip_amount = cuts.vip.lowest;
            this.state.changes.regular_amount = cuts.regular.lowest || 1;
        }
        this.onChange("by_amount", byAmount);
    }

    reset() {
        this.state.changes = {};
        return this.preview();
    }

    apply() {
        const changed = this.data.classes.reduce((sum, line) => sum + line.changed, 0);
        this.dialog.add(ConfirmationDialog, {
            title: _t("Apply these Limits"),
            body: _t(
                "They become the limits of %(company)s; %(count)s classes of clients change.",
                {company: this.data.company, count: formatCount(changed)}
            ),
            confirmLabel: _t("Apply"),
            confirm: () => this.keep(),
            cancel: () => {},
        });
    }

    async keep() {
        const changeId = await this.orm.call("client.what.if", "apply", [
            {...this.data.changes},
        ]);
        const close = this.notification.add(
            _t("The limits and the classes are changed."),
            {
                type: "success",
                buttons: changeId
                    ? [
                          {
                              name: _t("Undo"),
                              onClick: async () => {
                                  close();
                                  await this.undo(changeId);
                              },
                          },
                      ]
                    : [],
            }
        );
        await this.reset();
    }

    askUndo() {
        const {id, words} = this.data.last_change;
        this.dialog.add(ConfirmationDialog, {
            title: _t("Undo the Last Change"),
            body: words,
            confirmLabel: _t("Undo"),
            confirm: () => this.undo(id),
            cancel: () => {},
        });
    }

    /** Restore the limits of before, except those that have changed again. */
    async undo(changeId) {
        const said = await this.orm.call("client.what.if", "undo", [changeId]);
        this.notification.add(said, {type: "success"});
        if (status(this) !== "destroyed") {
            await this.reset();
        }
    }
}

registry.category("actions").add("client_what_if", ClientWhatIf);
