import {RevenuePivotRenderer, revenuePivotView} from "./revenue_pivot_view";
import {registry} from "@web/core/registry";

/** The colour of the cells, and the opacity of the cell with the largest value. */
const COLOUR = "113, 75, 103";
const STRONGEST = 0.5;

/**
 * A pivot that colours its cells: larger values are darker, per measure. Totals have no
 * colour, because all other cells would look pale beside them.
 */
export class HeatPivotRenderer extends RevenuePivotRenderer {
    static template = "client_segmentation.HeatPivotRenderer";

    isTotal(cell) {
        return this.model.metaData.fullColGroupBys.length
            ? !cell.groupId[0].length || !cell.groupId[1].length
            : !cell.groupId[0].length;
    }

    /** The largest value of each measure in the coloured cells. */
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
