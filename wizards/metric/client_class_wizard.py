from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.safety.buttons import for_one
from ...models.safety.words import labelled
from .class_sentences import ClassSentences


class ClientClassWizard(models.TransientModel):
    """Explain the class of a client, and let the user decide another class."""

    _name = "client.class.wizard"
    _inherit = ["client.record", "client.text"]
    _description = "Why this Class?"

    partner_id = fields.Many2one("res.partner", "Client", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    name = fields.Selection("_selection_name", "Class", required=True, readonly=True)
    explanation = fields.Html(compute="_compute_explanation")
    computed_label = fields.Char("Computed", compute="_compute_explanation")
    # Computed with the rights of the user: hidden clients show no decision.
    decided = fields.Selection(
        "_selection_decided",
        compute="_compute_decided",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    options = fields.Json(
        compute="_compute_options", help="The values of `decided` for this class."
    )
    needs_reason = fields.Boolean(compute="_compute_needs_reason")
    reason = fields.Char(
        compute="_compute_decided",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="The history of the client keeps it.",
    )
    is_changed = fields.Boolean(compute="_compute_is_changed")

    @api.model
    def _selection_name(self):
        fields = self.env["client.metric"]._fields
        return [
            (dimension.name, fields[dimension.name]._description_string(self.env))
            for dimension in self._dimensions()
        ]

    @api.model
    def _selection_decided(self):
        """:return: the values of all classes, prefixed with the name of the class"""
        return [
            (f"{dimension.name}:{value}", label)
            for dimension in self._dimensions()
            for value, label in self._labels(dimension.name).items()
        ]

    @api.model
    def _dimensions(self):
        return self.env["client.metric"]._catalogue().dimensions

    def _dimension(self):
        """:return: `engine.catalogue.Dimension` of the wizard"""
        return self.env["client.metric"]._catalogue().dimension(self.name)

    def _decided_value(self):
        """:return: the decided value, or False

        :raise UserError: for a value of another class
        """
        name, _colon, value = (self.decided or "").partition(":")
        if value and name != self.name:
            raise UserError(self.env._("Choose a value of the class that is shown."))
        return value or False

    def _metric(self):
        """:return: `client.metric` of the client in the company, if any"""
        return self.partner_id.with_company(self.company_id)._client_metric()

    def _decision(self):
        """:return: `client.change` of the decision in effect, if any"""
        metric, dimension = self._metric(), self._dimension()
        changes = self.env["client.change"].sudo()
        if not (dimension and metric[dimension.decided]):
            return changes
        return changes._last_decision(metric, dimension.field)

    @api.depends("name")
    def _compute_options(self):
        for wizard in self:
            dimension, metric = wizard._dimension(), wizard._metric()
            # To mark a client as lost is an action of its own.
            wizard.options = [
                f"{wizard.name}:{value}"
                for value in dimension.values
                if value not in dimension.only_decided
                or value == metric[dimension.decided]
            ]

    @api.depends("partner_id", "company_id", "name")
    def _compute_decided(self):
        for wizard in self:
            dimension, metric = wizard._dimension(), wizard._metric()
            value = dimension and metric[dimension.decided]
            wizard.decided = value and f"{dimension.name}:{value}"
            wizard.reason = wizard._decision().reason

    @api.depends("name", "decided")
    def _compute_needs_reason(self):
        for wizard in self:
            value = (wizard.decided or "").partition(":")[2]
            wizard.needs_reason = value in wizard._dimension().only_decided

    @api.depends("decided", "reason")
    def _compute_is_changed(self):
        for wizard in self:
            before = wizard._metric()[wizard._dimension().decided] or ""
            after = (wizard.decided or "").partition(":")[2]
            has_new_reason = (wizard.reason or "") != (wizard._decision().reason or "")
            wizard.is_changed = before != after or (after and has_new_reason)

    @api.depends("partner_id", "name")
    def _compute_explanation(self):
        for wizard in self:
            if not (wizard.partner_id and wizard.name):
                wizard.computed_label = wizard.explanation = False
                continue
            metric, dimension = wizard._metric(), wizard._dimension()
            computed = metric[dimension.computed]
            labels = wizard._labels(wizard.name)
            wizard.computed_label = labels.get(computed, self.env._("No class"))
            wizard.explanation = self.env["ir.qweb"]._render(
                "client_segmentation.client_class_explanation",
                wizard._explanation_values(metric),
            )

    @api.model
    def _labels(self, name):
        """:return: dict of the labels of a class, by value"""
        field = self.env["client.metric"]._fields[name]
        return dict(field._description_selection(self.env))

    def _explanation_values(self, metric):
        """:return: dict of the values for the template of the explanation"""
        env, company, dimension = self.env, self.company_id, self._dimension()
        scope = metric._scope(company)
        reason = dimension.explain(metric, scope)
        fields = metric._fields
        write = ClassSentences(env, company, scope, reason, self._labels(self.name))
        decision = self._decision()
        client = self.partner_id.with_company(company)
        decided = self._labels(self.name).get(metric[dimension.decided])
        return {
            "decision": write.decision(decided, decision),
            "status": write.status(client.client_status_id.name),
            "sentences": write.about(self.name),
            "bold": write.bold,
            "labelled": lambda label, value: labelled(env, label, value),
            # The rest is for classes of other addons.
            "facts": reason.facts,
            "fact_labels": {
                name: fields[name]._description_string(env)
                for name in reason.facts
                if name in fields
            },
            "limits": [
                (
                    company._client_limit_label(limit.name),
                    getattr(scope.policy, limit.name),
                )
                for limit in dimension.limits
            ],
            "distance": reason.distance is not None
            and env._(
                "To become %(class)s: %(amount)s more.",
                **{
                    "class": write.next_label,
                    "amount": write.number(reason.distance, 0),
                },
            ),
        }

    @for_one("read")
    def action_open_invoices(self):
        """:return: action with the documents behind the class"""
        client = self.partner_id.with_company(self.company_id)
        title = dict(self._fields["name"]._description_selection(self.env))[self.name]
        return client._open_client_documents(title, self.name)

    @for_one("read", changes="res.partner")
    def action_decide(self):
        """Save the decision. Without a value, the computed class applies again.

        The screen wants a reason for each decision. RPC callers need one for a class
        that is never computed only.
        """
        decided = self._decided_value()
        if self.needs_reason and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why the client is lost. You will want to know it next year."
                )
            )
        self.partner_id.with_company(self.company_id)._decide_client_class(
            self.name, decided, (self.reason or "").strip()
        )
        return {"type": "ir.actions.act_window_close"}
