from odoo import api, models

from ...engine.duplicate.find import look
from ...engine.duplicate.lookup import can_look_up, candidates
from .reasons import reasons_in_words

# Where the cache of the cursor keeps the messages of an import.
SIMILAR = "client_import_similar"
SHOWN = 10
# With more new clients in a file, one pass over all partners is quicker.
MOST_LOOKED_UP = 30


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _client_loaded(self, ids):
        result = super()._client_loaded(ids)
        # Only Odoo's import screen shows the messages.
        if SIMILAR in self.env.cr.cache:
            self.env.cr.cache[SIMILAR] = self._client_similar_imported(ids)
        return result

    @api.model
    def _client_similar_imported(self, ids):
        """:param ids: ids of new partners
        :return: list of sentences about the ones that look like others
        """
        if not ids:
            return []
        new, among = set(ids), None
        if len(new) <= MOST_LOOKED_UP and can_look_up(self.env):
            among = new.union(*(candidates(self.env, partner) for partner in new))
        rows = look(self.env, ids, among)
        partners = self.env["res.partner"].browse(
            {partner for row in rows for partner in row[:2]}
        )
        readable = set(partners._filtered_access("read").ids)
        lines, told = [], set()
        for one, other, _sure, reasons in rows:
            # The new one of the two, or the one that comes later in the file.
            one, other = sorted((one, other), key=lambda one: (one not in new, -one))
            if one in told or not {one, other} <= readable:
                continue
            told.add(one)
            lines.append(
                self.env._(
                    "“%(new)s” looks like “%(other)s”: %(reasons)s.",
                    new=partners.browse(one).display_name,
                    other=partners.browse(other).display_name,
                    reasons=reasons_in_words(self.env, reasons),
                )
            )
        if len(lines) <= SHOWN:
            return lines
        more = self.env._("And %s more, see Possible Duplicates.", len(lines) - SHOWN)
        return [*lines[:SHOWN], more]


class BaseImport(models.TransientModel):
    _inherit = "base_import.import"

    def execute_import(self, fields, columns, options, dryrun=False):
        """:return: also `client_similar`: sentences about imported clients that look
        like others. They are no errors, so they are not among the messages
        """
        if set(self.mapped("res_model")) != {"res.partner"}:
            return super().execute_import(fields, columns, options, dryrun=dryrun)
        cache = self.env.cr.cache
        cache[SIMILAR] = []
        try:
            result = super().execute_import(fields, columns, options, dryrun=dryrun)
        finally:
            similar = cache.pop(SIMILAR, [])
        if similar and not result.get("messages"):
            result["client_similar"] = similar
        return result
