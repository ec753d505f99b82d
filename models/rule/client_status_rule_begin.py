from odoo import api, models
from odoo.tools import SQL

from ...engine.partner.assign import assign
from ...engine.rules.beginning import Beginning


class ClientStatusRule(models.Model):
    """The status of clients whose history began before the rules, see
    `engine.rules.beginning`.
    """

    _inherit = "client.status.rule"

    @api.model
    def _beginning(self, company, clients=None, **options):
        """:return: `engine.rules.beginning.Beginning` of a company, or None if its
        rules are off
        """
        company = company.sudo()
        catalogue = self._trigger_catalogue()
        specs = self._specs(company.id, tuple(catalogue))
        if not company.client_automation or not specs:
            return None
        return Beginning(
            self.env["client.metric"].sudo()._scope(company, clients),
            specs,
            catalogue,
            self.env["client.status"]._blocking_ids(),
            default_type=self.env["client.type"]._default_id() or None,
            **options,
        )

    @api.model
    def _begin(self, company, clients=None):
        """Give clients that nobody has given a status yet the one that the rules would
        have set along the way, with its journal. Server actions do not run.

        :param company: `res.company`
        :param clients: ids of commercial partners, or None for all
        """
        beginning = self._beginning(company, clients)
        for group, old, new in beginning.groups() if beginning else ():
            types = self.env["client.type"]
            type_change = None
            if new.type != old.type:
                type_change = types.browse(old.type), types.browse(new.type)
            assign(
                self.sudo().env,
                "client_status_id",
                dict.fromkeys(group),
                self.env["client.status"].browse(new.status),
                company,
                type_change=type_change,
                origin="rule",
                rule_id=new.rule,
            )

    @api.model
    def _store_beginnings(self, company, table):
        """Insert the statuses of all clients into a table, when nobody has one yet.

        :param company: `res.company`
        :param str table: name of a table, see `Beginning.store`
        """
        if beginning := self._beginning(company, is_new=True):
            beginning.store(SQL.identifier(table))
