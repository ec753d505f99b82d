import {BaseImportModel} from "@base_import/import_model";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

patch(BaseImportModel.prototype, {
    /**
     * Say which of the imported clients look like others. These are no errors: Odoo
     * would stop the import if they were among its messages.
     */
    async _callImport(isTest) {
        const result = await super._callImport(...arguments);
        const similar = result.client_similar;
        if (!similar) {
            return result;
        }
        const title = _t("Clients that look like others");
        if (isTest) {
            this._addMessage("warning", [title, ...similar]);
        } else {
            this.notificationService.add(similar.join(" "), {
                title,
                type: "warning",
                sticky: true,
            });
        }
        return result;
    },
});
