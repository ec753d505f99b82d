import {addTour, openClients, openMenu} from "./client_tour_utils";

const {DateTime} = luxon;
/** The cell with the number of a tile, and what the list that opens shows of it. */
const TILES = {
    "client-card-revenue": ["B2", "sum"],
    "client-card-clients": ["B3", "count"],
    "client-card-new": ["B4", "count"],
    "client-card-risk": ["B5", "sum"],
    "client-card-lost": ["B6", "sum"],
    "client-card-overdue": ["B12", "sum"],
    "client-card-top": ["B9", null],
    "client-card-hhi": ["B10", null],
};
const MONTHS = "client-chart-month";
const FIRST_ROW = 32;
const TOTAL_ROW = 40;
const WAIT = 100;
const LONGEST = 30000;

const texts = (selector) =>
    [...document.querySelectorAll(selector)].map((el) => el.textContent.trim());
const pause = () => new Promise((resolve) => setTimeout(resolve, WAIT));

function check(condition, message) {
    if (!condition) {
        throw new Error(message);
    }
}

/** Wait until the screen shows something: what was clicked opens a little later. */
async function until(what, condition) {
    for (let time = 0; time < LONGEST; time += WAIT) {
        if (condition()) {
            return;
        }
        await pause();
    }
    throw new Error(`${what} is not there: ${document.body.innerText.slice(0, 500)}`);
}

/** The list that is open has this number as a sum in its footer, or as its count. */
async function seeNumber(what, number, kind) {
    const isThere = {
        sum: () => {
            const sums = texts(".o_list_footer td").map((text) =>
                text.includes("…") ? NaN : Number(text.replace(/[^\d.-]/g, ""))
            );
            return sums.some((sum) => Math.abs(sum - number) < 0.005);
        },
        count: () => Number(texts(".o_pager_limit")[0]) === number,
    };
    const [title] = texts(".o_last_breadcrumb_item");
    const facets = texts(".o_searchview_facet:has(.o_facet_remove) .o_facet_values");
    check(facets.length, `${what}: no facet that people can remove`);
    check(title.startsWith(facets[0]), `${what}: ${title} is not about ${facets[0]}`);
    if (number || !kind) {
        const condition =
            isThere[kind] || (() => document.querySelector(".o_data_row"));
        await until(`${what}: ${number}`, condition);
    } else {
        await until(what, () => document.querySelector(".o_view_nocontent"));
    }
}

class Walk {
    constructor() {
        const {env} = odoo.__WOWL_DEBUG__.root;
        this.model =
            env.services.spreadsheet_dashboard_loader.getActiveDashboard().model;
        this.env = Object.assign(Object.create(env), {model: this.model});
        this.getters = this.model.getters;
        [this.main, this.data] = this.getters.getSheetIds();
        const modules = odoo.loader.modules;
        this.overview = modules.get("@client_segmentation/overview/overview");
        this.load = modules.get("@spreadsheet/helpers/model").waitForDataLoaded;
    }

    value(sheetId, xc) {
        const {zone} = this.getters.getRangeFromSheetXC(sheetId, xc);
        const position = {sheetId, col: zone.left, row: zone.top};
        return this.getters.getEvaluatedCell(position).value;
    }

    async choose(value) {
        const id = "client-period";
        this.model.dispatch("SET_GLOBAL_FILTER_VALUE", {id, value});
        await this.load(this.model);
    }

    async tile(id) {
        const [xc, kind] = TILES[id];
        const number = this.value(this.data, xc);
        check(typeof number === "number", `${id}: ${number}`);
        await this.overview.openTile(this.env, id);
        await seeNumber(id, number, kind);
    }

    async table(col) {
        let seen = 0;
        for (let row = FIRST_ROW; row <= TOTAL_ROW; row++) {
            const position = {sheetId: this.main, col, row};
            const {type, value} = this.getters.getEvaluatedCell(position);
            if (type === "number") {
                await this.overview.openCell(position, this.env);
                await seeNumber(`row ${row}, column ${col}`, value, "sum");
                seen++;
            }
        }
        check(seen, `no numbers in column ${col}`);
    }

    async months(atMost) {
        const {datasets} = this.getters.getChartDataSource(MONTHS).getData();
        for (const [datasetIndex, {data}] of datasets.entries()) {
            const points = [...data.keys()].filter((index) => data[index]);
            for (const index of points.slice(-atMost)) {
                await this.overview.openMonths(this.env, {datasetIndex, index});
                await seeNumber(`month ${index}`, data[index], "sum");
            }
        }
    }

    /** Only the title above a table opens its records, not the head of a column. */
    async title(row) {
        const {tableBelow} = odoo.loader.modules.get(
            "@client_segmentation/overview/number_source"
        );
        const head = {sheetId: this.main, col: 0, row: row + 1};
        check(!tableBelow(head, this.getters), "the head of a column is no title");
        await this.overview.openTable({sheetId: this.main, col: 0, row}, this.env);
        await seeNumber(`title ${row}`, null, null);
    }
}

const lastMonth = DateTime.local().minus({months: 1});
const PERIODS = [
    null,
    {type: "month", year: lastMonth.year, month: lastMonth.month},
    {type: "year", year: DateTime.local().year - 1},
];
let walk = null;

const step = (content, run) => ({content, trigger: "body", run});

/** Each number of the overview opens its records, at three periods. */
addTour("client_overview_numbers_tour", {
    url: "/odoo",
    steps: () => [
        ...openClients(),
        ...openMenu("client_overview_menu"),
        {
            content: "The overview is there",
            trigger: ".o_spreadsheet_dashboard_action .o-spreadsheet .o-figure",
            run: async () => {
                walk = new Walk();
                await walk.load(walk.model);
            },
        },
        ...PERIODS.flatMap((period) => {
            const when = JSON.stringify(period);
            return [
                ...(period ? [step(`Choose ${when}`, () => walk.choose(period))] : []),
                ...Object.keys(TILES).map((id) =>
                    step(`${id} at ${when}`, () => walk.tile(id))
                ),
                ...[1, 5].map((col) =>
                    step(`Table ${col} at ${when}`, () => walk.table(col))
                ),
                step(`Months at ${when}`, () => walk.months(3)),
            ];
        }),
        step("Open the title of a list", () => walk.title(58)),
        {
            content: "The last list is there",
            trigger: ".o_list_view .o_searchview_facet:contains(Ten Best)",
        },
    ],
});
