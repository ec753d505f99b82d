import {Component, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const METHOD = "action_mend_client";

/**
 * What is missing or wrong in the file of a client. A click on a finding goes to its
 * field; where there is one right value, a second button sets it.
 */
export class FindingsField extends Component {
    static template = "client_segmentation.FindingsField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.root = useRef("root");
    }

    get value() {
        return this.props.record.data[this.props.name] || {};
    }

    get findings() {
        return this.value.findings || [];
    }

    get unchecked() {
        return this.value.unchecked || [];
    }

    get count() {
        return this.findings.filter((finding) => finding.counts).length;
    }

    get title() {
        const score = this.props.record.data.client_quality_score;
        if (!this.count) {
            return _t("Quality %s of 100", score);
        }
        return this.count === 1
            ? _t("Quality %s of 100: 1 thing is missing or wrong", score)
            : _t("Quality %(score)s of 100: %(count)s things are missing or wrong", {
                  score,
                  count: this.count,
              });
    }

    mendTitle(finding) {
        return _t("Set “%s”. You can undo it.", finding.right);
    }

    goTo(finding) {
        const form = this.root.el.closest(".o_form_view");
        const field = form?.querySelector(`.o_field_widget[name="${finding.field}"]`);
        const page = field?.closest(".tab-pane:not(.active)");
        if (!field || page) {
            return;
        }
        const input = field.querySelector("input, textarea, select, button") || field;
        input.scrollIntoView({block: "center"});
        input.focus();
    }

    async mend(finding) {
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        await this.action.doActionButton({
            type: "object",
            name: METHOD,
            args: JSON.stringify([finding.name]),
            resModel: record.resModel,
            resId: record.resId,
            resIds: [record.resId],
            context: record.context,
        });
        await record.load();
    }
}

registry.category("fields").add("client_findings", {
    component: FindingsField,
    displayName: _t("Findings"),
    supportedTypes: ["json"],
    isEmpty: () => false,
});
