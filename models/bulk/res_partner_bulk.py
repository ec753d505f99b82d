from odoo import api, models
from odoo.fields import Domain

from ...engine.partner.bulk import TAG_MODES, field_of
from ..lists.client_status import UNBLOCKERS
from ..safety.buttons import known_ids


class ResPartner(models.Model):
    """Which partners a bulk operation is for, and which of them the user may change."""

    _inherit = "res.partner"

    @api.model
    def _client_bulk_selection(self):
        """What is selected in the list, also beyond the number of ids that it sends.

        :return: ids, from the context of an action of the list
        """
        context = self.env.context
        ids = known_ids(context.get("active_ids"))
        limit = self.env["ir.config_parameter"].sudo()
        limit = int(limit.get_param("web.active_ids_limit", 20000))
        if len(ids) >= limit and context.get("active_domain"):
            return self.search(context["active_domain"], order="id").ids
        selected = self.with_context(active_test=False)
        return selected.search([("id", "in", ids)], order="id").ids

    @api.model
    def _client_bulk_targets(self, action, ids):
        """Whom an action is about: tags are each contact's own, and everything else
        belongs to the client.

        :param ids: ids of partners
        :return: their ids, or those of their clients
        """
        if action in TAG_MODES or not ids:
            return list(ids)
        clients = self.sudo().with_context(active_test=False)
        groups = clients._read_group([("id", "in", ids)], ["commercial_partner_id"])
        return sorted(client.id for (client,) in groups)

    @api.model
    def _client_bulk_allowed(self, action, values, ids):
        """:return: ids of those among the partners `ids` to whom the user may do
        an action, told by the rules and not one by one
        """
        self.check_access("write")
        self._check_field_access(self._fields[field_of(action)], "write")
        if self.env.su:
            return list(ids)
        rules = self.env["ir.rule"]
        domain = Domain("id", "in", ids)
        for operation in ("read", "write"):
            rule = rules._compute_domain(self._name, operation)
            domain &= Domain(rule or Domain.TRUE)
        if not self.env.user.has_group(UNBLOCKERS):
            domain &= self._client_still_blocked(action, values)
        partners = self.sudo().with_context(active_test=False)
        return partners.search(domain, order="id").ids

    @api.model
    def _client_still_blocked(self, action, values):
        """:return: domain of the clients that an action does not unblock"""
        if action == "unblock":
            return Domain("client_blocked", "=", False)
        if action == "status":
            statuses = self.env["client.status"]._blocking()
            if statuses and values.get("value") not in statuses.ids:
                return Domain("client_status_id", "not in", statuses.ids)
        return Domain.TRUE
