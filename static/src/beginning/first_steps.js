import {Component, onMounted, onWillUpdateProps, status, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {ListController} from "@web/views/list/list_controller";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

const MODEL = "client.first.steps";
const MANAGER = "client_segmentation.group_client_manager";

/** What a company has to do once, above its list of clients. */
export class ClientFirstSteps extends Component {
    static template = "client_segmentation.FirstSteps";
    // The list is another one each time it is read.
    static props = {list: Object};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.state = useState({panel: false});
        onMounted(async () => {
            if ((await user.hasGroup(MANAGER)) && status(this) !== "destroyed") {
                await this.load();
            }
        });
        onWillUpdateProps(({list}) => {
            if (this.state.panel && list !== this.props.list) {
                this.load();
            }
        });
    }

    async load() {
        const panel = await this.orm.silent.call(MODEL, "panel", []);
        if (status(this) !== "destroyed") {
            this.state.panel = panel;
        }
    }

    get steps() {
        return this.state.panel.steps;
    }

    get progress() {
        const done = this.steps.filter((step) => step.done).length;
        const count = this.steps.length;
        const {company} = this.state.panel;
        return user.allowedCompanies.length > 1
            ? _t("%(company)s: %(done)s of %(count)s done", {company, done, count})
            : _t("%(done)s of %(count)s done", {done, count});
    }

    get doneLabel() {
        return _t("Done");
    }

    get openLabel() {
        return _t("Not done yet");
    }

    open({action, context}) {
        return this.action.doAction(action, {additionalContext: context || {}});
    }

    /** The only decision so far: the limits stay as they are. */
    async decide() {
        await this.orm.call(MODEL, "keep_limits", []);
        await this.load();
    }

    close() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Close the first steps?"),
            body: _t(
                "Nobody will see them any more in %s. What you have done stays.",
                this.state.panel.company
            ),
            confirmLabel: _t("Close for Good"),
            confirm: async () => {
                await this.orm.call(MODEL, "close", []);
                this.state.panel = false;
            },
            cancel: () => {
                // The panel stays.
            },
        });
    }
}

/** Lists and boards whose action asks for it show the panel. */
const withFirstSteps = () => ({
    get showsFirstSteps() {
        const {context, resModel} = this.props;
        return resModel === "res.partner" && Boolean(context.client_first_steps);
    },
});

for (const Controller of [ListController, KanbanController]) {
    patch(Controller.prototype, withFirstSteps());
    Controller.components = {...Controller.components, ClientFirstSteps};
}
