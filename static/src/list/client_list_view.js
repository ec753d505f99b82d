import {ListController} from "@web/views/list/list_controller";
import {ListRenderer} from "@web/views/list/list_renderer";
import {listView} from "@web/views/list/list_view";
import {onWillDestroy} from "@odoo/owl";
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
        this.whole = {key: null, sums: null};
        onWillDestroy(() => (this.whole.key = null));
    }

    /** Whether the footer is about more records than those on the page. */
    isPartial(list) {
        const shown = list.isGrouped ? list.groups.length : list.records.length;
        return list.isDomainSelected || (!list.selection.length && list.count > shown);
    }

    /** The visible columns whose sum is in the footer. */
    summed(aggregates) {
        return this.columns.filter(
            ({name, attrs}) =>
                name in aggregates &&
                attrs?.sum &&
                this.props.list.fields[name].aggregator === "sum"
        );
    }

    /** The sums of all records, or nothing until the server has answered. */
    wholeSums(names) {
        const {list} = this.props;
        const key = JSON.stringify([list.resModel, list.domain, list.count, names]);
        if (key !== this.whole.key) {
            this.whole = {key, sums: null};
            this.readSums(list, names).then((sums) => {
                if (this.whole.key === key) {
                    this.whole.sums = sums;
                    this.render();
                }
            });
        }
        return this.whole.sums;
    }

    /** The sums by field; amounts of several currencies in that of the company. */
    async readSums(list, names) {
        const read = async (aggregates) => {
            const [row] = await this.orm.formattedReadGroup(
                list.resModel,
                list.domain,
                [],
                aggregates,
                {context: list.context}
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
        const {list} = this.props;
        const columns = this.summed(aggregates);
        if (!columns.length || !this.isPartial(list)) {
            return aggregates;
        }
        const sums = this.wholeSums(columns.map((column) => column.name));
        for (const {name, widget, attrs} of columns) {
            const {type} = list.fields[name];
            const formatter = formatters.get(widget, false) || formatters.get(type);
            const digits = attrs.digits ? JSON.parse(attrs.digits) : undefined;
            const {value, currencyId} = sums?.[name] || {};
            aggregates[name] = {
                ...aggregates[name],
                value: sums ? formatter(value || 0, {digits, currencyId}) : PENDING,
                rawValue: value,
                multiCurrency: false,
            };
        }
        return aggregates;
    }
}

/** An export begins with both lines of the name and contains no picture. */
export class ClientListController extends ListController {
    getExportableFields() {
        const {name, client_name2: secondLine} = this.props.fields;
        const names = ["complete_name", name?.name, secondLine?.name];
        const others = super
            .getExportableFields()
            .filter((field) => field.type !== "binary" && !names.includes(field.name));
        return [name, secondLine, ...others].filter(Boolean);
    }
}

export const clientListView = {
    ...listView,
    Controller: ClientListController,
    Renderer: ClientListRenderer,
};

registry.category("views").add("client_list", clientListView);
