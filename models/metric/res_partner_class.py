from odoo import models
from odoo.exceptions import UserError

from ...engine.figures.query import documents
from ...engine.metric.refresh import ClassChange
from ...engine.policy import Policy
from ..safety.buttons import for_all, for_one, without_defaults

# The classes that a client has, by the name of their columns.
CLASS_COLUMNS = ("revenue_class", "payment_class", "engagement")


class ResPartner(models.Model):
    """The classes of a client: why, and what people decide instead."""

    _inherit = "res.partner"

    def _client_metric(self):
        """:return: `client.metric` of this client in the current company, if any"""
        return self.env["client.metric"].search(
            [
                ("partner_id", "=", self.commercial_partner_id.id),
                ("company_id", "=", self.env.company.id),
            ]
        )

    @for_one("read")
    def action_explain_client_class(self):
        """:return: action that explains the class that the context names"""
        self.env["client.metric"].check_access("read")
        name = self.env.context.get("client_class")
        if name not in CLASS_COLUMNS:
            raise UserError(self.env._("“%s” is not a class of clients.", name))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why?"),
            "res_model": "client.class.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_id": self.commercial_partner_id.id,
                "default_company_id": self.env.company.id,
                "default_name": name,
            },
        }

    @for_one("read")
    def action_open_client_revenue(self):
        """:return: action with the documents whose sum is the revenue of the window"""
        return self._open_client_documents(self.env._("Revenue"), "revenue_class")

    def _open_client_documents(self, title, name):
        """The documents behind a class; of the revenue class, their sum is the revenue.

        :param str title: what the list is called
        :param str name: `revenue_class`, `payment_class` or `engagement`
        :return: action
        """
        self.ensure_one()
        self.env["client.metric"].check_access("read")
        self.check_access("read")
        client, company = self.commercial_partner_id, self.env.company
        as_of = self.env["client.metric"]._today(company)
        query = documents(
            name, company.sudo(), as_of, Policy.of(company.sudo()), client.ids
        )
        self.env.flush_all()
        ids = [move for (move,) in self.env.execute_query(query)]
        return {
            "type": "ir.actions.act_window",
            "name": f"{title}: {client.name}",
            "res_model": "account.move",
            "views": [
                (self.env.ref("client_segmentation.account_move_view_list").id, "list"),
                (self.env.ref("account.view_move_form").id, "form"),
            ],
            "domain": [("id", "in", ids)],
            "context": {"create": False},
        }

    @for_all("read")
    def action_refresh_client_figures(self):
        """Compute the figures of these clients now."""
        self.env["client.metric"].check_access("read")
        clients = self.commercial_partner_id
        self.env["client.metric"]._follow(self.env.company, clients.ids)

    def _decide_client_class(self, name, decided, reason):
        """Overrule a class of this client in the current company.

        :param str name: `revenue_class`, `payment_class` or `engagement`
        :param decided: the class, or False to leave it to the figures again
        :param reason: why a client is lost
        """
        self.check_access("write")
        client = self.commercial_partner_id
        Metric = without_defaults(self.env["client.metric"].sudo())
        metric = client.sudo()._client_metric() or Metric.create(
            {"partner_id": client.id, "company_id": self.env.company.id}
        )
        old = metric[name]
        values = {
            f"{name}_decided": decided,
            name: decided or metric[f"{name}_computed"],
        }
        if name == "engagement":
            values["engagement_reason"] = reason
        metric.write(values)
        # A client without documents has a row only while something is decided.
        self.env["client.metric.queue"]._add([(client.id, self.env.company.id)])
        if metric[name] != old:
            qualifier = (
                "client_engagement" if name == "engagement" else f"client_{name}"
            )
            self.env["client.change"]._log(
                [(client, self.env.company, qualifier, old, metric[name])]
            )
            event = ClassChange(name, old, metric[name], client.ids)
            self.env["client.status.rule"]._run_after_refresh(
                self.env.company.sudo(), [event], client.ids
            )
        client.invalidate_recordset()
