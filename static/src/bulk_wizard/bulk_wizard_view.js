import {useEffect, useRef} from "@odoo/owl";
import {FormRenderer} from "@web/views/form/form_renderer";
import {formView} from "@web/views/form/form_view";
import {hasTouch} from "@web/core/browser/feature_detection";
import {registry} from "@web/core/registry";

/**
 * The dialog begins in the field of the value: type, choose with Enter, and apply with
 * Ctrl+Enter. Odoo would begin with the cross that closes it. On a phone the virtual
 * keyboard would hide the dialog.
 */
export class BulkWizardRenderer extends FormRenderer {
    setup() {
        super.setup();
        const root = useRef("compiled_view_root");
        useEffect(
            (element) => {
                const name = this.props.record.data.value_field;
                if (element && name && !hasTouch()) {
                    element
                        .querySelector(`[name='${name}'] :is(input, select)`)
                        ?.focus();
                }
            },
            () => [root.el]
        );
    }
}

registry
    .category("views")
    .add("client_bulk_wizard", {...formView, Renderer: BulkWizardRenderer});
