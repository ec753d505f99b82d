import {Domain} from "@web/core/domain";

/** Conditions of the documents that count, by measure. */
const COUNTED = {
    revenue_window: [["revenue_window", "!=", false]],
    revenue_previous: [["revenue_previous", "!=", false]],
    revenue_growth: [
        "|",
        ["revenue_window", "!=", false],
        ["revenue_previous", "!=", false],
    ],
};

/** The domain of the documents whose sum is the value of a measure. */
export function documentsBehind(domain, measure) {
    return Domain.and([domain, COUNTED[measure] || []]).toList();
}
