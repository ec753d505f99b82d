import {KanbanController} from "@web/views/kanban/kanban_controller";
import {ListController} from "@web/views/list/list_controller";
import {SelectionBox} from "@web/views/view_components/selection_box";
import {onWillUpdateProps} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {useViewButtons} from "@web/views/view_button/view_button_hook";

const idsOf = (records) => records.map(({resId}) => resId);

/** Whether two lists show the same records, of searches that find equally many. */
const isSame = (one, other) =>
    one.count === other.count &&
    idsOf(one.records).join() === idsOf(other.records).join();

/** What is being ticked again, by model: another reading may begin before the end. */
const pending = new WeakMap();

/**
 * Read the list again after an action, whether it was applied or discarded. What was
 * ticked and is still on the page stays ticked, as after Odoo's own change of several
 * records in a list. All records of the search stay selected only if the search finds
 * the same ones: others have never been chosen.
 */
export async function reloadWithTicks(model) {
    const before = model.root;
    const earlier = pending.get(model) || [];
    pending.set(model, [...earlier, ...idsOf(before.selection)]);
    try {
        await model.load();
    } finally {
        pending.delete(model);
    }
    // The list from before also knows what was ticked while the new one was read.
    const {root} = model;
    const ticked = new Set([...earlier, ...idsOf(before.selection)]);
    if (before.isDomainSelected) {
        if (isSame(before, root)) {
            await root.selectDomain(true);
        }
        return;
    }
    pending.set(model, [...ticked]);
    const again = root.records.filter(({resId}) => ticked.has(resId));
    await Promise.all(again.map((record) => record.toggleSelection(true)));
    pending.delete(model);
}

/** The methods of a list or board of partners that keeps its ticks, made once for each. */
const keepTicks = () => ({
    setup() {
        super.setup();
        if (this.props.resModel === "res.partner") {
            useViewButtons(this.rootRef, {
                beforeExecuteAction: this.beforeExecuteActionButton.bind(this),
                afterExecuteAction: this.afterExecuteActionButton.bind(this),
                reload: () => reloadWithTicks(this.model),
            });
        }
    },
    get actionMenuProps() {
        const props = super.actionMenuProps;
        if (this.props.resModel !== "res.partner") {
            return props;
        }
        return {
            ...props,
            items: this.withoutButtons(props.items),
            onActionExecuted: ({noReload} = {}) =>
                noReload ? undefined : reloadWithTicks(this.model),
        };
    },
    /** On a phone the buttons are in the same menu: nothing stands there twice. */
    withoutButtons(items) {
        if (!this.env.isSmall || !items.action) {
            return items;
        }
        const buttons = this.headerButtons || this.archInfo.headerButtons;
        const names = buttons.map(({clickParams}) => Number(clickParams.name));
        return {
            ...items,
            action: items.action.filter(({id}) => !names.includes(id)),
        };
    },
});

patch(ListController.prototype, keepTicks());
patch(KanbanController.prototype, keepTicks());

// Odoo's box is made for one list: without ticks it disappears when the list is read.
patch(SelectionBox.prototype, {
    setup() {
        super.setup();
        onWillUpdateProps(({root}) => (this.root = root));
    },
});
