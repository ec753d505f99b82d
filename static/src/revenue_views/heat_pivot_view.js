import {RevenuePivotRenderer, revenuePivotView} from "./revenue_pivot_view";
import {registry} from "@web/core/registry";

/** What the cells are coloured with, and how strongly the largest one is. */
const COLOUR = "113, 75, 103";
const STRONGEST = 0.5;

/**
 * A pivot whose cells are the darker the larger they are, each measure by itself.
 * Totals have no colour: they would outshine the rest.
 */
export class HeatPivotRenderer extends RevenuePivotRenderer {
    static template = "client_segmentation.HeatPivotRenderer";

    isTotal(cell) {
        return this.model.metaData.fullColGroupBys.length
            ? !cell.groupId[0].length || !cell.groupId[1].length
            : !cell.groupId[0].length;
    }

    /** The largest value of each measure among the cells that have a colour. */
    largest(rows) {
        const largest = {};
        for (const cell of rows.flatMap((row) => row.subGroupMeasurements)) {
            if (!this.isTotal(cell)) {
                largest[cell.measure] = Math.max(
                    largest[cell.measure] || 0,
                    cell.value || 0
                );
            }
        }
        return largest;
    }

    heat(cell, largest) {
        if (this.isTotal(cell) || !(cell.value > 0)) {
            return "";
        }
        const strength = (STRONGEST * cell.value) / largest[cell.measure];
        return `background-color: rgba(${COLOUR}, ${strength.toFixed(2)}) !important`;
    }
}

export const heatPivotView = {...revenuePivotView, Renderer: HeatPivotRenderer};

registry.category("views").add("client_heat_pivot", heatPivotView);
