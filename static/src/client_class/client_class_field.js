import {BadgeField, badgeField} from "@web/views/fields/badge/badge_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

const PREFIX = "client_";
const METHOD = "action_explain_client_class";

/**
 * A class of a client: its name, its value, and a button that explains it (“Why?”). If
 * the record also has the computed class and this differs, people have overruled it.
 */
export class ClientClassField extends BadgeField {
    static template = "client_segmentation.ClientClassField";

    setup() {
        this.action = useService("action");
    }

    get label() {
        return this.props.record.fields[this.props.name].string;
    }

    get value() {
        return this.formattedValue || _t("none");
    }

    get isOverruled() {
        const {data} = this.props.record;
        const computed = `${this.props.name}_computed`;
        return computed in data && data[computed] !== data[this.props.name];
    }

    /** What a screen reader says, which does not see the colours and the pencil. */
    get description() {
        const values = {label: this.label, value: this.value};
        return this.isOverruled
            ? _t("%(label)s: %(value)s, decided by hand. Why?", values)
            : _t("%(label)s: %(value)s. Why?", values);
    }

    get tooltip() {
        return this.isOverruled
            ? _t("Decided by hand. Click to see why.")
            : _t("Computed from your documents. Click to see why.");
    }

    async explain() {
        const {record, name} = this.props;
        if (!(await record.save())) {
            return;
        }
        await this.action.doActionButton({
            type: "object",
            name: METHOD,
            resModel: record.resModel,
            resId: record.resId,
            resIds: [record.resId],
            context: record.context,
            buttonContext: {client_class: name.slice(PREFIX.length)},
            onClose: () => record.load(),
        });
    }
}

registry.category("fields").add("client_class", {
    ...badgeField,
    component: ClientClassField,
    displayName: _t("Class of a Client"),
    supportedTypes: ["selection"],
    isEmpty: () => false,
});
