from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...engine.rules.spec import filter_domain, has_filter
from ..safety.buttons import for_all, for_one, without_defaults

# Only administrators change the other fields of a rule that has server actions.
HARMLESS = {"name", "active", "sequence"}
# After a change of these fields, the rule ignores earlier events.
LOOKS_FORWARD = ("active", "trigger", "months", "filter_domain", "from_status_ids")
# The addon sets these fields and ignores values of callers. `FIXED_FIELDS` are ignored
# also for the superuser.
FIXED_FIELDS = ("filter_user_id",)
PROTECTED_FIELDS = (*FIXED_FIELDS, "starts_at")


class ClientStatusRule(models.Model):
    """A rule that changes the status of a client when something happens.

    Each rule has its own switch; each company has a master switch in the settings.
    Clients whose status is pinned stay as they are. A status that a person sets by hand
    stays until there is new business with the client. A rule ignores events before it
    was switched on; *Try It* shows these.

    See `client_status_rule_run.py` for when rules run, and `engine.rules` for the
    clients that they change and the events that a rule can wait for.
    """

    _name = "client.status.rule"
    _inherit = "client.text"
    _description = "Status Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean("Switched On", default=True)
    trigger = fields.Selection(
        [
            ("invoice_posted", "Invoice posted"),
            ("payment_received", "Payment received"),
            ("meeting_held", "Meeting held"),
            ("inactive", "No business for months"),
            ("business_again", "Business again"),
            ("became_vip", "Became VIP by revenue"),
            ("left_vip", "No longer VIP by revenue"),
        ],
        required=True,
        default="invoice_posted",
        help="What has to happen. A document that is posted again, after a reset to "
        "draft, does not count.",
    )
    needs_months = fields.Boolean(compute="_compute_needs_months")
    months = fields.Integer(
        default=12,
        help="A client without business for this number of months is inactive. "
        "Business within this number of months makes it active again. Invoices and "
        "meetings are business.",
    )
    filter_domain = fields.Char(
        "Only Clients", help="The rule is only for these clients; for all when empty."
    )
    filter_user_id = fields.Many2one(
        "res.users",
        "Filter By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="This user wrote the filter. The filter finds clients by what this user "
        "may read, in the companies of this user.",
    )
    company_id = fields.Many2one(
        "res.company", help="Only in this company; in all companies when empty."
    )
    from_status_ids = fields.Many2many(
        "client.status",
        string="Status From",
        context={"active_test": False},
        ondelete="restrict",
        help="Only clients with one of these statuses change; all when empty.",
    )
    to_status_id = fields.Many2one(
        "client.status", "Status To", required=True, ondelete="restrict"
    )
    from_type_id = fields.Many2one(
        "client.type",
        "Type From",
        ondelete="restrict",
        help="Clients of this type change their type as well.",
    )
    to_type_id = fields.Many2one("client.type", "Type To", ondelete="restrict")
    starts_at = fields.Datetime(
        "On Since",
        default=fields.Datetime.now,
        readonly=True,
        copy=False,
        help="The rule ignores what happened before. “Try It” looks at that.",
    )
    action_server_ids = fields.One2many(
        "ir.actions.server",
        "client_status_rule_id",
        "Actions",
        groups="base.group_system",
        help="Run once for all the clients that the rule has just changed.",
    )
    model_id = fields.Many2one(
        "ir.model", compute="_compute_model_id", groups="base.group_system"
    )
    change_ids = fields.One2many("client.change", "rule_id", "Changes")
    change_count = fields.Integer(compute="_compute_counts")
    failure_ids = fields.One2many(
        "client.status.rule.failure", "rule_id", "Failures", readonly=True
    )
    failure_count = fields.Integer(compute="_compute_counts")

    @api.constrains("from_status_ids", "to_status_id")
    def _check_statuses(self):
        for rule in self:
            if rule.to_status_id in rule.from_status_ids:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” changes “%(status)s” into itself: remove it "
                        "from the statuses that the rule starts from.",
                        rule=rule.name,
                        status=rule.to_status_id.name,
                    )
                )

    @api.constrains("from_type_id", "to_type_id")
    def _check_types(self):
        for rule in self:
            if bool(rule.from_type_id) != bool(rule.to_type_id):
                raise ValidationError(
                    self.env._(
                        "“%s” changes the client type as well: give the type to "
                        "change from and the one to change to, or neither.",
                        rule.name,
                    )
                )

    @api.constrains("trigger", "months")
    def _check_months(self):
        for rule in self:
            if rule.needs_months and not 1 <= rule.months <= 120:
                raise ValidationError(
                    self.env._("“%s” needs 1 to 120 months.", rule.name)
                )

    @api.constrains("filter_domain")
    def _check_filter_domain(self):
        """The author of a filter must be allowed to search with it. Constraints run
        with superuser rights, so this uses the rights of the user.
        """
        Partner = self.env["res.partner"].sudo(False).with_context(active_test=False)
        for rule in self.filtered("filter_domain"):
            try:
                with self.env.cr.savepoint():
                    Partner.search(filter_domain(rule.filter_domain), limit=1)
            except AccessError:
                raise
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "The filter of “%(rule)s” is not valid: %(error)s. Choose its "
                        "conditions again.",
                        rule=rule.name,
                        error=error,
                    )
                ) from error

    @api.depends("trigger")
    def _compute_needs_months(self):
        catalogue = self._trigger_catalogue()
        for rule in self:
            trigger = catalogue.get(rule.trigger)
            rule.needs_months = bool(trigger and trigger.needs_months)

    def _compute_model_id(self):
        self.model_id = self.env["ir.model"]._get("res.partner")

    @api.depends("change_ids", "failure_ids")
    def _compute_counts(self):
        for name, model in (
            ("change_count", "client.change"),
            ("failure_count", "client.status.rule.failure"),
        ):
            lines = self.env[model]._read_group(
                [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
            )
            counts = dict(lines)
            for rule in self:
                rule[name] = counts.get(rule, 0)

    @api.model
    def _prepare_create_values(self, vals_list):
        # Here the default values are included, also those from the context.
        result = super()._prepare_create_values(vals_list)
        for vals in result:
            vals["filter_user_id"] = self._author_of(vals.get("filter_domain"))
            if not self.env.su:
                vals["starts_at"] = fields.Datetime.now()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        if any(rules.mapped("active")):
            self.env.registry.clear_cache("stable")
        return rules

    def write(self, vals):
        if not self or not isinstance(vals, dict):
            return super().write(vals)
        self.check_access("write")
        protected = FIXED_FIELDS if self.env.su else PROTECTED_FIELDS
        vals = {name: vals[name] for name in vals if name not in protected}
        if not HARMLESS.issuperset(vals):
            self._check_actions()
        rules = self.sudo()
        before, state = rules._values_of(LOOKS_FORWARD), rules._running_state()
        refiltered = self._with_another_filter(vals)
        if refiltered:
            author = self._author_of(vals["filter_domain"])
            signed = {**vals, "filter_user_id": author}
            super(ClientStatusRule, refiltered).write(signed)
        super(ClientStatusRule, self - refiltered).write(vals)
        after = rules._values_of(LOOKS_FORWARD)
        changed = rules.filtered(lambda rule: before[rule.id] != after[rule.id])
        if changed and "starts_at" not in vals:
            super(ClientStatusRule, changed).write({"starts_at": fields.Datetime.now()})
        if rules._running_state() != state:
            self.env.registry.clear_cache("stable")
        return True

    def unlink(self):
        if not self:
            return super().unlink()
        self.check_access("unlink")
        self._check_actions()
        runs = any(self.mapped("active"))
        self.sudo().action_server_ids._detach_from_client_rule()
        result = super().unlink()
        if runs:
            self.env.registry.clear_cache("stable")
        return result

    def _values_of(self, names):
        """:return: dict of the values of these fields, by id of the rule"""
        return {values["id"]: values for values in self.read(names, load=None)}

    @api.model
    def _author_of(self, filter_domain):
        """:return: id of the user who writes a filter, False if there is no filter"""
        return self.env.uid if has_filter(filter_domain) else False

    def _with_another_filter(self, vals):
        """:return: the rules whose filter `vals` changes"""
        if "filter_domain" not in vals:
            return self.browse()
        new = vals["filter_domain"] or False
        return self.filtered(lambda rule: (rule.filter_domain or False) != new)

    def _check_actions(self):
        """Raise for rules with server actions, unless the user is an administrator of
        the settings: the actions were made for the clients that the rule finds now.
        """
        if self.env.su or self.env.user.has_group("base.group_system"):
            return
        for rule in self.sudo().filtered("action_server_ids"):
            raise AccessError(
                self.env._(
                    "“%s” runs server actions: only an administrator of the settings "
                    "can change or delete it. You can switch it on and off.",
                    rule.name,
                )
            )

    @for_one("read", shows="client.change")
    def action_open_changes(self):
        """:return: action with the journal lines that this rule wrote"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_segmentation.client_change_action"
        )
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}

    @for_one("write", changes="res.partner")
    def action_try(self):
        """:return: action that shows which clients the rule would change"""
        wizard = without_defaults(self.env["client.status.rule.try"]).create(
            {"rule_id": self.id, "company_id": self.env.company.id}
        )
        return wizard._open()

    @for_all("write")
    def action_forget_failures(self):
        """Delete the failures of these rules, after a user has dealt with them."""
        self.failure_ids.sudo().unlink()
