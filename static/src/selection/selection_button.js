import {MultiRecordViewButton} from "@web/views/view_button/multi_record_view_button";
import {patch} from "@web/core/utils/patch";

patch(MultiRecordViewButton.prototype, {
    /** Like the menu Actions: tell whether all records of the list are selected. */
    async onClick() {
        const {list} = this.props;
        if (list.resModel !== "res.partner") {
            return super.onClick(...arguments);
        }
        const all = Boolean(list.isDomainSelected);
        const onClickViewButton = (params) => {
            params.clickParams.buttonContext.client_all_selected = all;
            return this.env.onClickViewButton(params);
        };
        const button = Object.create(this, {
            env: {value: {...this.env, onClickViewButton}},
        });
        return super.onClick.apply(button, arguments);
    },
});
