import {UPDATE_METHODS} from "@web/core/orm_service";
import {registry} from "@web/core/registry";
import {rpcBus} from "@web/core/network/rpc";

// Records whose names are labels or options on other screens: `client.label`.
const MODELS = ["client.criterion", "client.rating"];
const METHODS = [...UPDATE_METHODS, "update_field_translations"];

/**
 * The browser keeps the views of each list, with their labels. After a name has changed,
 * the next list, search menu and group by show the new one, without a reload.
 */
export const clientLabelService = {
    start() {
        rpcBus.addEventListener("RPC:RESPONSE", ({detail}) => {
            const {model, method} = detail.data.params;
            if (MODELS.includes(model) && METHODS.includes(method)) {
                rpcBus.trigger("CLEAR-CACHES", ["get_views", "fields_get"]);
            }
        });
    },
};

registry.category("services").add("client_label", clientLabelService);
