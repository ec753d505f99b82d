from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, ormcache

from ...engine.quality import store
from ...engine.quality.check import Row

MANAGER = "client_segmentation.group_client_manager"
STATES = [
    ("ok", "Right"),
    ("untidy", "To Tidy"),
    ("wrong", "Malformed"),
    ("unknown", "Not Checked"),
]


class ClientQuality(models.Model):
    """What is missing or wrong in a client file, and the results of the validators.

    A record has the results for the e-mail, phone and VAT number of a partner, which
    PostgreSQL cannot check. Only SQL writes it, see `engine.quality.store`: when these
    fields are written, and every night for what other programs have written.
    """

    _name = "client.quality"
    _inherit = "client.record"
    _description = "Checked E-mail, Phone and VAT Number"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", "Client", required=True, readonly=True, ondelete="cascade"
    )
    email_state = fields.Selection(STATES, "E-mail", readonly=True)
    email_fixed = fields.Char("Right E-mail", readonly=True)
    email_key = fields.Integer("Hash of the E-mail", readonly=True)
    email_date = fields.Date(
        "E-mail since",
        readonly=True,
        help="The day when the e-mail last changed, or when the client was created.",
    )
    phone_state = fields.Selection(STATES, "Phone", readonly=True)
    phone_fixed = fields.Char("Right Phone", readonly=True)
    vat_state = fields.Selection(STATES, "VAT Number", readonly=True)
    vat_fixed = fields.Char("Right VAT Number", readonly=True)
    checked = fields.Integer("Hash of What Was Checked", readonly=True)

    _unique_partner = models.UniqueIndex("(partner_id)")
    # The few partners with something to correct.
    _email_idx = models.Index(
        "(email_state, partner_id) WHERE email_state IN ('wrong', 'untidy')"
    )
    _phone_idx = models.Index(
        "(phone_state, partner_id) WHERE phone_state IN ('wrong', 'untidy')"
    )
    _vat_idx = models.Index(
        "(vat_state, partner_id) WHERE vat_state IN ('wrong', 'untidy')"
    )

    @api.model
    def _known_checks(self):
        """:return: the checks whose fields exist"""
        known = self.env["res.partner"]._fields
        return [check for check in self._checks() if known.keys() >= {*check.reads}]

    @api.model
    def _readable_checks(self):
        """:return: the checks that the user may see: not those that follow from
        documents, if he may not read these
        """
        return [check for check in self._known_checks() if self._may_see(check)]

    @api.model
    def _may_see(self, check):
        partners = self.env["res.partner"]
        return (
            self.env.su or not check.groups or self.env.user.has_groups(check.groups)
        ) and partners._has_field_access(partners._fields[check.field], "read")

    @api.model
    @ormcache(cache="stable")
    def _reads(self):
        """:return: names of the fields of `res.partner` that decide about findings"""
        names = (
            *("email", "phone", "vat", "lang", "zip", "street", "city", "country_id"),
            "commercial_partner_id",
        )
        more = [name for check in self._known_checks() for name in check.reads]
        known = self.env["res.partner"]._fields
        return tuple(n for n in dict.fromkeys((*names, *more)) if n in known)

    @api.model
    def _row(self, alias, stored, ids=None):
        """:return: `Row`: the partner `alias`, as the user's company sees it

        With superuser rights, the documents of all companies count: then nobody looks
        at a list, but a rule decides about the client.
        """
        company = self.env.company.sudo()
        today = fields.Date.context_today(self)
        companies = None
        if not self.env.su:
            tree = company.search([("id", "child_of", company.id)])
            companies = tuple(tree.ids)
        return Row(
            alias,
            stored,
            {
                "email": today - relativedelta(years=company.client_old_email_years),
                "silent": today - relativedelta(years=company.client_silent_years),
            },
            companies,
            ids if ids is None else tuple(ids),
        )

    @api.model
    def _row_of(self, alias, query=None, ids=None):
        """:return: `Row` with the results of the validators, joined to the query"""
        if query is None:
            return self._row(
                alias,
                lambda column: SQL(
                    "(SELECT %s FROM client_quality WHERE partner_id = %s)",
                    SQL.identifier(column),
                    SQL.identifier(alias, "id"),
                ),
                ids,
            )
        joined = query.make_alias(alias, "client_quality")
        query.add_join(
            "LEFT JOIN",
            joined,
            self._table,
            SQL(
                "%s = %s",
                SQL.identifier(joined, "partner_id"),
                SQL.identifier(alias, "id"),
            ),
        )
        return self._row(alias, lambda column: SQL.identifier(joined, column), ids)

    @api.model
    def _check_partners(self, partners):
        """Check partners that were written or created; very many of them later."""
        partners = partners.filtered("id")
        if len(partners) > store.AT_ONCE:
            cron = self.env.ref("client_segmentation.client_quality_cron", False)
            if cron:
                cron._trigger()
        elif partners:
            partners.flush_recordset(store.READS)
            self.invalidate_model()
            store.check(self.env, partners.ids)

    @api.model
    def _cron_check(self):
        """Check what is new, and what other programs have written, with a commit after
        each batch.
        """
        cron = self.env["ir.cron"]
        left = store.outdated(self.env)
        while left:
            batch, left = left[: store.AT_ONCE], left[store.AT_ONCE :]
            store.check(self.env, batch)
            self.invalidate_model()
            if not cron._commit_progress(len(batch), remaining=len(left)):
                break

    @api.model
    def _check_manager(self):
        """:raise AccessError: if the user is no administrator of the client file"""
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only an administrator of the client file may do this.")
            )
