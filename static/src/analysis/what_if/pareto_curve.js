import {Component, onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {getColor, getCustomColor, hexToRGBA} from "@web/core/colors/colors";
import {_t} from "@web/core/l10n/translation";
import {cookie} from "@web/core/browser/cookie";
import {formatCount, formatPercent} from "../analysis";
import {loadBundle} from "@web/core/assets";

// Colours of Odoo's small palette, for the classes from the best one to the last one.
const COLORS = [4, 0, 2];

/**
 * The points of the curve between two numbers of clients, including both ends.
 *
 * @param {Array} curve pairs of a number of clients and their share in per cent
 * @param {Number} from
 * @param {Number} to
 * @returns {Array} points `{x, y}`
 */
export function slice(curve, from, to) {
    const points = [[0, 0], ...curve];
    const inside = points.filter(([number]) => number > from && number < to);
    return [[from, shareAt(points, from)], ...inside, [to, shareAt(points, to)]].map(
        ([x, y]) => ({x, y})
    );
}

/** The share of a number of clients, which may be between two points. */
function shareAt(points, number) {
    const next = points.findIndex(([x]) => x >= number);
    if (next <= 0) {
        return next === 0 ? points[0][1] : points.at(-1)[1];
    }
    const [[x0, y0], [x1, y1]] = [points[next - 1], points[next]];
    return y0 + ((y1 - y0) * (number - x0)) / (x1 - x0);
}

/** The Pareto curve: the share of the best clients in the revenue, by revenue class. */
export class ParetoCurve extends Component {
    static template = "client_segmentation.ParetoCurve";
    static props = {
        curve: Array,
        /** Revenue classes, the best one first: `{label, count}` */
        cuts: Array,
    };

    setup() {
        this.canvasRef = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify([this.props.curve, this.props.cuts])]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    get datasets() {
        const scheme = cookie.get("color_scheme");
        let from = 0;
        return this.props.cuts.map(({label, count}, index) => {
            const color = getColor(COLORS[index], scheme, "sm");
            const data = count ? slice(this.props.curve, from, from + count) : [];
            from += count;
            return {
                label: `${label} (${formatCount(count)})`,
                data,
                borderColor: color,
                backgroundColor: hexToRGBA(color, 0.3),
                fill: "origin",
                pointRadius: 0,
                pointHitRadius: 12,
            };
        });
    }

    draw() {
        if (this.chart) {
            this.chart.data.datasets = this.datasets;
            this.chart.options.scales.x.max = this.count;
            this.chart.update("none");
        } else {
            // eslint-disable-next-line no-undef
            this.chart = new Chart(this.canvasRef.el, this.config);
        }
    }

    get count() {
        return this.props.curve.at(-1)?.[0] || 1;
    }

    get config() {
        const scheme = cookie.get("color_scheme");
        const text = getCustomColor(scheme, "#111827", "#E4E4E4");
        const grid = {color: getCustomColor(scheme, "rgba(0,0,0,.1)", "#3C3E4B")};
        const ticks = {color: text};
        return {
            type: "line",
            data: {datasets: this.datasets},
            options: {
                animation: false,
                maintainAspectRatio: false,
                interaction: {mode: "nearest", axis: "x", intersect: false},
                scales: {
                    x: {
                        type: "linear",
                        min: 0,
                        max: this.count,
                        title: {
                            display: true,
                            text: _t("Clients, the best ones first"),
                            color: text,
                        },
                        grid: {display: false},
                        ticks: {...ticks, precision: 0},
                    },
                    y: {
                        min: 0,
                        max: 100,
                        title: {
                            display: true,
                            text: _t("Share of the revenue (%)"),
                            color: text,
                        },
                        grid,
                        ticks,
                    },
                },
                plugins: {
                    legend: {labels: {color: text}},
                    tooltip: {
                        displayColors: false,
                        callbacks: {
                            title: () => "",
                            label: ({parsed}) =>
                                _t(
                                    "The best %(count)s clients make %(share)s of the revenue",
                                    {
                                        count: formatCount(parsed.x),
                                        share: formatPercent(parsed.y),
                                    }
                                ),
                        },
                    },
                },
            },
        };
    }
}
