from odoo import api, fields, models
from odoo.fields import Domain

from ..safety.buttons import for_one, without_defaults
from ..safety.words import labelled


class ImportRun:
    """A running import of clients, as a value in the context. RPC callers can send the
    context key, but not such an object.

    :param set blocked: ids of the clients that the import has blocked so far
    :param columns: names of the fields that the file fills
    :param data: the cells of the file, row by row
    :param set created: ids of the partners that it has created so far
    """

    KEY = "client_import"

    def __init__(self, columns=(), data=()):
        self.blocked, self.created = set(), set()
        columns = columns if isinstance(columns, (list, tuple)) else ()
        self.columns = [str(path).split("/")[0] for path in columns]
        self.data = data
        self.places = None  # see `models/place/res_partner_import_places.py`

    def column(self, name):
        """:return: list of the texts in a column of the file, None where it is empty"""
        if name not in self.columns:
            return [None] * len(self.data)
        index = self.columns.index(name)
        return [str(row[index]).strip() or None for row in self.data]

    @classmethod
    def of(cls, env):
        """:return: the `ImportRun` of an environment, or None"""
        run = env.context.get(cls.KEY)
        return run if isinstance(run, cls) else None


class ClientChange(models.Model):
    """Journal: one line per client and changed qualifier. Only the addon writes it.

    A line stores the values and also their names at that time, so it stays readable
    when a value is renamed or deleted.
    """

    _name = "client.change"
    _inherit = "client.record"
    _description = "Change of a Client"
    _order = "date DESC, id DESC"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", "Client", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="The company whose relation with the client changed; empty where the "
        "change concerns all companies.",
    )
    qualifier = fields.Selection(
        selection="_selection_qualifier", required=True, string="Changed Field"
    )
    old_value = fields.Char()
    new_value = fields.Char()
    old_name = fields.Char()
    new_name = fields.Char()
    old_label = fields.Char("From", compute="_compute_labels")
    new_label = fields.Char("To", compute="_compute_labels")
    reason = fields.Char(help="Why somebody has overruled a class.")
    date = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    user_id = fields.Many2one("res.users", "By", ondelete="set null")
    origin = fields.Selection(
        [
            ("hand", "By Hand"),
            ("import", "Import"),
            ("rule", "Rule"),
            ("bulk", "Bulk Operation"),
            ("invoice", "New Invoice"),
        ],
        required=True,
        default="hand",
    )
    rule_id = fields.Many2one("client.status.rule", ondelete="set null")
    res_model = fields.Char("Document Model")
    res_id = fields.Many2oneReference("Document ID", model_field="res_model")
    document_name = fields.Char("Document", compute="_compute_document_name")

    _history_idx = models.Index("(partner_id, date DESC, id DESC)")
    _operation_idx = models.Index(
        "(res_id, partner_id) WHERE res_model = 'client.bulk.operation'"
    )

    @api.model
    def _selection_qualifier(self):
        """:return: the qualifiers with their labels, see `get_field_string`"""
        Partner = self.env["res.partner"]
        catalogue = self.env["client.metric"]._catalogue()
        labels = self.env["ir.model.fields"].get_field_string("res.partner")
        return [
            (name, labels.get(name) or Partner._fields[name].string)
            for name in (
                *Partner._client_journal_fields(),
                "client_gets_no_documents",
                "category_id",
                *(dimension.field for dimension in catalogue.dimensions),
            )
        ]

    @api.model
    def _readable_domain(self):
        hidden = self._hidden_qualifiers()
        domain = super()._readable_domain()
        return domain & Domain("qualifier", "not in", hidden) if hidden else domain

    @api.model
    def _hidden_qualifiers(self):
        """:return: names of the fields that the user may not read, neither on a client
        nor in its journal
        """
        partners = self.env["res.partner"]
        names = [name for name, _label in self._selection_qualifier()]
        return [
            name
            for name in names
            if not partners._has_field_access(partners._fields[name], "read")
        ]

    def _with_readable_client(self):
        hidden = self._hidden_qualifiers()
        changes = self.sudo().filtered(lambda change: change.qualifier not in hidden)
        return super(ClientChange, self & changes)._with_readable_client()

    @api.depends("qualifier", "old_value", "new_value", "old_name", "new_name")
    @api.depends_context("lang")
    def _compute_labels(self):
        Partner = self.env["res.partner"]
        for name, changes in self.grouped("qualifier").items():
            field = Partner._fields.get(name)
            labels = changes._current_labels(field) if field else {}
            for change in changes:
                change.old_label = labels.get(change.old_value, change.old_name)
                change.new_label = labels.get(change.new_value, change.new_name)
                if name != "client_blocked":
                    continue
                if change.old_name:
                    change.old_label = labelled(
                        self.env, change.old_label, change.old_name
                    )
                if change.new_name:
                    change.new_label = labelled(
                        self.env, change.new_label, change.new_name
                    )

    def _current_labels(self, field):
        """:return: dict of the current names of the values in these lines, by value"""
        if field.type in ("many2one", "many2many"):
            ids = {
                int(value)
                for change in self
                for value in (change.old_value, change.new_value)
                if value
            }
            records = self.env[field.comodel_name].sudo().browse(ids).exists()
            return {str(record.id): record.display_name for record in records}
        if field.type == "boolean":
            return {"true": self.env._("Yes"), "false": self.env._("No")}
        if field.type != "selection":
            return {}  # the value itself is its name
        return dict(field._description_selection(self.env))

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_document_name(self):
        names = self._document_names(self)
        for change in self:
            change.document_name = names.get((change.res_model, change.res_id))

    @api.model
    def _document_names(self, lines):
        """The names of the documents of `lines` that the user may read.

        :param lines: records with `res_model` and `res_id`
        :return: dict of names by model and id
        """
        names = {}
        for model, of_model in lines.filtered("res_id").grouped("res_model").items():
            if model not in self.env or not self.env[model].has_access("read"):
                continue
            documents = self.env[model].browse(of_model.mapped("res_id")).exists()
            for document in documents._filtered_access("read"):
                names[model, document.id] = document.display_name
        return names

    @for_one("read")
    def action_open_document(self):
        """:return: action that opens the document that caused the change"""
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    @api.model
    def _log(self, rows, reasons=None, reason=None):
        """Write journal lines.

        :param rows: tuples `(partner, company or None, field name, old, new)`, with the
            values as read from the partner
        :param reasons: dict of the previous reasons of blocks, by partner
        :param reason: why somebody has overruled a class
        """
        origin = "import" if ImportRun.of(self.env) else "hand"
        # Default values in the caller's context must not get into a line.
        without_defaults(self.sudo()).create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": company.id if company else False,
                    "qualifier": name,
                    "old_value": self._raw(old),
                    "new_value": self._raw(new),
                    "old_name": self._name_of(partner, name, old, reasons),
                    "new_name": self._name_of(partner, name, new),
                    "user_id": self.env.uid,
                    "origin": origin,
                    "reason": reason,
                }
                for partner, company, name, old, new in rows
            ]
        )

    @api.model
    def _last_decision(self, metric, qualifier):
        """:return: the last line about a class of the client of a `client.metric`; only
        decisions write such lines
        """
        return self.sudo().search(
            [
                ("partner_id", "=", metric.partner_id.id),
                ("company_id", "=", metric.company_id.id),
                ("qualifier", "=", qualifier),
            ],
            limit=1,
        )

    def _is_value_of(self, client):
        """:return: whether a client has the new value of this line"""
        self.ensure_one()
        field = client._fields.get(self.qualifier)
        if not field:
            return False
        client = client.sudo().with_company(self.company_id or self.env.company)
        value = client[self.qualifier]
        if field.type == "many2many":
            return self.new_value in map(str, value.ids)
        return self._raw(value) == self.new_value

    @api.model
    def _raw(self, value):
        """:return: the value as the journal stores it, see `engine.partner.assign`"""
        if isinstance(value, models.BaseModel):
            return str(value.id) if value else False
        if isinstance(value, bool):
            return "true" if value else "false"
        return value

    @api.model
    def _name_of(self, partner, name, value, reasons=None):
        if isinstance(value, models.BaseModel):
            return value.display_name
        if name == "client_blocked":
            reasons = reasons or {}
            return value and reasons.get(partner, partner.client_blocked_reason)
        field = partner._fields[name]
        if field.type == "boolean":
            return False
        if field.type != "selection":
            return value or False
        return dict(field._description_selection(self.env)).get(value)
