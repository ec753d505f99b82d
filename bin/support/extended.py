"""Check that an addon that extends this one leaves no trace, with Odoo's path.

    python extended.py <configuration> <database> fill
    python extended.py <configuration> <database> check

`fill` uses everything that the addon for the tests adds; `check`, after it has been
uninstalled, raises when something of it is still there.
"""

import sys

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry


def main(config, database, what):
    """Fill or check a database."""
    odoo.tools.config.parse_config([f"--config={config}"], setup_logging=True)
    with Registry(database).cursor() as cr:
        {"fill": fill, "check": check}[what](api.Environment(cr, SUPERUSER_ID, {}))


def fill(env):
    """A rental, a decision, changes by hand and in bulk, rules and a saved filter."""
    client = env["res.partner"].create({"name": "Extended", "is_company": True})
    env["test.rental"].create(
        {"name": "R1", "partner_id": client.id, "amount": 100, "state": "done"}
    )
    env["client.metric"]._refresh(env.company)
    client._decide_client_class("loyalty", "loyal", False)
    client.client_care = "standard"
    action, values = "care", {"value": "personal"}
    operation = env["client.bulk.operation"]._start(
        action, values, client.ids, "Personal"
    )
    operation.action_undo()
    status = env["client.status"].search([], limit=1)
    env["client.status.rule"].create(
        [
            {"name": trigger, "trigger": trigger, "to_status_id": status.id}
            for trigger in ("credited", "became_loyal")
        ]
    )
    env.cr.commit()


def check(env):
    """Nothing of it is left, and what reads the tables still works."""
    qualifiers = {name for name, _label in env["client.change"]._selection_qualifier()}
    changes = env["client.change"].search([])
    left = set(changes.mapped("qualifier")) - qualifiers
    assert not left, f"lines of the journal are left: {left}"
    operations = env["client.bulk.operation"].search([])
    left = operations.filtered(lambda one: one.action == "care")
    assert not left, "operations are left"
    left = env["client.status.rule"].with_context(active_test=False).search([])
    assert not left.filtered(lambda rule: rule.name == "credited"), "rules are left"
    env["client.metric"]._refresh(env.company)
    differing = env["client.metric"].verify(env.company)
    assert not differing, f"verify() finds {differing}"
    client = env["res.partner"].search([("name", "=", "Extended")])
    assert not client.client_revenue, "its revenue is left"
    today = env["client.metric"]._today(env.company)
    env["client.what.if"].preview({})
    env["client.class.history"].compare(str(today.replace(year=2020)), str(today))
    env["client.revenue.report"]._read_group([], ["client_engagement"], ["revenue:sum"])


if __name__ == "__main__":
    main(*sys.argv[1:])
