import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {documentsBehind} from "./revenue_measure";
import {graphView} from "@web/views/graph/graph_view";
import {registry} from "@web/core/registry";

/** A graph whose bars open only the documents that their measure counts. */
export class RevenueGraphRenderer extends GraphRenderer {
    openView(domain, ...args) {
        super.openView(documentsBehind(domain, this.model.metaData.measure), ...args);
    }
}

export const revenueGraphView = {...graphView, Renderer: RevenueGraphRenderer};

registry.category("views").add("client_revenue_graph", revenueGraphView);
