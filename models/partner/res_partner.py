from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..safety.buttons import for_all, for_one
from .sql_field import SqlField, sql_field

ORGANISATIONS = [
    ("company", "Company"),
    ("individual", "Individual"),
    ("public", "Public Sector"),
]
# Facts about the client, the same for all companies.
SHARED_FIELDS = (
    "client_type_id",
    "client_organisation",
    "client_criterion_1_id",
    "client_criterion_2_id",
    "client_rating",
    "client_key_note",
    "client_source_id",
    "client_since",
)
# The relation of the client with one company.
COMPANY_FIELDS = (
    "client_status_id",
    "client_status_pinned",
    "client_blocked",
    "client_blocked_reason",
    "client_blocked_date",
    "client_blocked_by_id",
)
# The prefetch group of these fields: Odoo reads them together when one of them is
# needed, but not with each partner of a list or an invoice.
PREFETCH = "client"
# The fields that decide whether a partner is a contact of another client.
PARENT_FIELDS = {"parent_id", "is_company"}


class ResPartner(models.Model):
    """The client file.

    The qualifiers of a client are commercial fields: they belong to the commercial
    partner and are copied to its contacts. A value that is written on a contact is
    written on the commercial partner.
    """

    _inherit = "res.partner"

    client_is_commercial = fields.Boolean(
        "Is a Client",
        compute="_compute_client_is_commercial",
        search="_search_client_is_commercial",
        help="The commercial entity: not a contact or an address of another one.",
    )
    client_type_id = fields.Many2one(
        "client.type",
        default=lambda self: self.env["client.type"]._default_id(),
        index="btree_not_null",
        ondelete="restrict",
        group_expand="_group_expand_all",
        prefetch=PREFETCH,
        groups="base.group_user",
    )
    client_organisation = fields.Selection(
        ORGANISATIONS,
        "Kind of Organisation",
        compute="_compute_client_organisation",
        store=True,
        readonly=False,
        prefetch=PREFETCH,
        groups="base.group_user",
    )
    client_criterion_1_id = fields.Many2one(
        "client.criterion.value",
        "Criterion 1",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("criterion_id.number", "=", 1)],
        context={"client_criterion_number": 1},
        prefetch=PREFETCH,
        groups="base.group_user",
    )
    client_criterion_2_id = fields.Many2one(
        "client.criterion.value",
        "Criterion 2",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("criterion_id.number", "=", 2)],
        context={"client_criterion_number": 2},
        prefetch=PREFETCH,
        groups="base.group_user",
    )
    client_rating = fields.Selection(
        # Not its name as a text: Odoo's import would then know the English labels only.
        selection=lambda self: self._selection_client_rating(),
        default="0",
        copy=False,
        prefetch=PREFETCH,
        groups="base.group_user",
    )
    client_status_id = fields.Many2one(
        "client.status",
        company_dependent=True,
        help="Decided by people and by status rules. Classes are something else: they "
        "are computed from your documents.",
        copy=False,
        ondelete="restrict",
        group_expand="_group_expand_all",
        groups="base.group_user",
    )
    client_status_kind = sql_field(fields.Selection)(
        related="client_status_id.kind",
        string="Kind of Status",
        groups="base.group_user",
    )
    client_status_pinned = fields.Boolean(
        "Status Pinned",
        company_dependent=True,
        copy=False,
        help="No rule changes the status of this client.",
        groups="base.group_user",
    )
    client_key_note = fields.Text(
        "Key Note",
        copy=False,
        help="The one thing to know about this client, on top of the form.",
        prefetch=PREFETCH,
        groups="base.group_user",
    )
    client_source_id = fields.Many2one(
        "utm.source",
        domain=[("client_offered", "=", True)],
        index="btree_not_null",
        ondelete="restrict",
        help="How did they hear of us?",
        prefetch=PREFETCH,
        groups="base.group_user",
    )
    client_since = fields.Date(
        copy=False,
        prefetch=PREFETCH,
        groups="base.group_user",
        help="The day of the first invoice, unless you set another one.",
    )
    client_competitor = fields.Char(
        help="The supplier this client had before us, or has besides us.",
        prefetch=PREFETCH,
        groups="client_segmentation.group_client_user",
    )
    client_competitor_reason = fields.Text(
        "Reason for Switching",
        help="Why the client left that supplier, or goes to them.",
        prefetch=PREFETCH,
        groups="client_segmentation.group_client_user",
    )
    client_likes = fields.Text(
        "Likes and Dislikes",
        prefetch=PREFETCH,
        groups="client_segmentation.group_client_user",
    )
    client_problems = fields.Text(
        "Past Problems",
        prefetch=PREFETCH,
        groups="client_segmentation.group_client_user",
    )

    @api.constrains("client_criterion_1_id", "client_criterion_2_id")
    def _check_client_criteria(self):
        labels = self.env["client.criterion"]._field_labels()
        for number in (1, 2):
            fname = f"client_criterion_{number}_id"
            for value in self[fname]:
                if value.criterion_id.number != number:
                    raise ValidationError(
                        self.env._(
                            "“%(value)s” is a value of “%(other)s”, not of "
                            "“%(criterion)s”: choose a value of “%(criterion)s”.",
                            value=value.name,
                            other=value.criterion_id.name,
                            criterion=labels[fname],
                        )
                    )

    @api.model
    def _selection_client_rating(self):
        return self.env["client.rating"]._selection()

    @api.model
    def _group_expand_all(self, values, domain):
        """Show a kanban column for each active value, also without clients."""
        domain = Domain("active", "=", True) | Domain("id", "in", values.ids)
        return values.with_context(active_test=False).search(domain)

    @api.depends("commercial_partner_id")
    def _compute_client_is_commercial(self):
        for partner in self:
            partner.client_is_commercial = partner.commercial_partner_id == partner

    @api.model
    def _search_client_is_commercial(self, operator, value):
        if operator != "in":
            return NotImplemented
        # The same condition as in `_compute_commercial_partner`.
        domain = Domain("is_company", "=", True) | Domain("parent_id", "=", False)
        return domain if True in value else ~domain

    @api.depends("is_company", "commercial_partner_id")
    def _compute_client_organisation(self):
        for partner in self:
            client = partner.commercial_partner_id
            if client != partner:
                partner.client_organisation = client.client_organisation
            elif not partner.is_company:
                partner.client_organisation = "individual"
            elif partner.client_organisation != "public":
                partner.client_organisation = "company"

    @api.model
    def _client_fields(self):
        """:return: names of the fields that qualify a client"""
        others = self.env["client.bulk.operation"]._client_fields()
        return tuple(dict.fromkeys((*SHARED_FIELDS, *COMPANY_FIELDS, *others)))

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + list(self._client_fields())

    def _commercial_sync_to_descendants(self, fields_to_sync=None):
        # Odoo calls this after each write, also if there is nothing to sync. Then it
        # would write each contact with no values: 20,000 at a client's first invoice.
        if fields_to_sync is not None and not fields_to_sync:
            return
        super()._commercial_sync_to_descendants(fields_to_sync)

    def _get_commercial_values(self):
        # A new contact of a client gets all qualifiers of the client, also the empty
        # ones.
        return super()._get_commercial_values() | self._convert_fields_to_values(
            self._client_fields()
        )

    @api.model
    def _field_to_sql(self, alias, field_expr, query=None):
        # The only override, because Odoo calls it for each field that is read.
        if field_expr.startswith("client_"):
            field = self._fields.get(field_expr.split(".", 1)[0])
            if field and not field.store:
                # Odoo checks the groups of stored fields only.
                self._check_field_access(field, "read")
                if isinstance(field, SqlField) and not field.related:
                    return self._client_field_to_sql(alias, field_expr, query)
        return super()._field_to_sql(alias, field_expr, query)

    @api.model
    def _client_field_to_sql(self, alias, name, query):
        """:return: SQL of a `SqlField` of this addon; other classes extend this"""
        raise NotImplementedError(name)

    @for_all("write")
    def action_toggle_client_status_pin(self):
        for client in self.commercial_partner_id:
            client.client_status_pinned = not client.client_status_pinned

    @for_one("read")
    def action_open_client(self):
        """:return: action that shows the client with its figures, file and history"""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.commercial_partner_id.id,
            "views": [
                (self.env.ref("client_segmentation.client_view_form").id, "form")
            ],
        }
