from contextlib import ExitStack

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...engine.partner.gate import forget_statuses
from .client_change import ImportRun
from .res_partner import MOVES
from .res_partner_personal import PERSONAL_FIELDS

RATINGS = ("0", "1", "2", "3", "4", "5")


class ResPartner(models.Model):
    """The one `create`, `write` and `load`: what the addon does there, in this order.

    1. Rights: who may not write the partner and the fields gets no further.
    2. Values: what cannot be set is refused or left out.
    3. What qualifies a client and is written on a contact goes to the client.
    4. Steps that look before Odoo writes, and act afterwards. They come back in the
       reverse order: the first one is the last to act.
    """

    _inherit = "res.partner"

    def _client_steps(self):
        """:return: steps around Odoo's `write`: each is called with the values, and
        returns a context manager that gives those to write
        """
        return (
            self._client_figures_enqueued,
            self._client_tags_journalled,
            self._client_journalled,
            self._client_blocks_kept,
        )

    @api.model
    def _client_watched_fields(self):
        """:return: names of the fields whose change concerns the addon"""
        return {
            *self._client_fields(),
            *PERSONAL_FIELDS,
            *MOVES,
            "category_id",
            "commercial_partner_id",
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
        if not self._client_write_up(values):
            with ExitStack() as steps:
                for step in self._client_steps():
                    values = steps.enter_context(step(values))
                super().write(values)
        if client := vals.get("commercial_partner_id"):
            self._client_check_commercial([client] * len(self))
        return True

    def _client_write_plain(self, vals):
        """Write what the steps have decided: as Odoo does, without another step."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        clients = [vals.get("commercial_partner_id") for vals in vals_list]
        if any(clients):
            partners._client_check_commercial(clients)
        partners._client_journal_new()
        return partners

    def _prepare_create_values(self, vals_list):
        """Here the defaults are in, those of the context as well."""
        result = super()._prepare_create_values(vals_list)
        return [self._client_stamped(self._client_values(vals)) for vals in result]

    @api.model
    def load(self, fields, data):
        """An import of clients that are blocked keeps nobody from posting meanwhile:
        its gates are closed at its end.
        """
        run = ImportRun()
        partners = self.with_context(**{ImportRun.KEY: run})
        result = super(ResPartner, partners).load(fields, data)
        if result["ids"]:
            self.env["client.block.gate"]._close(run.blocked)
        return result

    @api.model
    def _client_values(self, vals):
        """:return: a copy of `vals` as they can be written"""
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

    def _client_check_commercial(self, wanted):
        """Raise when somebody writes another client than follows from the hierarchy:
        figures, status and block would be taken away from theirs.

        :param wanted: id that was given for each of these partners, or None
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

    def _client_write_up(self, vals):
        """Write what differs from the client on the client, the rest on its contacts.

        :return: whether there were such contacts, and everything is written
        """
        qualifying = {
            name: value for name, value in vals.items() if name in self._client_fields()
        }
        contacts = self.browse()
        if qualifying:
            staying = self - self._client_movers(vals)
            contacts = staying.filtered(lambda one: one._client_differs(qualifying))
        if not contacts:
            return False
        contacts.commercial_partner_id.write(qualifying)
        rest = {name: value for name, value in vals.items() if name not in qualifying}
        if rest:
            contacts.write(rest)
        (self - contacts).write(vals)
        return True

    def _client_movers(self, vals):
        """:return: those of these that `vals` take to another client, or make one"""
        moves = [(self._fields[name], vals[name]) for name in MOVES & vals.keys()]
        return self.filtered(
            lambda one: any(
                field.convert_to_cache(value, one)
                != field.convert_to_cache(one[field.name], one)
                for field, value in moves
            )
        )

    def _client_differs(self, vals):
        """:return: whether this is a contact whose client has other values"""
        self.ensure_one()
        client = self.commercial_partner_id
        return client != self and any(
            client._fields[name].convert_to_cache(value, client)
            != client._fields[name].convert_to_cache(client[name], client)
            for name, value in vals.items()
        )
