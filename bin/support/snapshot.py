"""What a database holds of the addon, as JSON; `bin/test` runs it with Odoo's path.

    python snapshot.py <configuration> <database> <addon> <file>

An update that writes nothing of the addon leaves it as it is. Rows of its tables are
told by the transaction that wrote them last; partners, and records of Odoo's models
that the addon ships, by what they say: Odoo touches some at any update.
"""

import json
import sys
from pathlib import Path

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL


def main(config, database, addon, file):
    """Write the JSON file: a text for each row."""
    odoo.tools.config.parse_config([f"--config={config}"], setup_logging=True)
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        partners = env["res.partner"].with_context(active_test=False).search([])
        rows = {
            **written(env),
            **shipped(env, addon),
            **content(env, "res_partner", partners.ids),
        }
    Path(file).write_text(json.dumps(rows), encoding="utf-8")


def written(env):
    """:return: the transaction that wrote each row of the addon's tables"""
    return {
        f"{model._table} {row}": transaction
        for model in env.values()
        if model._name.startswith("client.") and not model._abstract and model._auto
        for row, transaction in env.execute_query(
            SQL("SELECT id, xmin::text FROM %s", SQL.identifier(model._table))
        )
    }


def shipped(env, addon):
    """:return: what each record with an XML id of the addon says, and the XML ids"""
    ids = env["ir.model.data"].search([("module", "=like", f"{addon}%")])
    found = content(env, "ir_model_data", ids.ids)
    for model, data in ids.grouped("model").items():
        if model in env and env[model]._auto:
            found |= content(env, env[model]._table, data.mapped("res_id"))
    return found


def content(env, table, ids):
    """:return: rows as JSON, without who wrote them when"""
    rows = env.execute_query(
        SQL(
            "SELECT id, (to_jsonb(t) - 'write_date' - 'write_uid')::text"
            " FROM %s t WHERE id = ANY(%s)",
            SQL.identifier(table),
            list(ids),
        )
    )
    return {f"{table} {row}": text for row, text in rows}


if __name__ == "__main__":
    main(*sys.argv[1:])
