import {onWillStart, useState} from "@odoo/owl";
import {ListRenderer} from "@web/views/list/list_renderer";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** The status rules, with a hint to “Try It” until somebody has tried a rule. */
export class RuleListRenderer extends ListRenderer {
    static template = "client_segmentation.RuleListRenderer";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.hint = useState({isShown: false});
        onWillStart(async () => {
            this.hint.isShown = await this.call("offers_try");
        });
    }

    async call(method) {
        const {resModel, context} = this.props.list;
        return await this.orm.call(resModel, method, [], {context});
    }

    async closeHint() {
        this.hint.isShown = false;
        await this.call("stop_offering_try");
    }
}

registry.category("views").add("client_rule_list", {
    ...listView,
    Renderer: RuleListRenderer,
});
