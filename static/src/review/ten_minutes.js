import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {formatAmount, formatCount} from "../analysis/analysis";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const MODEL = "client.review";

/** The next ten clients of a review: look at one, note something, go to the next. */
export class TenMinutes extends Component {
    static template = "client_segmentation.TenMinutes";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.root = useRef("root");
        this.display = {controlPanel: {}};
        this.formatCount = formatCount;
        const {params} = this.props.action;
        this.state = useState({
            reviewId: this.props.state?.reviewId || params?.review_id || false,
            data: null,
            current: this.props.state?.current || 0,
            notes: {},
            last: null,
            isBusy: false,
        });
        useSetupAction({
            getLocalState: () => ({
                reviewId: this.state.reviewId,
                current: this.state.current,
            }),
        });
        const options = {global: true, bypassEditableProtection: true};
        useHotkey("alt+arrowdown", () => this.move(1), options);
        useHotkey("alt+arrowup", () => this.move(-1), options);
        useHotkey("control+enter", () => this.seeCurrent(), options);
        onWillStart(() => this.load());
    }

    get clients() {
        return this.state.data?.clients || [];
    }

    get summary() {
        const {todo, week} = this.state.data;
        return _t("Clients to look at: %(todo)s. Seen this week: %(week)s.", {
            todo: formatCount(todo),
            week: formatCount(week),
        });
    }

    async load() {
        const {state} = this;
        state.reviewId ||= await this.orm.call(MODEL, "current", []);
        state.data = state.reviewId
            ? await this.orm.call(MODEL, "ten_clients", [[state.reviewId]])
            : null;
        state.current = Math.min(state.current, Math.max(0, this.clients.length - 1));
    }

    amount(value) {
        return formatAmount(value, this.state.data.currency_id);
    }

    noteLabel(client) {
        return _t("Note about %s", client.name);
    }

    seeLabel(client) {
        return _t("Seen: %s", client.name);
    }

    noteOf(client) {
        return this.state.notes[client.id] ?? client.note;
    }

    onNote(client, ev) {
        this.state.notes[client.id] = ev.target.value;
    }

    select(index) {
        this.state.current = index;
    }

    /** By the keyboard: the next card, and its note to type into. */
    move(step) {
        const last = this.clients.length - 1;
        this.state.current = Math.max(0, Math.min(last, this.state.current + step));
        this.focusNote();
    }

    focusNote() {
        const notes = this.root.el?.querySelectorAll(".o_client_review_note") || [];
        notes[this.state.current]?.focus();
    }

    seeCurrent() {
        const client = this.clients[this.state.current];
        return client && this.see(client);
    }

    /** A client is done: it makes room for the next one. */
    async see(client) {
        const {state} = this;
        if (state.isBusy || !state.data.open) {
            return;
        }
        state.isBusy = true;
        try {
            const index = this.clients.indexOf(client);
            const note = state.notes[client.id];
            await this.orm.call(MODEL, "see_client", [
                [state.data.id],
                client.id,
                note === undefined ? null : note,
            ]);
            delete state.notes[client.id];
            state.last = {id: client.id, name: client.name};
            state.current = Math.max(0, index);
            await this.load();
        } finally {
            state.isBusy = false;
        }
        this.focusNote();
    }

    async undo() {
        const {id} = this.state.last;
        await this.orm.call(MODEL, "unsee_client", [[this.state.data.id], id]);
        this.state.last = null;
        await this.load();
    }

    get lastLabel() {
        return _t("%s is seen.", this.state.last.name);
    }

    openClient(client) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: client.id,
            views: [[false, "form"]],
            context: {form_view_ref: "client_segmentation.client_view_form"},
        });
    }

    openReview() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: this.state.data.id,
            views: [[false, "form"]],
        });
    }

    openReviews() {
        return this.action.doAction("client_segmentation.client_review_action", {
            clearBreadcrumbs: true,
        });
    }
}

registry.category("actions").add("client_review_ten", TenMinutes);
