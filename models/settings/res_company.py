from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.scope import Policy

EMPLOYEE = "base.group_user"
# Value of the context key `client_limits`: RPC callers cannot send an object.
REFRESHED = object()


class ResCompany(models.Model):
    """The limits and switches of a company. Only internal users may read them, because
    portal users can read companies too.
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
    client_old_email_years = fields.Integer(
        "E-mail Unused (Years)",
        default=3,
        help="An e-mail that has not changed for this number of years is a finding, if "
        "there was no message or document in these years.",
        groups=EMPLOYEE,
    )
    client_silent_years = fields.Integer(
        "No Activity (Years)",
        default=3,
        help="A client without a document, meeting or message for this number of years "
        "is a finding.",
        groups=EMPLOYEE,
    )

    client_first_steps_closed = fields.Boolean(
        help="The panel with the first steps is not shown any more.", groups=EMPLOYEE
    )
    client_limits_kept = fields.Boolean(
        help="An administrator has decided that the limits are right as they are.",
        groups=EMPLOYEE,
    )

    client_window_months = fields.Integer(
        "Period (Months)",
        default=12,
        help="Revenue, payments and discounts of the last months count, up to today.",
        groups=EMPLOYEE,
    )
    client_own_companies = fields.Boolean(
        "Count Own Companies as Clients",
        help="Partners that are companies of this database count in the figures, ranks "
        "and classes of clients.",
        groups=EMPLOYEE,
    )
    client_by_amount = fields.Boolean(
        "Revenue Classes by Amount",
        help="Clients are VIP or regular from a certain amount of revenue, instead of "
        "by the share of the total revenue that they make together.",
        groups=EMPLOYEE,
    )
    client_vip_share = fields.Float(
        "VIP: Share of the Revenue (%)", default=80, groups=EMPLOYEE
    )
    client_regular_share = fields.Float(
        "VIP and Regular: Share of the Revenue (%)", default=95, groups=EMPLOYEE
    )
    client_vip_amount = fields.Monetary("VIP: Revenue From", groups=EMPLOYEE)
    client_regular_amount = fields.Monetary("Regular: Revenue From", groups=EMPLOYEE)
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
        help="A client has a payment class if at least this number of due dates are "
        "paid or overdue.",
        groups=EMPLOYEE,
    )
    client_active_days = fields.Integer(
        "Active: Days since the Last Business", default=90, groups=EMPLOYEE
    )
    client_recent_months = fields.Integer(
        "Recent: Months since the Last Business", default=12, groups=EMPLOYEE
    )

    def write(self, vals):
        """Limits that are written elsewhere than in the settings queue all clients."""
        is_refreshed = self.env.context.get("client_limits") is REFRESHED
        if (
            not self
            or not isinstance(vals, dict)
            or is_refreshed
            or {*self._client_limit_fields(), "currency_id"}.isdisjoint(vals)
        ):
            return super().write(vals)
        before = {company: company._client_queued_values() for company in self.sudo()}
        result = super().write(vals)
        queue = self.env["client.metric.queue"]
        queue._add_all(
            self.sudo().filtered(
                lambda company: company._client_queued_values() != before[company]
            )
        )
        queue._add(
            (
                (client, company.id)
                for company, (policy, _currency) in before.items()
                for client in company._client_new_clients(policy)
            ),
            reason="arrived",
        )
        return result

    def _client_new_clients(self, before):
        """:param before: `Policy` of the company until now
        :return: ids of the partners that are clients of this company from now on: those
            of companies, if it has begun to count them
        """
        counts = self.client_own_companies and not before.own_companies
        return self._client_tree().partners if counts else ()

    def _client_queued_values(self):
        return self._client_policy(), self.currency_id

    @api.model
    def _client_limit_fields(self):
        """:return: names of the fields with the limits of the classes"""
        catalogue = self.env["client.metric"]._catalogue()
        return [f"client_{name}" for name in catalogue.limit_names]

    def _client_policy(self):
        """:return: `engine.scope.Policy`: the limits of the classes"""
        self.ensure_one()
        return Policy.of(self, self.env["client.metric"]._catalogue())

    @api.constrains(lambda self: self._client_limit_fields())
    def _check_client_policy(self):
        for company in self:
            if error := company._client_policy_error():
                raise ValidationError(error)

    @api.constrains("client_old_email_years", "client_silent_years")
    def _check_client_years(self):
        for company in self:
            for name in ("client_old_email_years", "client_silent_years"):
                if not 1 <= company[name] <= 50:
                    raise ValidationError(
                        self.env._(
                            "“%s” must be between 1 and 50.",
                            self._fields[name]._description_string(self.env),
                        )
                    )

    def _client_policy_error(self):
        """:return: error text about the limits of the classes, or None"""
        self.ensure_one()
        for dimension in self.env["client.metric"]._catalogue().dimensions:
            for limit in dimension.limits:
                if not limit.lowest <= self[f"client_{limit.name}"] <= limit.highest:
                    return self.env._(
                        "“%(limit)s” must be between %(lowest)s and %(highest)s.",
                        limit=self._client_limit_label(limit.name),
                        lowest=f"{limit.lowest:,.0f}",
                        highest=f"{limit.highest:,.0f}",
                    )
        if not 0 < self.client_vip_share < self.client_regular_share <= 100:
            return self.env._(
                "The share of VIP clients must be between 0 and 100 %. The share of "
                "VIP and regular clients together must be larger, but at most 100 %."
            )
        if self.client_by_amount and not (
            self.client_vip_amount > self.client_regular_amount > 0
        ):
            return self.env._(
                "Regular clients start from a positive revenue, and VIP clients from a "
                "higher one."
            )
        return None

    @api.model
    def _client_limit_label(self, name):
        """:return: label of a limit of the classes"""
        return self._fields[f"client_{name}"]._description_string(self.env)

    def _client_with_limits(self, changes):
        """The company with other limits. Nothing is saved.

        :param dict changes: limits by name
        :return: a new record of `res.company`
        :raise ValidationError: if the limits are not valid
        """
        self.ensure_one()
        limits = self.env["client.metric"]._catalogue().limit_names
        for name, value in changes.items():
            if name not in limits or not self._is_client_limit(name, value):
                raise ValidationError(
                    self.env._(
                        "“%(value)s” is not a valid value for “%(name)s”. Give a "
                        "number.",
                        value=value,
                        name=name,
                    )
                )
        # Not `new(origin=self)`: new records of the same origin share their values.
        names = ("currency_id", *self._client_limit_fields())
        values = {name: self[name] for name in names}
        values |= {f"client_{name}": value for name, value in changes.items()}
        for name in values:
            if self._fields[name].type == "monetary":
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
        """Change the limits and compute the classes of all clients immediately.

        :param dict changes: limits by name
        :return: the `client.limit.change`, empty if nothing changes
        """
        self.ensure_one()
        journal = self.env["client.limit.change"]
        changes = {
            f"client_{name}": value
            for name, value in changes.items()
            if self[f"client_{name}"] != value
        }
        if not changes:
            return journal
        before = self._client_policy()
        old = {name.removeprefix("client_"): self[name] for name in changes}
        # All clients are refreshed below.
        self.with_context(client_limits=REFRESHED).write(changes)
        changed = self._client_policy().changes_from(before)
        metrics = self.env["client.metric"]
        keeps_figures = changed.keys().isdisjoint(metrics._catalogue().figure_limits)
        clients = [] if keeps_figures else None
        arrived = self._client_new_clients(before)
        metrics._refresh_and_run_rules(self, clients, arrived=arrived)
        return journal._log(self, old)
