import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {Many2XAutocomplete} from "@web/views/fields/relational_utils";
import {SelectCreateDialog} from "@web/views/view_dialogs/select_create_dialog";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";

/*
 * Where users choose the client of a document, blocked clients are shown in grey. They
 * cannot be chosen: a dialog says why, and the field keeps its value. The server refuses
 * them as well, see `client.blocked.document`.
 */

/** In the context of such a field: the company of the document. */
const COMPANY = "client_document_company";

/** @returns {Function} it shows why clients are refused, and tells whether they are */
function useRefusal() {
    const orm = useService("orm");
    const dialog = useService("dialog");
    return async (ids, context) => {
        const clients = await orm.read("res.partner", ids, ["client_refusal"], {
            context: {[COMPANY]: context[COMPANY]},
        });
        const body = clients
            .map((client) => client.client_refusal)
            .filter(Boolean)
            .join("\n");
        if (body) {
            dialog.add(AlertDialog, {title: _t("This client is blocked"), body});
        }
        return Boolean(body);
    };
}

patch(Many2XAutocomplete.prototype, {
    setup() {
        super.setup();
        this.refuseClients = useRefusal();
    },

    buildRecordSuggestion(request, record) {
        const suggestion = super.buildRecordSuggestion(request, record);
        if (record.client_is_refused) {
            suggestion.cssClass = "o_client_refused";
            suggestion.onSelect = async () => {
                // The input shows the chosen client again.
                this.props.setInputFloats(false);
                await this.refuseClients([record.id], this.props.context);
            };
        }
        return suggestion;
    },
});

patch(SelectCreateDialog.prototype, {
    setup() {
        super.setup();
        this.refuseClients = useRefusal();
        this.isAsking = false;
    },

    async select(resIds) {
        const {context, resModel} = this.props;
        if (resModel !== "res.partner" || !context[COMPANY]) {
            return super.select(resIds);
        }
        if (this.isAsking) {
            return;
        }
        this.isAsking = true;
        try {
            if (!(await this.refuseClients(resIds, context))) {
                await super.select(resIds);
            }
        } finally {
            this.isAsking = false;
        }
    },
});
