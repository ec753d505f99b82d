from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.planner import for_all_clients, without_jit
from ...engine.quality import store
from ...engine.quality.check import RANGES, count, score, score_range
from ...engine.search.figure_condition import COMPARE, condition
from ..partner.sql_field import searched_field, sql_field
from ..safety.buttons import for_one

EMPLOYEE = "base.group_user"
NUMBERS = ("client_quality_score", "client_finding_count")
SHOWN = (*NUMBERS, "client_quality_range", "client_findings")


def _reads(partners):
    return partners.env["client.quality"]._reads()


class ResPartner(models.Model):
    """What is missing or wrong in the file of a client, see `client.quality`."""

    _inherit = "res.partner"

    client_quality_score = sql_field(searched_field(fields.Integer))(
        "Quality",
        compute="_compute_client_quality",
        search="_search_client_quality_score",
        aggregator="avg",
        help="100 means that nothing is missing. Without e-mail it is 30 less, without "
        "phone 20, language 15, postcode 10, street or town 5, country 5. A malformed "
        "e-mail or phone counts like none, a malformed VAT number 15, a town that "
        "differs from the postcode 10, a language to confirm 5.",
        groups=EMPLOYEE,
    )
    client_quality_range = sql_field(searched_field(fields.Selection))(
        [("1", "0 to 49"), ("2", "50 to 79"), ("3", "80 to 99"), ("4", "100")],
        "Quality Range",
        compute="_compute_client_quality",
        search="_search_client_quality_range",
        groups=EMPLOYEE,
    )
    client_finding_count = sql_field(searched_field(fields.Integer))(
        "Missing or Wrong",
        compute="_compute_client_quality",
        search="_search_client_finding_count",
        groups=EMPLOYEE,
    )
    client_findings = searched_field(fields.Char)(
        "Findings",
        compute="_compute_client_quality",
        search="_search_client_findings",
        groups=EMPLOYEE,
    )
    client_finding_details = fields.Json(
        compute="_compute_client_finding_details", groups=EMPLOYEE
    )

    @api.depends(_reads)
    @api.depends_context("company", "uid", "lang")
    def _compute_client_quality(self):
        # One query for a page of the list.
        checks = self.env["client.quality"]._readable_checks()
        rows = self._client_quality_rows(checks)
        for partner in self:
            values = rows.get(partner._origin.id)
            found = values[3:] if values else ()
            partner.client_quality_score = (values and values[0]) or 0
            partner.client_quality_range = values and values[1]
            partner.client_finding_count = values[2] if values else 0
            partner.client_findings = ", ".join(
                check.label
                for check, is_found in zip(checks, found, strict=False)
                if is_found
            )

    def _client_quality_rows(self, checks):
        """:return: dict by id: score, range, count, and a boolean for each check"""
        ids = self._origin.ids
        if not ids:
            return {}
        quality = self.env["client.quality"]
        self.env["res.partner"].flush_model(quality._reads())
        quality.flush_model()
        without_jit(self.env)
        query = self._origin._as_query(ordered=False)
        row = quality._row_of(query.table, query, ids)
        known = quality._known_checks()
        columns = [
            row["id"],
            score(known, row),
            score_range(known, row),
            count(known, row),
            *(check.condition(row) for check in checks),
        ]
        rows = self.env.execute_query(query.select(*columns))
        return {partner: values for partner, *values in rows}

    @api.depends(_reads)
    @api.depends_context("company", "uid", "lang")
    def _compute_client_finding_details(self):
        """For the form: list of dicts with `name`, `label`, `field`, `counts`; and the
        right value in `right`, with the bulk action `mend`, if there is one.
        """
        quality = self.env["client.quality"]
        checks = quality._readable_checks()
        rows = self._client_quality_rows(checks)
        for partner in self:
            found = rows.get(partner._origin.id, ())[3:]
            details = [
                partner._client_finding(check)
                for check, is_found in zip(checks, found, strict=False)
                if is_found
            ]
            partner.client_finding_details = {
                "findings": details,
                "unchecked": partner._client_unchecked(),
            }

    def _client_finding(self, check):
        detail = {
            "name": check.name,
            "label": check.label,
            "field": check.field,
            "counts": bool(check.weight),
        }
        if check.mend and (right := self._client_right_value(check.mend)):
            detail |= {"mend": check.mend, "right": right}
        return detail

    def _client_right_value(self, action):
        """:return: the one right value that a bulk action would set, or None"""
        operations = self.env["client.bulk.operation"]
        client = self._origin.sudo(False)
        known = {one.name: one for one in operations._actions()}
        if action not in known or not client.has_access("write"):
            return None
        rows = known[action].preview(self.env, client.ids, self.env.company)
        return rows[0][2] if rows else None

    def _client_unchecked(self):
        """:return: list of texts that say what could not be checked, and why"""
        stored = self.env["client.quality"].sudo()
        stored = stored.search([("partner_id", "=", self._origin.id)])
        texts = []
        if stored.phone_state == "unknown":
            texts.append(self._client_phone_unchecked())
        if stored.vat_state == "unknown":
            texts.append(self.env._("The VAT number was not checked: no country."))
            if self.country_id:
                texts[-1] = self.env._(
                    "The VAT number was not checked: no rule for %s.",
                    self.country_id.name,
                )
        return texts

    def _client_phone_unchecked(self):
        if "phonenumbers" in store.missing():
            return self.env._(
                "The phone was not checked: the Python package phonenumbers is not "
                "installed."
            )
        return self.env._("The phone was not checked: no country.")

    @api.model
    def _client_field_to_sql(self, alias, name, query):
        quality = self.env["client.quality"]
        if name not in (*NUMBERS, "client_quality_range"):
            return super()._client_field_to_sql(alias, name, query)
        without_jit(self.env)
        quality.flush_model()
        self.env["res.partner"].flush_model(quality._reads())
        row = quality._row_of(alias, query)
        known = quality._known_checks()
        if name == "client_quality_score":
            return score(known, row)
        if name == "client_finding_count":
            return count(known, row)
        return score_range(known, row)

    @api.model
    def _search_client_quality_score(self, operator, value):
        return self._search_client_quality("client_quality_score", operator, value)

    @api.model
    def _search_client_finding_count(self, operator, value):
        return self._search_client_quality("client_finding_count", operator, value)

    @api.model
    def _search_client_quality(self, name, operator, value):
        self._check_field_access(self._fields[name], "read")
        if operator not in (*COMPARE, "in"):
            return NotImplemented
        value = self._client_comparable(name, operator, value)

        def to_sql(model, alias, query):
            column = model._field_to_sql(alias, name, query)
            return condition(column, SQL("TRUE"), "integer", operator, value)

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _search_client_quality_range(self, operator, value):
        name = "client_quality_range"
        self._check_field_access(self._fields[name], "read")
        if operator != "in":
            return NotImplemented
        keys = [key for key in value if key in RANGES]
        empty = any(not key for key in value)

        def to_sql(model, alias, query):
            column = model._field_to_sql(alias, name, query)
            among = SQL("%s = ANY(%s::text[])", column, keys)
            return SQL("(%s OR %s IS NULL)", among, column) if empty else among

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _search_client_findings(self, operator, value):
        """Find clients by the names of checks (`in`), or by words of their labels."""
        self._check_field_access(self._fields["client_findings"], "read")
        checks = self.env["client.quality"]._readable_checks()
        if operator == "ilike" and isinstance(value, str):
            words = value.casefold()
            found = [check for check in checks if words in check.label.casefold()]
            return Domain.OR(self._client_check_domain(check) for check in found)
        if operator != "in":
            return NotImplemented
        known = {check.name: check for check in checks}
        domain = Domain.FALSE
        for name in value:
            if name is False:  # nothing is missing or wrong, and no hint
                domain |= ~Domain.OR(map(self._client_check_domain, checks))
            elif name in known:
                domain |= self._client_check_domain(known[name])
            else:
                raise UserError(self.env._("“%s” is not a check.", str(name)[:50]))
        return domain

    @api.model
    def _client_check_domain(self, check):
        quality = self.env["client.quality"]

        def to_sql(model, alias, query):
            if check.heavy:
                for_all_clients(model.env)
            else:
                without_jit(model.env)
            quality.flush_model()
            model.env["res.partner"].flush_model(quality._reads())
            row = model.env["client.quality"]._row_of(alias, query)
            return check.condition(row)

        return Domain.custom(to_sql=to_sql)

    @contextmanager
    def _client_quality_checked(self, vals):
        """A step of `write`: the validators check what has changed."""
        yield vals
        if not vals.keys().isdisjoint(store.READS):
            self.env["client.quality"].sudo()._check_partners(self.sudo())

    @for_one("write", shows="client.bulk.operation")
    def action_mend_client(self, name):
        """Correct one finding, if there is one right value.

        :param str name: name of a check
        :return: action that shows the result, with a button that undoes it
        """
        quality = self.env["client.quality"]
        operations = self.env["client.bulk.operation"]
        mends = {
            check.name: check.mend for check in quality._readable_checks() if check.mend
        }
        action = operations._action(mends.get(name) if isinstance(name, str) else None)
        operations._check_may_do(action)
        if self._client_right_value(action.name) is None:
            raise UserError(self.env._("There is no value that is certainly right."))
        operation = operations._start(action.name, action.values(None), self.ids, False)
        return operation._done_action()
