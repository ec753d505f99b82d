import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The first clients that a correction changes, with their old and new values. */
export class PreviewField extends Component {
    static template = "client_segmentation.PreviewField";
    static props = {...standardFieldProps};

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    get isCut() {
        return this.props.record.data.change_count > this.rows.length;
    }
}

registry.category("fields").add("client_preview", {
    component: PreviewField,
    displayName: _t("Preview of Corrections"),
    supportedTypes: ["json"],
});
