import {Domain} from "@web/core/domain";

/** Measures that are empty on documents which do not count for them. */
const COUNTED = {
    revenue_window: [["revenue_window", "!=", false]],
    revenue_previous: [["revenue_previous", "!=", false]],
    revenue_growth: [
        "|",
        ["revenue_window", "!=", false],
        ["revenue_previous", "!=", false],
    ],
};

/** The documents of `domain` that make up the value of a measure, so that sums agree. */
export function documentsBehind(domain, measure) {
    return Domain.and([domain, COUNTED[measure] || []]).toList();
}
