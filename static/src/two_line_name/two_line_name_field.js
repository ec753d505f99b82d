import {registry} from "@web/core/registry";
import {CharField, charField} from "@web/views/fields/char/char_field";

/**
 * The name, with the second line below it in grey, and a mark if the list offers the
 * clients of a document and this one is blocked.
 */
export class TwoLineNameField extends CharField {
    static template = "client_segmentation.TwoLineNameField";

    get isRefused() {
        return this.props.record.data.client_is_refused;
    }

    get secondLine() {
        return this.props.record.data.client_name2;
    }
}

export const twoLineNameField = {
    ...charField,
    component: TwoLineNameField,
    fieldDependencies: [{name: "client_name2", type: "char"}],
};

registry.category("fields").add("client_two_line_name", twoLineNameField);
