import {RelationalModel} from "@web/model/relational_model/relational_model";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

/** Before a review is read, its lists follow the clients. */
export class ReviewModel extends RelationalModel {
    async _loadData(config, cache) {
        if (config.resModel === "client.review" && config.isRoot && config.resId) {
            await this.orm.call(config.resModel, "refresh_lists", [[config.resId]]);
        }
        return super._loadData(config, cache);
    }
}

registry.category("views").add("client_review_form", {
    ...formView,
    Model: ReviewModel,
});
