import {useState, useSubEnv} from "@odoo/owl";
import {ListRenderer} from "@web/views/list/list_renderer";
import {browser} from "@web/core/browser/browser";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";

const TRY = "action_try";
const TRIED = "client_segmentation.rule_tried";

/**
 * The status rules, with a hint to “Try It” for those who may, until they have tried a
 * rule or closed the hint.
 */
export class RuleListRenderer extends ListRenderer {
    static template = "client_segmentation.RuleListRenderer";

    setup() {
        super.setup();
        this.hint = useState({isOpen: !browser.localStorage.getItem(TRIED)});
        const {onClickViewButton} = this.env;
        useSubEnv({
            onClickViewButton: (params) => {
                if (params.clickParams.name === TRY) {
                    this.closeHint();
                }
                return onClickViewButton(params);
            },
        });
    }

    get showsHint() {
        const buttons = this.columns.flatMap((column) => column.buttons || []);
        return (
            this.hint.isOpen &&
            buttons.some(({clickParams}) => clickParams.name === TRY)
        );
    }

    closeHint() {
        this.hint.isOpen = false;
        browser.localStorage.setItem(TRIED, "1");
    }
}

registry.category("views").add("client_rule_list", {
    ...listView,
    Renderer: RuleListRenderer,
});
