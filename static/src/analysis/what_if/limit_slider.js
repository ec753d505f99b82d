import {Component} from "@odoo/owl";

const STEPS = 200;

/**
 * The input of a limit: a slider and a number.
 *
 * Amounts can be small or very large, so each step of their slider is a few per cent
 * larger than the step before, rounded to two digits.
 */
export class LimitSlider extends Component {
    static template = "client_segmentation.LimitSlider";
    static props = {
        name: String,
        label: String,
        value: Number,
        own: {type: Number, optional: true},
        min: Number,
        max: Number,
        step: {type: Number, optional: true},
        unit: {type: String, optional: true},
        isAmount: {type: Boolean, optional: true},
        onChange: Function,
    };
    static defaultProps = {step: 1, isAmount: false, unit: ""};

    get isChanged() {
        return this.props.own !== undefined && this.props.own !== this.props.value;
    }

    get range() {
        if (!this.props.isAmount) {
            const {min, max, step, value} = this.props;
            return {min, max: Math.max(max, value), step, value};
        }
        const position =
            (STEPS * Math.log(Math.max(this.props.value, 1))) / Math.log(this.top);
        return {min: 0, max: STEPS, step: 1, value: Math.round(position)};
    }

    get top() {
        return Math.max(this.props.max, 10);
    }

    onInput(ev) {
        const value = Number(ev.target.value);
        this.props.onChange(
            this.props.name,
            this.props.isAmount
                ? Number(Math.pow(this.top, value / STEPS).toPrecision(2))
                : value
        );
    }

    onType(ev) {
        const value = Number(ev.target.value);
        if (ev.target.value.trim() && !Number.isNaN(value)) {
            this.props.onChange(this.props.name, value);
        } else {
            ev.target.value = this.props.value;
        }
    }
}
