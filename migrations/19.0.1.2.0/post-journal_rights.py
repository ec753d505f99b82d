"""Rights in the journal of clients: they now follow from the groups of the fields."""

from odoo import SUPERUSER_ID, api

CLASSES = (
    "[('qualifier', 'not in', "
    "('client_revenue_class', 'client_payment_class', 'client_engagement'))]"
)
SHIPPED = {
    "client_segmentation.client_change_rule_user": CLASSES,
    "client_segmentation.client_change_rule_revenue": "[(1, '=', 1)]",
}


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    rules = {name: env.ref(name, raise_if_not_found=False) for name in SHIPPED}
    as_shipped = all(
        rule and (rule.domain_force or "").strip() == SHIPPED[name]
        for name, rule in rules.items()
    )
    # Rules that a user has changed stay: they may hide more.
    if as_shipped:
        for rule in rules.values():
            rule.unlink()
