import {Component, onWillStart, useState} from "@odoo/owl";
import {formatAmount, formatCount, formatPercent, useAnalysis} from "../analysis";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

// The concentration index with a single client.
const TOP_HHI = 10000;
const LEVEL_CLASSES = {
    low: "text-bg-success",
    moderate: "text-bg-warning",
    high: "text-bg-danger",
};

/** The revenue that remains if the selected clients leave. */
export class ClientLossTest extends Component {
    static template = "client_segmentation.ClientLossTest";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.analysis = useAnalysis("client.loss.test");
        this.page = useState(this.analysis.state);
        this.display = {controlPanel: {}};
        const context = this.props.action.context || {};
        this.chosen = this.props.state?.chosen || {
            ids: context.active_ids || [],
            domain: context.client_all_selected ? context.active_domain : null,
        };
        useSetupAction({getLocalState: () => ({chosen: this.chosen})});
        onWillStart(() =>
            this.analysis.ask("without", this.chosen.ids, this.chosen.domain)
        );
    }

    get data() {
        return this.page.data;
    }

    get remaining() {
        return this.data.revenue - this.data.lost_revenue;
    }

    get title() {
        const {lost, names} = this.data;
        const others = lost - names.length;
        const list = names.join(", ");
        if (others > 1) {
            return _t("Without %(clients)s and %(count)s others", {
                clients: list,
                count: formatCount(others),
            });
        }
        return others === 1
            ? _t("Without %s and one other", list)
            : _t("Without %s", list);
    }

    get cards() {
        const {revenue, lost_revenue: lost, overdue} = this.data;
        const cards = [
            {name: "revenue", label: _t("Revenue of the period"), amount: revenue},
            {
                name: "lost",
                label: _t("Lost"),
                amount: lost,
                note: this.share(lost, revenue),
            },
            {
                name: "remaining",
                label: _t("Remains"),
                amount: this.remaining,
                note: this.effort,
            },
        ];
        if (overdue) {
            cards.push({
                name: "overdue",
                label: _t("Overdue amount"),
                amount: overdue,
            });
        }
        return cards;
    }

    get effort() {
        const {lost_revenue: lost} = this.data;
        if (lost <= 0 || this.remaining <= 0) {
            return "";
        }
        return _t(
            "The others would have to grow by %s to make up for it.",
            formatPercent((100 * lost) / this.remaining)
        );
    }

    get concentration() {
        const {before, after} = this.data.concentration;
        const tops = this.data.tops.map((top) => ({
            name: `top_${top}`,
            label: top === 1 ? _t("The best client") : _t("The best %s clients", top),
            before: formatPercent(before[`top_${top}`]),
            after: formatPercent(after[`top_${top}`]),
        }));
        return [
            ...tops,
            {
                name: "count",
                label: _t("Clients with revenue"),
                before: formatCount(before.count),
                after: formatCount(after.count),
            },
            {
                name: "hhi",
                label: _t("Concentration index (HHI)"),
                before: formatCount(before.hhi),
                after: formatCount(after.hhi),
                levels: [before.level, after.level],
            },
        ];
    }

    get explanation() {
        const {moderate, high, concentration} = this.data;
        const {hhi} = concentration.after;
        const limits = _t(
            "The index adds up the squared shares of the clients in per cent: %(top)s with a single client. Below %(moderate)s the revenue is well spread, above %(high)s it depends on few clients.",
            {
                top: formatCount(TOP_HHI),
                moderate: formatCount(moderate),
                high: formatCount(high),
            }
        );
        const clients = Math.round(TOP_HHI / hhi);
        const equal =
            clients === 1
                ? _t("What remains is as concentrated as with a single client.")
                : _t(
                      "What remains is as concentrated as with %s clients of the same size.",
                      formatCount(clients)
                  );
        return hhi ? `${limits} ${equal}` : limits;
    }

    levelLabel(level) {
        return {
            low: _t("spread"),
            moderate: _t("moderate"),
            high: _t("high"),
        }[level];
    }

    levelClass(level) {
        return LEVEL_CLASSES[level];
    }

    amount(value) {
        return formatAmount(value, this.data.currency_id);
    }

    share(part, total) {
        return total > 0 ? formatPercent((100 * part) / total) : "";
    }

    /** The lost part, as the width of a bar. */
    width({before, lost}) {
        return before > 0 ? Math.min(100, Math.max(0, (100 * lost) / before)) : 0;
    }

    openList() {
        return this.action.doAction("client_segmentation.client_action", {
            clearBreadcrumbs: true,
        });
    }
}

registry.category("actions").add("client_loss_test", ClientLossTest);
