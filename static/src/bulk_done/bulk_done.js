import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const MODEL = "client.bulk.operation";
/** Long enough to read it, see what has changed in the list, and press *Undo*. */
const DELAY = 10000;

/** Show the list or the form again, if the user still looks at one. */
async function reloadList({services}) {
    const {props} = services.action.currentController || {};
    if (["list", "kanban", "form"].includes(props?.type)) {
        await services.action.doAction("soft_reload");
    }
}

/** Undo an operation. What could not be undone is listed on a page of its own. */
async function undo(env, id) {
    const {action, notification, orm} = env.services;
    const page = await orm.call(MODEL, "action_undo", [[id]]);
    const [result] = await orm.read(
        MODEL,
        [page.res_id],
        ["display_name", "state", "asked_count", "changed_count"]
    );
    if (result.state !== "done" || result.changed_count !== result.asked_count) {
        await action.doAction(page);
        return;
    }
    notification.add(
        _t("Clients with their old value again: %s.", result.changed_count),
        {title: result.display_name, type: "success"}
    );
    await reloadList(env);
}

/** Close the dialog, and say what has changed, with a button that undoes it. */
function bulkDone(env, {params: {id, title, message, type, canUndo}}) {
    const {action, notification} = env.services;
    const press = (handle) => () => {
        close();
        return handle();
    };
    const buttons = [
        {
            name: _t("See It"),
            onClick: press(() =>
                action.doAction("client_segmentation.client_bulk_operation_action", {
                    props: {resId: id},
                    viewType: "form",
                })
            ),
        },
    ];
    if (canUndo) {
        buttons.unshift({
            name: _t("Undo"),
            primary: true,
            onClick: press(() => undo(env, id)),
        });
    }
    const close = notification.add(message, {
        title,
        type,
        buttons,
        autocloseDelay: DELAY,
    });
    return {type: "ir.actions.act_window_close"};
}

registry.category("actions").add("client_bulk_done", bulkDone);
