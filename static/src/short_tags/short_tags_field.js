import {
    Many2ManyTagsField,
    many2ManyTagsField,
} from "@web/views/fields/many2many_tags/many2many_tags_field";
import {registry} from "@web/core/registry";

const MOST_TAGS = 2;

/** Tags on one line of a list: the first ones, and how many more there are. */
export class ShortTagsField extends Many2ManyTagsField {
    static template = "client_segmentation.ShortTagsField";

    get limit() {
        return this.props.readonly ? MOST_TAGS : 0;
    }
}

export const shortTagsField = {...many2ManyTagsField, component: ShortTagsField};

registry.category("fields").add("client_short_tags", shortTagsField);
