import {CharField, charField} from "@web/views/fields/char/char_field";
import {useChildRef, useService} from "@web/core/utils/hooks";
import {AutoComplete} from "@web/core/autocomplete/autocomplete";
import {KeepLast} from "@web/core/utils/concurrency";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useEffect} from "@odoo/owl";
import {useInputField} from "@web/views/fields/input_field_hook";

const CHOICE = "client_place_choice_id";
// Fields of an address, and the value of a place that they show.
const VALUES = {zip: "zip", city: "name"};
const FEWEST_LETTERS = 2;

/**
 * A postcode or a town. While a person types, the places of that postcode or name are
 * offered. The server fills the rest of the address from the place that is chosen.
 */
export class PlaceField extends CharField {
    static template = "client_segmentation.PlaceField";
    static components = {...CharField.components, AutoComplete};

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.inputRef = useChildRef();
        useInputField({
            getValue: () => this.props.record.data[this.props.name] || "",
            parse: (value) => this.parse(value),
            ref: this.inputRef,
        });
        useEffect(
            (input) => {
                // In an address, fields have a placeholder and no label.
                const {string} = this.props.record.fields[this.props.name];
                input?.setAttribute("aria-label", string);
            },
            () => [this.inputRef.el]
        );
    }

    get sources() {
        return [
            {
                placeholder: _t("Looking for places…"),
                options: (request) => this.options(request),
            },
        ];
    }

    async options(request) {
        const {activeFields, data} = this.props.record;
        if (request.length < FEWEST_LETTERS || !(CHOICE in activeFields)) {
            return [];
        }
        const places = await this.keepLast.add(
            this.orm.silent.call("client.place", "complete", [
                request,
                data.country_id?.id || false,
            ])
        );
        if (document.activeElement !== this.inputRef.el) {
            return []; // The person has left the field meanwhile.
        }
        return places.map((place) => ({
            label: place.display_name,
            cssClass: "o_client_place",
            onSelect: () => this.select(place),
        }));
    }

    select(place) {
        const {record, name} = this.props;
        const value = place[VALUES[name]];
        // The input is about to store what it shows.
        this.inputRef.el.value = value;
        return record.update({
            [name]: value,
            [CHOICE]: {id: place.id, display_name: place.display_name},
        });
    }
}

registry.category("fields").add("client_place", {
    ...charField,
    component: PlaceField,
    displayName: _t("Postcode or Town"),
    supportedTypes: ["char"],
});
