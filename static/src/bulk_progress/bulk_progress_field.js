import {
    ProgressBarField,
    progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";
import {onWillUnmount, useEffect} from "@odoo/owl";
import {registry} from "@web/core/registry";

const SECONDS = 2;

/** A progress bar that updates itself while the operation runs. */
export class BulkProgressField extends ProgressBarField {
    setup() {
        super.setup();
        useEffect(
            (running) => {
                clearInterval(this.timer);
                if (running) {
                    this.timer = setInterval(
                        () => this.props.record.load(),
                        SECONDS * 1000
                    );
                }
            },
            () => [this.props.record.data.state === "running"]
        );
        onWillUnmount(() => clearInterval(this.timer));
    }
}

registry.category("fields").add("client_bulk_progress", {
    ...progressBarField,
    component: BulkProgressField,
});
