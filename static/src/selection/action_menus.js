import {ActionMenus} from "@web/search/action_menus/action_menus";
import {patch} from "@web/core/utils/patch";

patch(ActionMenus.prototype, {
    /** The groups of entries in their order: those of this addon are first. */
    async getActionItems({resModel}) {
        const items = await super.getActionItems(...arguments);
        return resModel === "res.partner"
            ? items.toSorted((one, other) => one.groupNumber - other.groupNumber)
            : items;
    },
    /**
     * Tell the actions on partners whether all records of the list are selected. Odoo
     * sends a limited number of ids and the domain of the list in any case, so actions
     * cannot tell this from some ticked records.
     */
    async executeAction() {
        if (this.props.resModel !== "res.partner") {
            return super.executeAction(...arguments);
        }
        const context = {
            ...this.props.context,
            client_all_selected: Boolean(this.props.isDomainSelected),
        };
        const menus = Object.create(this, {
            props: {value: {...this.props, context}},
        });
        return super.executeAction.apply(menus, arguments);
    },
});
