from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.rules.candidates import among, due
from ...models.rule.runner import RuleRunner, VisitedStatuses
from ...models.safety.buttons import for_one

SHOWN = 80


class ClientStatusRuleTry(models.TransientModel):
    """Shows which clients a rule would change, before it changes them.

    The rule itself ignores events before it was switched on; this wizard uses all
    events. A status that a person has set by hand since then stays here too.
    """

    _name = "client.status.rule.try"
    _description = "Try a Status Rule"

    rule_id = fields.Many2one(
        "client.status.rule", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    rule_active = fields.Boolean(related="rule_id.active")
    to_status_id = fields.Many2one(related="rule_id.to_status_id")
    count = fields.Integer("Clients", readonly=True)
    shown_count = fields.Integer(compute="_compute_shown_count")
    summary = fields.Char(compute="_compute_summary")
    shown = fields.Char(compute="_compute_summary")
    has_actions = fields.Boolean(compute="_compute_has_actions")
    run_actions = fields.Boolean(
        "Run the Actions as Well",
        help="Run the rule's server actions for all these clients, such as sending an "
        "e-mail to each of them.",
    )
    line_ids = fields.One2many("client.status.rule.try.line", "wizard_id", "Changes")

    @api.depends("line_ids")
    def _compute_shown_count(self):
        for wizard in self:
            wizard.shown_count = len(wizard.line_ids)

    @api.depends("count", "shown_count", "to_status_id")
    def _compute_summary(self):
        for wizard in self:
            status = wizard.to_status_id.display_name
            if wizard.count == 1:
                text = self.env._("1 client would become “%s”.", status)
            else:
                text = self.env._(
                    "%(count)s clients would become “%(status)s”.",
                    count=wizard.count,
                    status=status,
                )
            wizard.summary = text
            wizard.shown = self.env._(
                "The list shows %(shown)s of %(count)s.",
                shown=wizard.shown_count,
                count=wizard.count,
            )

    @api.depends("rule_id")
    def _compute_has_actions(self):
        for wizard in self:
            wizard.has_actions = bool(wizard.rule_id.sudo().action_server_ids)

    @for_one("write", changes="res.partner")
    def action_apply(self):
        """Change the clients now; the rule stays on or off.

        :return: action that says how many have changed
        """
        changed = self._apply()
        return self._done(changed)

    @for_one("write", changes="res.partner")
    def action_apply_and_switch_on(self):
        """Change the clients now, and switch the rule on for future events."""
        changed = self._apply()
        self.rule_id.active = True
        return self._done(changed)

    @for_one("read")
    def action_open_clients(self):
        """:return: action with the clients that would change, as a list"""
        self._check_rule()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_segmentation.client_action"
        )
        clients = [client for client, _old, _document in self._candidates()]
        return {**action, "domain": [("id", "in", clients)], "context": {}}

    def _open(self):
        """Find the clients that the rule would change.

        :return: action that shows them
        """
        self.ensure_one()
        self._check_rule()
        self._bring_up_to_date()
        candidates = self._candidates()
        model = self._trigger().document_model
        self.count = len(candidates)
        self.line_ids = [
            fields.Command.create(
                {
                    "partner_id": client,
                    "old_status_id": old,
                    "res_model": document and model,
                    "res_id": document,
                }
            )
            for client, old, document in candidates[:SHOWN]
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try “%s”", self.rule_id.name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _trigger(self):
        """:return: `Trigger` of the rule
        :raise UserError: if the addon of the trigger is missing
        """
        trigger = self.rule_id._trigger_catalogue().get(self.rule_id.trigger)
        if not trigger:
            raise UserError(
                self.env._(
                    "“%s” waits for an event that is not known. Choose another one.",
                    self.rule_id.name,
                )
            )
        return trigger

    def _bring_up_to_date(self):
        """Process the queue, because the figures do not include its clients yet."""
        queue = self.env["client.metric.queue"].sudo()
        queue._add_meetings()
        while queue._drain():
            pass

    def _check_rule(self):
        """:raise AccessError: when the user may not change the rule, or does not work
        in the company
        :raise UserError: when the rule is not for this company
        """
        self.rule_id.check_access("write")
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("You do not work in this company."))
        company = self.rule_id.company_id
        if company and company != self.company_id:
            raise UserError(
                self.env._(
                    "“%(rule)s” is a rule of %(company)s: switch to that company to "
                    "try it.",
                    rule=self.rule_id.name,
                    company=company.name,
                )
            )

    def _candidates(self):
        """:return: list of tuples, sorted by name: id, id of the status and id of the
        document (or None) of each client that the rule would change and the user may
        write
        """
        self.env["res.partner"].check_access("write")
        company, spec = self.company_id, self.rule_id._spec()
        if not self.rule_id._may_filter(spec, company.id):
            raise UserError(
                self.env._(
                    "%(user)s, who wrote the filter of “%(rule)s”, does not work in "
                    "%(company)s: choose its conditions yourself.",
                    user=self.rule_id.sudo().filter_user_id.name,
                    rule=self.rule_id.name,
                    company=company.name,
                )
            )
        rules = self.env["ir.rule"]
        changeable = Domain.AND(
            rules._compute_domain("res.partner", operation) or Domain.TRUE
            for operation in ("read", "write")
        )
        query = due(
            self.env,
            self._trigger(),
            spec,
            company.sudo(),
            self.env["client.metric"]._today(company),
            live=False,
            extra=among(self.env, company, changeable),
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT due.id, due.old, due.document_id
                  FROM (%s) due
                  JOIN res_partner p ON p.id = due.id
              ORDER BY p.complete_name, p.id
                """,
                query,
            )
        )

    def _apply(self):
        """Change the clients with one statement.

        :return: ids of the changed clients
        """
        self._check_rule()
        spec = self.rule_id._spec()
        clients = {client: document for client, _old, document in self._candidates()}
        runner = RuleRunner(self.env, self.company_id)
        changed = runner.set_status(spec, clients, self._trigger().document_model)
        if changed and self.run_actions:
            runner.visited = VisitedStatuses()
            runner.run_actions(spec, changed)
        return changed

    def _done(self, changed):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if changed else "info",
                "message": self.env._(
                    "Clients changed to “%(status)s”: %(count)s.",
                    count=len(changed),
                    status=self.to_status_id.name,
                )
                if changed
                else self.env._("No client has changed."),
                "next": {
                    "type": "ir.actions.client",
                    "tag": "soft_reload",
                },
            },
        }


class ClientStatusRuleTryLine(models.TransientModel):
    """One client that a rule would change."""

    _name = "client.status.rule.try.line"
    _description = "Client that a Status Rule Would Change"

    wizard_id = fields.Many2one(
        "client.status.rule.try", required=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", "Client", readonly=True)
    old_status_id = fields.Many2one("client.status", "From", readonly=True)
    new_status_id = fields.Many2one(
        "client.status", "To", related="wizard_id.to_status_id"
    )
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    document_name = fields.Char("Document", compute="_compute_document_name")

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_document_name(self):
        names = self.env["client.change"]._document_names(self)
        for line in self:
            line.document_name = names.get((line.res_model, line.res_id))
