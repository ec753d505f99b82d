from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date, formatLang

from ...engine.analysis.explain import reason
from ...engine.policy import Policy
from ...models.metric.client_metric import ENGAGEMENTS, PAYMENT_CLASSES, REVENUE_CLASSES
from ...models.safety.buttons import for_one

CLASSES = {
    "revenue_class": REVENUE_CLASSES,
    "payment_class": PAYMENT_CLASSES,
    "engagement": ENGAGEMENTS,
}


class ClientClassWizard(models.TransientModel):
    """Why a client has a class, and what people decide instead."""

    _name = "client.class.wizard"
    _inherit = ["client.record", "client.text"]
    _description = "Why this Class?"

    partner_id = fields.Many2one("res.partner", "Client", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    name = fields.Selection(
        [
            ("revenue_class", "Revenue Class"),
            ("payment_class", "Payment Class"),
            ("engagement", "Engagement"),
        ],
        "Class",
        required=True,
        readonly=True,
    )
    explanation = fields.Html(compute="_compute_explanation")
    computed_label = fields.Char("Computed", compute="_compute_explanation")
    revenue_class = fields.Selection(REVENUE_CLASSES, "Decided Revenue Class")
    payment_class = fields.Selection(PAYMENT_CLASSES, "Decided Payment Class")
    engagement = fields.Selection(ENGAGEMENTS, "Decided Engagement")
    reason = fields.Char(
        help="Why the client is lost: went to a competitor, closed, moved away..."
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        values.setdefault("company_id", self.env.company.id)
        client = self.env["res.partner"].browse(values.get("partner_id"))
        metric = client._client_metric()
        for name in CLASSES:
            values[name] = metric[f"{name}_decided"]
        values["reason"] = metric.engagement_reason
        return values

    @api.depends("partner_id", "name")
    def _compute_explanation(self):
        for wizard in self:
            if not (wizard.partner_id and wizard.name):
                wizard.computed_label = wizard.explanation = False
                continue
            metric = wizard.partner_id.with_company(wizard.company_id)._client_metric()
            computed = metric[f"{wizard.name}_computed"]
            labels = wizard._labels(wizard.name)
            wizard.computed_label = labels.get(computed, self.env._("No class"))
            wizard.explanation = self.env["ir.qweb"]._render(
                "client_segmentation.client_class_explanation",
                wizard._explanation_values(metric),
            )

    def _labels(self, name):
        return dict(self._fields[name]._description_selection(self.env))

    def _explanation_values(self, metric):
        env, company = self.env, self.company_id
        policy = Policy.of(company.sudo())
        as_of = metric._today(company)
        why = reason(metric, company, self.name, policy, as_of)
        window, _previous = policy.window(as_of)
        return {
            "name": self.name,
            "metric": metric,
            "why": why,
            "facts": why.facts,
            "policy": policy,
            "next_label": self._labels(self.name).get(why.next_class),
            "window_from": format_date(env, window + timedelta(days=1)),
            "as_of": format_date(env, as_of),
            "money": lambda amount: format_amount(env, amount, company.currency_id),
            "number": lambda value, digits=1: formatLang(env, value, digits=digits),
            "date": lambda value: format_date(env, value),
        }

    @for_one("read")
    def action_open_invoices(self):
        """:return: action with the documents behind the class"""
        client = self.partner_id.with_company(self.company_id)
        title = dict(self._fields["name"]._description_selection(self.env))[self.name]
        return client._open_client_documents(title, self.name)

    @for_one("read")
    def action_decide(self):
        """Keep the decision; empty leaves the class to the figures."""
        decided = self[self.name]
        lost = self.name == "engagement" and decided == "lost"
        if lost and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why the client is lost: next year you will want to know."
                )
            )
        self.partner_id.with_company(self.company_id)._decide_client_class(
            self.name, decided, self.reason if lost else False
        )
        return {"type": "ir.actions.act_window_close"}
