/**
 * What a number of the overview is about. A tile or cell shows a pivot, or refers to a
 * cell that does; a title is above the table that it names.
 */

/** Any dashboard with this figure is the overview, also a copy of it. */
const MARK = "client-card-revenue";
/** A tile refers to a cell with its text, which refers to the cell with the number. */
const LONGEST_CHAIN = 4;

export function isOverview(getters) {
    return getters.isDashboard() && getters.isChartDefined(MARK);
}

function tokensOf(position, getters) {
    const cell = getters.getCell(position);
    return cell?.isFormula ? cell.compiledFormula.tokens : [];
}

export function positionOf(sheetId, reference, getters) {
    const range = getters.getRangeFromSheetXC(sheetId, reference);
    return {sheetId: range.sheetId, col: range.zone.left, row: range.zone.top};
}

/** The position that is the only one in the formula of a cell. */
function referred(position, getters) {
    const references = tokensOf(position, getters)
        .filter((token) => token.type === "REFERENCE")
        .map((token) => token.value);
    if (new Set(references).size !== 1) {
        return null;
    }
    return positionOf(position.sheetId, references[0], getters);
}

/** The cell with the pivot that the number of a cell comes from, and the pivot. */
export function pivotBehind(position, getters) {
    let current = position;
    for (let step = 0; current && step < LONGEST_CHAIN; step++) {
        const pivotId = getters.getPivotIdFromPosition(current);
        if (pivotId) {
            return {pivotId, position: current};
        }
        current = referred(current, getters);
    }
    return null;
}

export function next(position, {row = 0, col = 0}) {
    return {...position, row: position.row + row, col: position.col + col};
}

/** The list or pivot of the table below a title. */
export function tableBelow(position, getters) {
    const cell = getters.getCell(position);
    if (!cell?.isFormula || getters.getEvaluatedCell(position).type !== "text") {
        return null;
    }
    const below = next(position, {row: 1});
    const formula = getters.getCell(below)?.content || "";
    if (formula.startsWith("=ODOO.LIST.HEADER(")) {
        return {listId: getters.getListIdFromPosition(below)};
    }
    return formula.startsWith("=PIVOT(")
        ? {pivotId: getters.getPivotIdFromPosition(below)}
        : null;
}
