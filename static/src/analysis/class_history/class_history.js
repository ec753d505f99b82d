import {Component, onWillStart, useState} from "@odoo/owl";
import {deserializeDate, serializeDate} from "@web/core/l10n/dates";
import {formatAmount, formatCount, useAnalysis} from "../analysis";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useSetupAction} from "@web/search/action_hook";

const {DateTime} = luxon;

/** Compares the classes on two days: which clients changed from one to another. */
export class ClientClassHistory extends Component {
    static template = "client_segmentation.ClientClassHistory";
    static components = {DateTimeInput, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.analysis = useAnalysis("client.class.history");
        this.page = useState(this.analysis.state);
        const {from, to} = this.props.state || {};
        this.state = useState({
            from: from ? deserializeDate(from) : this.today.minus({years: 1}),
            to: to ? deserializeDate(to) : this.today,
        });
        this.display = {controlPanel: {}};
        this.formatCount = formatCount;
        useSetupAction({
            getLocalState: () => ({
                from: serializeDate(this.state.from),
                to: serializeDate(this.state.to),
            }),
        });
        onWillStart(() => this.compare());
    }

    get data() {
        return this.page.data;
    }

    get today() {
        return DateTime.local().startOf("day");
    }

    get presets() {
        return [
            {label: _t("A month ago"), past: {months: 1}},
            {label: _t("A quarter ago"), past: {months: 3}},
            {label: _t("A year ago"), past: {years: 1}},
        ];
    }

    compare() {
        const {from, to} = this.state;
        return this.analysis.ask("compare", serializeDate(from), serializeDate(to));
    }

    /** If the user clears the input, the previous day stays. */
    onDate(side, date) {
        this.state[side] = date || this.state[side];
        return this.compare();
    }

    since(past) {
        Object.assign(this.state, {from: this.today.minus(past), to: this.today});
        return this.compare();
    }

    amount(value) {
        return formatAmount(value, this.data.currency_id);
    }

    /** The classes are sorted from the best class to no class. */
    direction(row, column) {
        if (row === column) {
            return "";
        }
        return column < row ? "o_client_better" : "o_client_worse";
    }
}

registry.category("actions").add("client_class_history", ClientClassHistory);
