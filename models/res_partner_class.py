from odoo import models

from ..engine.figures import DOCUMENTS
from ..engine.policy import Policy


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

    def action_explain_client_class(self):
        """:return: action that explains the class given by the context's `name`"""
        self.ensure_one()
        name = self.env.context["client_class"]
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

    def action_open_client_revenue(self):
        """:return: action with the documents whose sum is the revenue of the window"""
        self.ensure_one()
        company = self.env.company
        as_of = self.env["client.metric"]._today(company)
        window, _previous = Policy.of(company.sudo()).window(as_of)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        return {
            **action,
            "name": self.env._("Revenue of %s", self.commercial_partner_id.name),
            "domain": [
                ("company_id", "=", company.id),
                ("commercial_partner_id", "=", self.commercial_partner_id.id),
                ("move_type", "in", DOCUMENTS),
                ("state", "=", "posted"),
                ("invoice_date", ">", window),
                ("invoice_date", "<=", as_of),
            ],
            "context": {"create": False},
        }

    def action_refresh_client_figures(self):
        """Compute the figures of these clients now."""
        self.check_access("read")
        clients = self.commercial_partner_id
        self.env["client.metric"]._refresh(self.env.company, clients.ids)

    def _decide_client_class(self, name, decided, reason):
        """Overrule a class of this client in the current company.

        :param str name: `revenue_class`, `payment_class` or `engagement`
        :param decided: the class, or False to leave it to the figures again
        :param reason: why a client is lost
        """
        self.check_access("write")
        client = self.commercial_partner_id
        Metric = self.env["client.metric"].sudo()
        metric = client._client_metric().sudo() or Metric.create(
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
        client.invalidate_recordset()
