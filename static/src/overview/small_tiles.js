import * as spreadsheet from "@odoo/o-spreadsheet";
import {MobileFigureContainer} from "@spreadsheet_dashboard/bundle/dashboard_action/mobile_figure_container/mobile_figure_container";
import {isOverview} from "./number_source";
import {patch} from "@web/core/utils/patch";

/**
 * The tiles of the overview on a phone. Odoo puts two beside each other, in the letters
 * of a large screen, and cuts what does not fit.
 */

const FONT_SIZE = 11;
/** Tiles that are wider than this on a large screen get a row on a phone. */
const WIDE = 400;

const {components} = spreadsheet;
const smallRuntimes = new WeakMap();

function withSmallLetters(runtime) {
    if (!smallRuntimes.has(runtime)) {
        smallRuntimes.set(runtime, {
            ...runtime,
            title: {...runtime.title, fontSize: FONT_SIZE},
            baselineStyle: {...runtime.baselineStyle, fontSize: FONT_SIZE},
        });
    }
    return smallRuntimes.get(runtime);
}

patch(components.ScorecardChart.prototype, {
    get runtime() {
        const runtime = super.runtime;
        const isSmall = this.env.isSmall && isOverview(this.env.model.getters);
        return isSmall ? withSmallLetters(runtime) : runtime;
    },
});

patch(MobileFigureContainer.prototype, {
    isScorecard(figure) {
        const isWide =
            figure.width > WIDE && isOverview(this.props.spreadsheetModel.getters);
        return !isWide && super.isScorecard(figure);
    },
});
