"""Figures follow new definitions, and a company counts its branches: all figures are
computed again soon after the update.

Not during the update: the addons that extend this one are not loaded yet, so their
documents would be missing.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    companies = env["res.company"].with_context(active_test=False).search([])
    queue = env["client.metric.queue"]
    queue._add_all(companies)
    # Clients of branches come to the companies above with their history.
    queue._add(_clients_of_branches(env), reason="arrived")


def _clients_of_branches(env):
    """:return: list of pairs of ids: each client that only has figures in branches, and
    the company above
    """
    pairs = [*env["res.company"]._client_tree().pairs()]
    env.flush_all()
    env.cr.execute(
        """
        SELECT DISTINCT metric.partner_id, branch.above
          FROM unnest(%s, %s) AS branch (company, above)
          JOIN client_metric metric ON metric.company_id = branch.company
         WHERE NOT EXISTS (
               SELECT FROM client_metric own
                WHERE own.company_id = branch.above
                  AND own.partner_id = metric.partner_id)
        """,
        [list(ids) for ids in zip(*pairs, strict=True)],
    )
    return env.cr.fetchall()
