import {PivotRenderer} from "@web/views/pivot/pivot_renderer";
import {documentsBehind} from "./revenue_measure";
import {pivotView} from "@web/views/pivot/pivot_view";
import {registry} from "@web/core/registry";

/** A pivot whose cells open only the documents that their measure counts. */
export class RevenuePivotRenderer extends PivotRenderer {
    onOpenView(cell, newWindow) {
        this.measure = cell.measure;
        super.onOpenView(cell, newWindow);
    }

    openView(domain, ...args) {
        super.openView(documentsBehind(domain, this.measure), ...args);
    }
}

export const revenuePivotView = {...pivotView, Renderer: RevenuePivotRenderer};

registry.category("views").add("client_revenue_pivot", revenuePivotView);
