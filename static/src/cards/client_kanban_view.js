import {KanbanController} from "@web/views/kanban/kanban_controller";
import {SearchModel} from "@web/search/search_model";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {registry} from "@web/core/registry";

const STATUS = "client_status_id";

/**
 * The search of the kanban view of clients. A phone shows one column of a board at a
 * time, and a client in another column is not found. So the cards are not grouped by
 * default on a phone.
 */
export class ClientKanbanSearchModel extends SearchModel {
    load(config) {
        if (!this.env.isSmall) {
            return super.load(config);
        }
        return super.load({...config, defaultGroupBy: undefined});
    }
}

/** On a phone the search box is visible, and a button opens the board of statuses. */
export class ClientKanbanController extends KanbanController {
    static template = "client_segmentation.ClientKanbanView";

    setup() {
        super.setup();
        if (this.env.isSmall) {
            this.searchBarToggler.props.toggleSearchBar();
        }
    }

    /** The virtual keyboard of a phone would hide half of the cards. */
    get takesFocus() {
        return this.firstLoad && !this.env.isSmall;
    }

    /** The entry *Status* of the menu *Group By*. */
    get statusGroupBy() {
        return this.env.searchModel.getSearchItems(
            ({type, fieldName}) => type === "groupBy" && fieldName === STATUS
        )[0];
    }

    get canGroupByStatus() {
        return this.env.isSmall && Boolean(this.statusGroupBy);
    }

    get isBoard() {
        return this.env.searchModel.groupBy[0] === STATUS;
    }

    toggleBoard() {
        const {id} = this.statusGroupBy;
        this.env.searchModel.toggleSearchItem(id);
    }
}

export const clientKanbanView = {
    ...kanbanView,
    Controller: ClientKanbanController,
    SearchModel: ClientKanbanSearchModel,
};

registry.category("views").add("client_kanban", clientKanbanView);
