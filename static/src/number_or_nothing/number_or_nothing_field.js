import {IntegerField, integerField} from "@web/views/fields/integer/integer_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** A number of which zero means that nobody knows it: it shows nothing then. */
export class NumberOrNothingField extends IntegerField {
    get formattedValue() {
        return this.value ? super.formattedValue : "";
    }
}

registry.category("fields").add("client_number_or_nothing", {
    ...integerField,
    component: NumberOrNothingField,
    displayName: _t("Number or Nothing"),
    isEmpty: (record, fieldName) => !record.data[fieldName],
});
