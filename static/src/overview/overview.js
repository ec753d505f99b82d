import * as spreadsheet from "@odoo/o-spreadsheet";
import {isOverview, next, pivotBehind, positionOf, tableBelow} from "./number_source";
import {Domain} from "@web/core/domain";
import {GlobalFiltersCoreViewPlugin} from "@spreadsheet/global_filters/plugins/global_filters_core_view_plugin";
import {_t} from "@web/core/l10n/translation";
import {isChartJSMiddleClick} from "@spreadsheet/chart/odoo_chart/odoo_chart_helpers";
import {labelled, openRecords} from "./open_records";
import {patch} from "@web/core/utils/patch";

const {components, registries} = spreadsheet;
/** Tiles whose number is the number of groups of the records behind it. */
const GROUPED = {"client-card-clients": ["commercial_partner_id"]};
const PARETO = "client-chart-pareto";
const PARETO_PIVOT = "8";
const MONTHS = "client-chart-month";

const textAt = (position, getters) =>
    String(getters.getEvaluatedCell(position).value || "");

async function openPivot(env, pivotId, {title, domain = [], groupBy}, newWindow) {
    const {getters} = env.model;
    const pivot = getters.getPivot(pivotId);
    await pivot.load();
    const definition = getters.getPivotCoreDefinition(pivotId);
    const more = domain.map((node) => {
        const value = node.value === "false" ? false : node.value;
        const label = pivot.getPivotHeaderValueAndFormat([node]).value;
        return {
            description: labelled(pivot.definition.rows[0].displayName, label),
            domain: [[node.field, "=", value]],
        };
    });
    const {domain: own, actionXmlId} = definition;
    const fieldMatch = getters.getPivotFieldMatch(pivotId);
    const source = {title, actionXmlId, domain: own, fieldMatch, more, groupBy};
    await openRecords(env, source, newWindow);
}

export async function openTile(env, chartId, newWindow) {
    const {getters} = env.model;
    const definition = getters.getChartDefinition(chartId);
    const sheetId = getters.getActiveSheetId();
    const position = positionOf(sheetId, definition.keyValue, getters);
    const {pivotId} = pivotBehind(position, getters);
    const title = getters.dynamicTranslate(definition.title.text);
    await openPivot(env, pivotId, {title, groupBy: GROUPED[chartId]}, newWindow);
}

export async function openCell(position, env, newWindow) {
    const {getters} = env.model;
    const behind = pivotBehind(position, getters);
    const isTable = getters.getPivotIdFromPosition(position);
    const spreader = getters.getArrayFormulaSpreadingOn(position) || position;
    // The title is above a table, and to the left of a single number.
    const title = isTable
        ? textAt(next(spreader, {row: -1}), getters)
        : textAt(next(position, {col: -1}), getters);
    const pivotCell = getters.getPivotCellFromPosition(behind.position);
    const pivot = getters.getPivot(behind.pivotId);
    const domain = isTable ? pivotCell.domain || [] : [];
    await openPivot(
        env,
        behind.pivotId,
        {title: title || pivot.definition.name, domain},
        newWindow
    );
}

export async function openTable(position, env, newWindow) {
    const {getters} = env.model;
    const title = textAt(position, getters);
    const {listId, pivotId} = tableBelow(position, getters);
    if (pivotId) {
        const groupBy = getters
            .getPivotCoreDefinition(pivotId)
            .rows.map((row) => row.fieldName);
        await openPivot(env, pivotId, {title, groupBy}, newWindow);
        return;
    }
    const {actionXmlId, domain} = getters.getListDefinition(listId);
    const fieldMatch = getters.getListFieldMatch(listId);
    await openRecords(env, {title, actionXmlId, domain, fieldMatch}, newWindow);
}

/** Open the documents of a point of the chart, or of all points. */
export async function openMonths(env, point, newWindow) {
    const {getters} = env.model;
    const data = getters.getChartDataSource(MONTHS).getData();
    const definition = getters.getChartDefinition(MONTHS);
    const fieldMatch = Object.fromEntries(
        getters
            .getGlobalFilters()
            .map(({id}) => [id, getters.getOdooChartFieldMatching(MONTHS, id)])
    );
    const source = {
        title: _t("Revenue by Month"),
        actionXmlId: definition.actionXmlId,
        domain: definition.searchParams.domain,
        fieldMatch,
    };
    if (point) {
        const {domains, label} = data.datasets[point.datasetIndex];
        source.more = [
            {
                description: `${data.labels[point.index]} · ${label}`,
                domain: new Domain(domains[point.index]).toList(),
            },
        ];
    } else {
        source.groupBy = definition.metaData.groupBy.toReversed();
    }
    await openRecords(env, source, newWindow);
}

// The server gives a period with two dates. Odoo only knows names of periods here.
patch(GlobalFiltersCoreViewPlugin.prototype, {
    _getDateValueFromDefaultValue(defaultValue) {
        return defaultValue?.type === "range"
            ? {...defaultValue}
            : super._getDateValueFromDefaultValue(defaultValue);
    },
});

patch(components.ScorecardChart.prototype, {
    get numberPosition() {
        const {getters} = this.env.model;
        if (!isOverview(getters)) {
            return null;
        }
        const {keyValue} = getters.getChartDefinition(this.props.chartId);
        return keyValue && positionOf(getters.getActiveSheetId(), keyValue, getters);
    },
    async navigateToOdooMenu(newWindow) {
        const position = this.numberPosition;
        if (position && pivotBehind(position, this.env.model.getters)) {
            return openTile(this.env, this.props.chartId, newWindow);
        }
        return super.navigateToOdooMenu(newWindow);
    },
});

patch(components.ChartJsComponent.prototype, {
    addOdooMenuPluginToChartData(chartData) {
        const result = super.addOdooMenuPluginToChartData(chartData);
        const {env} = this;
        const {chartId} = this.props;
        const {options} = result.chartJsConfig;
        if (!isOverview(env.model.getters)) {
            return result;
        }
        if (chartId === MONTHS) {
            options.onClick = (event, items) => {
                const middle = isChartJSMiddleClick(event);
                if (event.type === "click" || middle) {
                    event.native.preventDefault();
                    openMonths(env, items[0], middle);
                }
            };
        } else if (chartId === PARETO) {
            options.onClick = (event) => {
                event.native.preventDefault();
                const title = _t("Pareto Curve");
                openPivot(env, PARETO_PIVOT, {title}, isChartJSMiddleClick(event));
            };
        }
        return result;
    },
});

const isNumber = (position, getters) =>
    isOverview(getters) &&
    getters.getEvaluatedCell(position).type === "number" &&
    Boolean(pivotBehind(position, getters));

registries.clickableCellRegistry.add("client_overview_number", {
    condition: isNumber,
    execute: openCell,
    title: _t("See records"),
    sequence: 1,
});

registries.clickableCellRegistry.add("client_overview_table", {
    condition: (position, getters) =>
        isOverview(getters) && Boolean(tableBelow(position, getters)),
    execute: openTable,
    title: _t("See records"),
    sequence: 1,
});
