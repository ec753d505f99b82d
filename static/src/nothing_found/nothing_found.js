import {ActionHelper} from "@web/views/action_helper";
import {patch} from "@web/core/utils/patch";

/** In the help of an action whose records people search: `o_client_help`. */
const OURS = "o_client_help";

/**
 * When a search finds nothing, the list of clients says so. Its help, which says how to
 * create the first client, is for a list that nobody has searched.
 */
patch(ActionHelper.prototype, {
    get isNothingFound() {
        return (this.props.noContentHelp || "").includes(OURS) && this.isSearched;
    },

    /** Whether the user has added something to the search of the action. */
    get isSearched() {
        const {query = [], searchItems = {}} = this.env.searchModel || {};
        return query.some(({searchItemId}) => {
            const {type, isDefault} = searchItems[searchItemId] || {};
            return type === "favorite" || (!isDefault && !/groupBy/i.test(type));
        });
    },
});
