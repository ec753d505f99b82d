import {onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {ListRenderer} from "@web/views/list/list_renderer";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

const formatters = registry.category("formatters");
const PENDING = "…";

/**
 * A list whose footer sums all records that the search finds. Odoo's own list sums the
 * records or groups of the page only.
 */
export class ClientListRenderer extends ListRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.whole = useState({key: null, sums: null});
        onWillStart(() => this.loadWhole(this.props));
        onWillUpdateProps((nextProps) => this.loadWhole(nextProps));
    }

    /** Whether the footer is about more records than those on the page. */
    isPartial(list) {
        const shown = list.isGrouped ? list.groups.length : list.records.length;
        return list.isDomainSelected || (!list.selection.length && list.count > shown);
    }

    summed(list, archInfo) {
        return archInfo.columns.filter(
            (column) =>
                column.type === "field" &&
                column.attrs.sum &&
                list.fields[column.name].aggregator === "sum"
        );
    }

    /** Ask for the sums of all records, without waiting for the answer. */
    loadWhole({list, archInfo}) {
        const columns = this.summed(list, archInfo);
        if (!columns.length || !this.isPartial(list)) {
            return;
        }
        const key = JSON.stringify([list.resModel, list.domain, list.count]);
        if (key === this.whole.key) {
            return;
        }
        Object.assign(this.whole, {key, sums: null});
        const names = columns.map((column) => column.name);
        this.readSums(list, names).then((sums) => {
            if (this.whole.key === key) {
                this.whole.sums = sums;
            }
        });
    }

    /** The sums by field; amounts of several currencies in that of the company. */
    async readSums(list, names) {
        const read = async (aggregates) => {
            const context = list.context;
            const kwargs = {context};
            const [row] = await this.orm.formattedReadGroup(
                list.resModel,
                list.domain,
                [],
                aggregates,
                kwargs
            );
            return row;
        };
        const currencyOf = (name) =>
            list.fields[name].type === "monetary" && list.fields[name].currency_field;
        const currencies = [...new Set(names.map(currencyOf).filter(Boolean))];
        const row = await read([
            ...names.map((name) => `${name}:sum`),
            ...currencies.map((name) => `${name}:array_agg_distinct`),
        ]);
        const mixed = names.filter(
            (name) => (row[`${currencyOf(name)}:array_agg_distinct`] || []).length > 1
        );
        const converted = mixed.length
            ? await read(mixed.map((name) => `${name}:sum_currency`))
            : {};
        return Object.fromEntries(
            names.map((name) => {
                const isMixed = mixed.includes(name);
                const [one] = row[`${currencyOf(name)}:array_agg_distinct`] || [];
                return [
                    name,
                    {
                        value: isMixed
                            ? converted[`${name}:sum_currency`]
                            : row[`${name}:sum`],
                        currencyId: isMixed ? user.activeCompany.currency_id : one,
                    },
                ];
            })
        );
    }

    computeAggregates() {
        const aggregates = super.computeAggregates();
        const {list, archInfo} = this.props;
        if (!this.isPartial(list)) {
            return aggregates;
        }
        for (const {name, widget, attrs} of this.summed(list, archInfo)) {
            if (!(name in aggregates)) {
                continue;
            }
            const sum = this.whole.sums?.[name];
            const formatter =
                formatters.get(widget, false) ||
                formatters.get(list.fields[name].type, false);
            const digits = attrs.digits ? JSON.parse(attrs.digits) : undefined;
            const value = sum
                ? formatter(sum.value || 0, {digits, currencyId: sum.currencyId})
                : PENDING;
            aggregates[name] = {
                ...aggregates[name],
                value,
                rawValue: sum?.value,
                multiCurrency: false,
            };
        }
        return aggregates;
    }
}

export const clientListView = {...listView, Renderer: ClientListRenderer};

registry.category("views").add("client_list", clientListView);
