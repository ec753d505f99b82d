import {_t} from "@web/core/l10n/translation";
import {getFacetInfo} from "@spreadsheet/global_filters/helpers";

const ARCHIVED = "active";
const YEAR_BEFORE = "date_next_year";

function isAbout(condition, field) {
    return Array.isArray(condition) && condition[0] === field;
}

/** "label: value" in the language of the user. */
export function labelled(label, value) {
    return _t("%(label)s: %(value)s", {label, value});
}

/** The facets of the filters of the overview that a source follows. */
async function filterFacets(env, fieldMatch) {
    const {getters} = env.model;
    const facets = [];
    for (const filter of getters.getGlobalFilters()) {
        const match = fieldMatch[filter.id];
        const value = getters.getGlobalFilterValue(filter.id);
        if (!match?.chain || !value) {
            continue;
        }
        const info = await getFacetInfo(env, filter, value);
        const values = info.values.join(` ${info.separator} `);
        const description =
            match.chain === YEAR_BEFORE
                ? _t("A year before: %s", values)
                : labelled(getters.dynamicTranslate(filter.label), values);
        const domain = getters.getGlobalFilterDomain(filter.id, match).toList();
        facets.push({description, domain, isPeriod: filter.type === "date"});
    }
    return facets;
}

/**
 * Open the records of a number, with facets that say which ones they are.
 *
 * @param {Object} env
 * @param {Object} source
 * @param {String} source.title what the number is
 * @param {String} source.actionXmlId the action whose views show the records
 * @param {Array} source.domain the records, without the filters of the overview
 * @param {Object} source.fieldMatch the field that each filter of the overview is about
 * @param {Array} [source.more] facets of a row or a point
 * @param {Array} [source.groupBy]
 * @param {Boolean} [newWindow]
 */
export async function openRecords(env, source, newWindow) {
    // The sources of the overview have plain conditions, all of which must hold.
    const conditions = source.domain.filter((condition) => condition !== "&");
    const own = conditions.filter((condition) => !isAbout(condition, ARCHIVED));
    const archived = conditions.filter((condition) => isAbout(condition, ARCHIVED));
    const filters = await filterFacets(env, source.fieldMatch);
    const facets = [
        {description: source.title, domain: own},
        ...(source.more || []),
        ...filters,
    ];
    if (archived.length) {
        facets.push({description: _t("Archived Included"), domain: archived});
    }
    const period = filters.find((facet) => facet.isPeriod);
    const {help, res_model, search_view_id, type, views} =
        await env.services.action.loadAction(source.actionXmlId);
    const kinds = ["list", "form", "pivot", "graph", "kanban"];
    const action = {
        help,
        res_model,
        search_view_id,
        type,
        name: [source.title, ...(source.more || []).map((facet) => facet.description)]
            .concat(period ? [period.description] : [])
            .join(" · "),
        views: kinds.flatMap((kind) => views.filter((view) => view[1] === kind)),
        context: {
            create: false,
            group_by: source.groupBy || [],
            search_default_client_facets: facets.map(({description, domain}) => ({
                description,
                domain,
            })),
        },
    };
    await env.services.action.doAction(action, {newWindow, viewType: "list"});
}
