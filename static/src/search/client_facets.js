import {SearchModel} from "@web/search/search_model";
import {makeContext} from "@web/core/context";
import {patch} from "@web/core/utils/patch";

/**
 * Facets of an action, which people see in the search bar and may remove:
 * `search_default_client_facets` in its context is a list of
 * `{description, domain}`. Unlike the domain of an action they are visible, and unlike
 * the filters of a search view they may depend on what was clicked.
 */
patch(SearchModel.prototype, {
    async load(config) {
        const facets = config.context?.search_default_client_facets || [];
        if (!facets.length) {
            return super.load(config);
        }
        const own = facets.map((facet) => ({...facet, isClientFacet: true}));
        const dynamicFilters = [...(config.dynamicFilters || []), ...own];
        return super.load({...config, dynamicFilters});
    },

    /** Each facet is a group of its own: filters of one group are joined by "or". */
    _createGroupOfDynamicFilters(filters) {
        const others = filters.filter((filter) => !filter.isClientFacet);
        if (others.length) {
            super._createGroupOfDynamicFilters(others);
        }
        for (const facet of filters.filter((filter) => filter.isClientFacet)) {
            super._createGroupOfDynamicFilters([facet]);
        }
    },

    /**
     * A filter may say how its records are sorted: `client_order` in its context is a
     * field. A favorite is stronger.
     */
    _getOrderBy() {
        const orderBy = super._getOrderBy();
        if (orderBy.length) {
            return orderBy;
        }
        return this._getGroups()
            .flatMap((group) => group.activeItems)
            .map((item) => this.searchItems[item.searchItemId])
            .filter(({type, context}) => type === "filter" && context)
            .map(({context}) => makeContext([context]).client_order)
            .filter(Boolean)
            .map((name) => ({name, asc: true}));
    },
});
