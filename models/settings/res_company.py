from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.policy import Policy

LIMITS = tuple(Policy.__dataclass_fields__)
POLICY_FIELDS = [f"client_{name}" for name in LIMITS]
EMPLOYEE = "base.group_user"
MAX_DAYS, MAX_MONTHS, MAX_EVIDENCE = 3650, 120, 1000


class ResCompany(models.Model):
    """The limits and switches of a company, for those who work there: a customer on
    the portal reads companies as well.
    """

    _inherit = "res.company"

    client_automation = fields.Boolean(
        "Status Automation",
        default=True,
        help="The status rules change the status of this company's clients.",
        groups=EMPLOYEE,
    )
    client_print_name2 = fields.Boolean(
        "Second Name Line on Documents",
        help="Print the second line of the client's name under the first one on "
        "invoices and other documents of this company.",
        groups=EMPLOYEE,
    )
    client_personal_details = fields.Boolean(
        "Personal Details of Clients",
        help="Collect birth date, gender, household and occupation of clients. Leave "
        "it off where the company does not need them.",
        groups=EMPLOYEE,
    )

    client_window_months = fields.Integer(
        "Window (Months)",
        default=12,
        help="Revenue, payments and discounts of the last so many months count.",
        groups=EMPLOYEE,
    )
    client_by_amount = fields.Boolean(
        "Revenue Classes by Amount",
        help="A revenue from which a client is VIP or regular, instead of the share of "
        "the revenue that these clients make together.",
        groups=EMPLOYEE,
    )
    client_vip_share = fields.Float(
        "VIP: Share of the Revenue (%)", default=80, groups=EMPLOYEE
    )
    client_regular_share = fields.Float(
        "Regular: Up To (%)", default=95, groups=EMPLOYEE
    )
    client_vip_amount = fields.Monetary("VIP: From", groups=EMPLOYEE)
    client_regular_amount = fields.Monetary("Regular: From", groups=EMPLOYEE)
    client_fast_days = fields.Integer(
        "Fast: Days after the Invoice", default=10, groups=EMPLOYEE
    )
    client_standard_days = fields.Integer(
        "Standard: Days after the Due Date",
        default=5,
        groups=EMPLOYEE,
    )
    client_payment_evidence = fields.Integer(
        "Due Dates Needed",
        default=2,
        help="So many due dates have to be paid or overdue to tell how a client pays.",
        groups=EMPLOYEE,
    )
    client_active_days = fields.Integer("Active: Days", default=90, groups=EMPLOYEE)
    client_recent_months = fields.Integer("Recent: Months", default=12, groups=EMPLOYEE)

    @api.constrains(*POLICY_FIELDS)
    def _check_client_policy(self):
        for company in self:
            if error := company._client_policy_error():
                raise ValidationError(error)

    def _client_policy_error(self):
        """:return: what is wrong with the limits of the classes, or None"""
        self.ensure_one()
        if not 1 <= self.client_window_months <= 120:
            return self.env._("The window has 1 to 120 months.")
        if not 0 < self.client_vip_share < self.client_regular_share <= 100:
            return self.env._(
                "VIP clients make a share between 0 and 100 % of the revenue; "
                "together with the regular ones it is larger, up to 100 %."
            )
        if self.client_by_amount and not (
            self.client_vip_amount > self.client_regular_amount > 0
        ):
            return self.env._(
                "Regular clients start from a positive revenue, and VIP clients from a "
                "higher one."
            )
        if min(self.client_fast_days, self.client_standard_days) < 0:
            return self.env._("The days of the payment classes are not negative.")
        if self.client_payment_evidence < 1:
            return self.env._("The payment class needs at least one due date.")
        if self.client_active_days < 1 or self.client_recent_months < 1:
            return self.env._(
                "Active and recent clients need at least one day and one month."
            )
        days = self.client_fast_days, self.client_standard_days, self.client_active_days
        if (
            max(days) > MAX_DAYS
            or self.client_recent_months > MAX_MONTHS
            or self.client_payment_evidence > MAX_EVIDENCE
        ):
            return self.env._(
                "The limits are at most %(days)s days, %(months)s months and "
                "%(evidence)s due dates.",
                days=MAX_DAYS,
                months=MAX_MONTHS,
                evidence=MAX_EVIDENCE,
            )
        return None

    def _client_with_limits(self, changes):
        """The company as it would be with other limits; nothing is saved.

        :param dict changes: limits by their name in `Policy`
        :return: a new record; a ValidationError when the limits make no sense
        """
        self.ensure_one()
        for name, value in changes.items():
            if name not in LIMITS or not self._is_client_limit(name, value):
                raise ValidationError(
                    self.env._(
                        "“%(value)s” is no value of “%(name)s”. Give a number.",
                        value=value,
                        name=name,
                    )
                )
        # Not `new(origin=self)`: those of one origin share their values.
        values = {name: self[name] for name in ("currency_id", *POLICY_FIELDS)}
        values |= {f"client_{name}": value for name, value in changes.items()}
        for name in values.keys() & {"client_vip_amount", "client_regular_amount"}:
            values[name] = self.currency_id.round(values[name])
        company = self.new(values)
        if error := company._client_policy_error():
            raise ValidationError(error)
        return company

    def _is_client_limit(self, name, value):
        kinds = {"boolean": (bool, int), "integer": int}
        kind = kinds.get(self._fields[f"client_{name}"].type, (int, float))
        is_number = isinstance(value, kind) and (
            kind == kinds["boolean"] or not isinstance(value, bool)
        )
        return is_number and abs(value) < 1e15

    def _client_apply_limits(self, changes):
        """Change the limits, and with them the classes of all clients, at once.

        :param dict changes: limits by their name in `Policy`
        """
        self.ensure_one()
        changes = {
            f"client_{name}": value
            for name, value in changes.items()
            if self[f"client_{name}"] != value
        }
        if not changes:
            return
        window = self.client_window_months
        self.write(changes)
        # The figures depend on the window only.
        clients = [] if self.client_window_months == window else None
        self.env["client.metric"]._follow(self, clients)
