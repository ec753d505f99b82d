from contextlib import ExitStack

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...engine.partner.gate import forget_statuses
from .client_change import ImportRun
from .res_partner import PARENT_FIELDS
from .res_partner_personal import PERSONAL_FIELDS

RATINGS = ("0", "1", "2", "3", "4", "5")
# Each client has a value of these fields: an empty one means the default.
NEVER_EMPTY = ("client_status_id", "client_type_id")
# Where the cache of the cursor keeps the number of rows of a file that were imported
# before the ones that are imported now.
ROWS_BEFORE = "client_import_rows_before"


class BatchRefused(Exception):
    """The rows of an import cannot be written together. Odoo then writes each row
    alone, and so finds the row with the error.
    """


class ResPartner(models.Model):
    """The only override of `create`, `write`, `load` and `default_get`. `write` works
    in this order:

    1. Access rights: raise if the user may not write the partner and the fields.
    2. Values: refuse values that are not valid, and ignore those that cannot be set.
    3. Qualifiers of a client that are written on a contact are written on the client.
    4. Steps with code before and after Odoo's `write`. The code after it runs in the
       reverse order.
    """

    _inherit = "res.partner"

    def _client_steps(self):
        """:return: steps around Odoo's `write`: functions of the values, which return a
        context manager with the values to write
        """
        return (
            self._client_figures_enqueued,
            self._client_zones_enqueued,
            self._client_quality_checked,
            self._client_tags_journalled,
            self._client_journalled,
            self._client_blocks_kept,
        )

    @api.model
    def _client_watched_fields(self):
        """:return: names of the fields whose changes the addon handles"""
        return {
            *self._client_fields(),
            *PERSONAL_FIELDS,
            *PARENT_FIELDS,
            "category_id",
            "commercial_partner_id",
            "country_id",
            "email",
            "phone",
            "tz",
            "vat",
        }

    def write(self, vals):
        if not self or not isinstance(vals, dict):
            return super().write(vals)
        if self._client_watched_fields().isdisjoint(vals):
            return super().write(vals)
        self.check_access("write")
        forget_statuses(self.env)
        for name in vals.keys() & self._fields.keys():
            self._check_field_access(self._fields[name], "write")
        values = self._client_values(vals)
        if not self._client_write_each(values):
            values |= self._client_defaults(values)
            with ExitStack() as steps:
                for step in self._client_steps():
                    values = steps.enter_context(step(values))
                super().write(values)
        if client := vals.get("commercial_partner_id"):
            self._client_check_commercial([client] * len(self))
        return True

    def _client_write_plain(self, vals):
        """Write without the steps, for values that the steps themselves set."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.model
    def default_get(self, fields):
        """A client that people create in a list of the menu Clients has the country of
        their company. An import from there, or a contact created elsewhere, has none.
        """
        values = super().default_get(fields)
        if (
            "country_id" in fields
            and not values.get("country_id")
            and self.env.context.get("client_new_has_country")
            and not ImportRun.of(self.env)
            and (country := self.env.company.sudo().country_id)
        ):
            values["country_id"] = country.id
        return values

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        clients = [vals.get("commercial_partner_id") for vals in vals_list]
        if any(clients):
            partners._client_check_commercial(clients)
        partners._client_journal_new()
        self.env["client.quality"].sudo()._check_partners(partners.sudo())
        if run := ImportRun.of(self.env):
            run.created.update(partners.ids)
        return partners

    def _prepare_create_values(self, vals_list):
        """Here the default values are included, also those from the context."""
        prepared = []
        for vals in super()._prepare_create_values(vals_list):
            values = self._client_values(vals)
            values |= self._client_defaults(values)
            prepared.append(self._client_stamped(values))
        return self._client_completed(prepared)

    @api.model
    def _client_completed(self, vals_list):
        """:return: the values of new partners, with those that follow from others; the
        rooms below extend it
        """
        return vals_list

    @api.model
    def load(self, fields, data):
        """An import of blocked clients closes their gates at its end, so postings do
        not wait for the import.
        """
        run = ImportRun(fields, data)
        rows_before = self.env.cr.cache.pop(ROWS_BEFORE, None) or 0
        partners = self.with_context(**{ImportRun.KEY: run})
        result = super(ResPartner, partners).load(fields, data)
        if result["ids"]:
            self.env["client.block.gate"]._close(run.blocked)
            self._client_loaded([one for one in result["ids"] if one in run.created])
        self._client_name_rows(result["messages"], rows_before)
        return result

    @api.model
    def _client_loaded(self, ids):
        """:param ids: ids of the partners that an import has created"""

    @api.model
    def _client_name_rows(self, messages, rows_before):
        """Make the import screen show the row of each error.

        The screen itself shows it for several errors in one column only, and for an
        error in no column it shows `record` as the number of the row.
        """
        for message in messages:
            rows = message.get("rows")
            if not rows:
                continue
            message["rows"] = {end: row + rows_before for end, row in rows.items()}
            row = message["rows"]["from"] + 1
            if "field" not in message:
                message["record"] = row
            else:
                message["message"] = self.env._(
                    "%(message)s (row %(row)s)", message=message["message"], row=row
                )

    def _load_records(self, data_list, update=False):
        # If the first attempt with all rows of an import raises a user error, Odoo
        # reports it for the first row, whatever row it is about.
        try:
            return super()._load_records(data_list, update)
        except UserError as error:
            if len(data_list) > 1 and ImportRun.of(self.env):
                raise BatchRefused from error
            raise

    @api.model
    def _client_values(self, vals):
        """:return: copy of `vals` with valid values only"""
        self._client_check_personal_details(vals)
        vals = dict(vals)
        vals.pop("commercial_partner_id", None)
        if "client_rating" in vals:
            vals["client_rating"] = vals["client_rating"] or "0"
            if vals["client_rating"] not in RATINGS:
                raise ValidationError(
                    self.env._(
                        "“%s” is not a rating. Choose a number of stars from 0 to 5.",
                        vals["client_rating"],
                    )
                )
        return vals

    def _client_defaults(self, vals):
        """:return: dict of the default values for the empty ones of `NEVER_EMPTY`"""
        defaults = {}
        for name in NEVER_EMPTY:
            if name in vals and not vals[name]:
                field = self._fields[name]
                if field.company_dependent:
                    value = field.get_company_dependent_fallback(self)
                    defaults[name] = field.convert_to_write(value, self)
                else:
                    defaults[name] = field.default(self)
        return defaults

    def _client_check_commercial(self, wanted):
        """Raise if the written commercial partner is not the one of the hierarchy. With
        another one, the partner would have the figures, status and block of another
        client.

        :param wanted: list of the written ids, one per partner, or None
        """
        for partner, client in zip(self, wanted, strict=True):
            if client and client != partner.commercial_partner_id.id:
                raise UserError(
                    self.env._(
                        "The commercial entity of “%s” follows from its company. "
                        "Change the company that it belongs to instead.",
                        partner.name,
                    )
                )

    def _client_write_each(self, vals):
        """If `vals` mean different things for some of these partners, write them part
        by part.

        :return: whether everything has been written
        """
        return self._client_write_without_empty(vals) or self._client_write_on_clients(
            vals
        )

    def _client_write_without_empty(self, vals):
        """Ignore an empty status or type of contacts: they have those of their client.

        :return: whether there were such contacts; then everything has been written
        """
        rest = {
            name: value
            for name, value in vals.items()
            if value or name not in NEVER_EMPTY
        }
        if len(rest) == len(vals):
            return False
        staying = self - self._client_changing_parent(vals)
        contacts = staying.filtered(
            lambda partner: partner.commercial_partner_id != partner
        )
        if not contacts:
            return False
        if rest:
            contacts.write(rest)
        (self - contacts).write(vals)
        return True

    def _client_write_on_clients(self, vals):
        """If contacts get qualifiers that differ from their client's, write these on
        the client, and the other values on the contacts.

        :return: whether there were such contacts; then everything has been written
        """
        qualifying = {
            name: value for name, value in vals.items() if name in self._client_fields()
        }
        contacts = self.browse()
        if qualifying:
            staying = self - self._client_changing_parent(vals)
            contacts = staying.filtered(
                lambda partner: partner._client_differs(qualifying)
            )
        if not contacts:
            return False
        contacts.commercial_partner_id.write(qualifying)
        rest = {name: value for name, value in vals.items() if name not in qualifying}
        if rest:
            contacts.write(rest)
        (self - contacts).write(vals)
        return True

    def _client_changing_parent(self, vals):
        """:return: the partners that `vals` make contacts of another client, or clients
        of their own
        """
        names = PARENT_FIELDS & vals.keys()
        new_values = [(self._fields[name], vals[name]) for name in names]
        return self.filtered(
            lambda partner: any(
                field.convert_to_cache(value, partner)
                != field.convert_to_cache(partner[field.name], partner)
                for field, value in new_values
            )
        )

    def _client_differs(self, vals):
        """:return: whether this partner is a contact and its client has other values"""
        self.ensure_one()
        client = self.commercial_partner_id
        return client != self and any(
            client._fields[name].convert_to_cache(value, client)
            != client._fields[name].convert_to_cache(client[name], client)
            for name, value in vals.items()
        )
