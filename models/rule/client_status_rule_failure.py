from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..safety.buttons import without_defaults

SHOWN = 20
KEPT_DAYS = 90


class ClientStatusRuleFailure(models.Model):
    """An error of a status rule, with the clients that the rule tried to change.

    Lines are only added, so two postings never wait for each other. The message of an
    error may name any of the clients, so only users who may read all of them see the
    line.
    """

    _name = "client.status.rule.failure"
    _inherit = "client.record"
    _description = "Failure of a Status Rule"
    _order = "date DESC, id DESC"
    _rec_name = "message"
    _log_access = False
    _client_field = "partner_ids"

    rule_id = fields.Many2one(
        "client.status.rule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", ondelete="cascade")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    message = fields.Text(required=True)
    partner_ids = fields.Many2many(
        "res.partner",
        string="Clients",
        help="The first clients that the rule tried to change.",
    )
    client_count = fields.Integer("Number of Clients")

    @api.model
    def _readable_domain(self):
        partners = self.env["res.partner"].with_context(active_test=False)
        hidden = Domain("id", "not in", partners._search([]))
        readable = Domain("partner_ids", "not any!", hidden)
        if not self._hides_by_company_only():  # the message may name any client
            readable &= Domain("client_count", "<=", SHOWN)
        return readable

    @api.model
    def _log(self, rule, message, clients, company):
        """Log a failure of `rule`.

        :param clients: ids of the clients that the rule tried to change
        """
        shown = self.env["res.partner"].browse(list(clients)[:SHOWN]).exists()
        without_defaults(self.sudo()).create(
            {
                "rule_id": rule.id,
                "company_id": company.id,
                "message": message,
                "partner_ids": [Command.set(shown.ids)],
                "client_count": len(clients),
            }
        )

    @api.autovacuum
    def _gc_failures(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("date", "<", limit)]).unlink()
