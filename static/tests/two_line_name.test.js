import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";

class Client extends models.Model {
    name = fields.Char();
    client_name2 = fields.Char();

    _records = [
        {id: 1, name: "Weber Holzbau", client_name2: "Filiale Thun"},
        {id: 2, name: "Cave du Lac", client_name2: false},
    ];
}

defineMailModels();
defineModels([Client]);

const SECOND_LINE = ".o_client_second_line";

function mountClients(attributes = "") {
    return mountView({
        type: "list",
        resModel: "client",
        arch: `
            <list ${attributes}>
                <field name="name" widget="client_two_line_name"/>
            </list>`,
    });
}

test("the second line stands muted under the name", async () => {
    await mountClients();

    expect(queryAllTexts(".o_data_row:first td[name='name'] span")).toEqual([
        "Weber Holzbau",
    ]);
    expect(`.o_data_row:first ${SECOND_LINE}`).toHaveText("Filiale Thun");
    expect(`.o_data_row:first ${SECOND_LINE}`).toHaveClass(["d-block", "text-muted"]);
});

test("a name without a second line stands alone", async () => {
    await mountClients();

    expect(".o_data_row:last td[name='name']").toHaveText("Cave du Lac");
    expect(`.o_data_row:last ${SECOND_LINE}`).toHaveCount(0);
});

test("who edits the name edits the first line only", async () => {
    await mountClients('editable="bottom"');

    await contains(".o_data_row:first td[name='name']").click();

    expect(".o_selected_row td[name='name'] input").toHaveValue("Weber Holzbau");
    expect(`.o_selected_row ${SECOND_LINE}`).toHaveCount(0);

    await contains(".o_selected_row td[name='name'] input").edit("Weber AG", {
        confirm: false,
    });
    await contains(".o_list_button_save").click();

    expect(".o_data_row:first td[name='name'] span").toHaveText("Weber AG");
    expect(`.o_data_row:first ${SECOND_LINE}`).toHaveText("Filiale Thun");
});
