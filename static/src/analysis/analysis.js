import {KeepLast} from "@web/core/utils/concurrency";
import {RPCError} from "@web/core/network/rpc";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/core/utils/numbers";
import {formatMonetary} from "@web/views/fields/formatters";
import {useService} from "@web/core/utils/hooks";
import {useState} from "@odoo/owl";

/** @returns {String} a whole number */
export function formatCount(count) {
    return formatFloat(count, {digits: [16, 0], trailingZeros: false});
}

export function formatPercent(value, decimals = 1) {
    const number = formatFloat(value, {digits: [16, decimals], trailingZeros: false});
    return _t("%s %", number);
}

/** @returns {String} an amount without cents */
export function formatAmount(amount, currencyId) {
    return formatMonetary(Math.round(amount), {
        currencyId,
        digits: [16, 0],
        trailingZeros: false,
    });
}

/**
 * The server calls of an analysis page.
 *
 * @param {String} model name of the page's model, which inherits `client.analysis`
 * @returns {Object} `state`, with the `data` of the last answer or an `error` message,
 * and the functions to ask the server and to open the clients of a cell
 */
export function useAnalysis(model) {
    const orm = useService("orm");
    const action = useService("action");
    const keepLast = new KeepLast();
    const state = useState({data: null, error: null, isLoading: false});

    async function ask(method, ...args) {
        state.isLoading = true;
        try {
            state.data = await keepLast.add(orm.call(model, method, args));
            state.error = null;
        } catch (error) {
            // The page shows errors of the user's input itself, without a dialog.
            if (
                !(error instanceof RPCError) ||
                !/(User|Validation)Error$/.test(error.exceptionName)
            ) {
                throw error;
            }
            state.error = error.data.message;
        }
        state.isLoading = false;
    }

    async function openClients(cell) {
        action.doAction(await orm.call(model, "open_clients", [cell]));
    }

    return {state, ask, openClients};
}
