from odoo import api, fields, models
from odoo.tools import format_datetime

from ..safety.buttons import known_ids


class ClientLimitChange(models.Model):
    """The journal of the limits of the classes: each change in *What If* or in the
    settings. A change can be undone: limits that have not changed since get their old
    values back.
    """

    _name = "client.limit.change"
    _description = "Change of the Limits of the Classes"
    _order = "id DESC"
    _rec_name = "date"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    user_id = fields.Many2one("res.users", ondelete="restrict", readonly=True)
    date = fields.Datetime(default=fields.Datetime.now, readonly=True)
    limits = fields.Json(
        required=True, readonly=True, help="Old and new value of each limit, by name."
    )
    is_undone = fields.Boolean(readonly=True)

    @api.model
    def _log(self, company, old):
        """:param dict old: the limits of the company before the change, by name
        :return: the journal entry
        """
        limits = {
            name: [value, company[f"client_{name}"]] for name, value in old.items()
        }
        changed = {name: pair for name, pair in limits.items() if pair[0] != pair[1]}
        values = {
            "company_id": company.id,
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
            "limits": changed,
        }
        return self.sudo().create(values) if changed else self.sudo()

    @api.model
    def _of(self, company, change_id):
        """:return: a change of the limits of a company, empty if it does not exist"""
        change = self.sudo().browse(known_ids([change_id])).exists()
        return change.filtered(lambda one: one.company_id == company)

    @api.model
    def _last(self, company):
        """:return: the last change of a company, empty if it cannot be undone"""
        last = self.sudo().search([("company_id", "=", company.id)], limit=1)
        return last.filtered(lambda one: not one.is_undone and one._restorable())

    def _restorable(self):
        """:return: dict of the old values of the limits that have not changed since"""
        company = self.company_id
        return {
            name: old
            for name, (old, new) in self.limits.items()
            if f"client_{name}" in company._fields and company[f"client_{name}"] == new
        }

    def _words(self):
        """:return: text for the user: what has changed, who and when"""
        limits = [
            self.env._(
                "%(limit)s: %(old)s → %(new)s",
                limit=self.company_id._client_limit_label(name),
                old=self._shown(name, old),
                new=self._shown(name, new),
            )
            for name, (old, new) in self.limits.items()
            if f"client_{name}" in self.company_id._fields
        ]
        who = self.env._(
            "%(user)s, %(date)s",
            user=self.user_id.name,
            date=format_datetime(self.env, self.date, dt_format="short"),
        )
        return "\n".join([*limits, who])

    def _shown(self, name, value):
        if self.company_id._fields[f"client_{name}"].type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
