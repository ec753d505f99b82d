from odoo import api, models


class ClientFigureSource(models.AbstractModel):
    """Records that figures count: when one changes, the figures of its clients do.

    A model that inherits this one says which fields count, and whose figures.
    """

    _name = "client.figure.source"
    _description = "What the Figures of Clients Count"

    # Names of the fields that the figures read.
    _client_figure_fields = frozenset()

    def _client_pairs(self):
        """:return: set of pairs of ids, commercial partner and company, whose figures
        count these records; each model says it
        """
        return set()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env["client.metric.queue"]._add(records._client_pairs())
        return records

    def write(self, vals):
        if not self or not isinstance(vals, dict):  # Odoo itself says what is wrong
            return super().write(vals)
        if self._client_figure_fields.isdisjoint(vals):
            return super().write(vals)
        self.check_access("write")
        before = self._client_pairs()
        result = super().write(vals)
        self.env["client.metric.queue"]._add(before | self._client_pairs())
        return result

    def unlink(self):
        if not self:
            return super().unlink()
        self.check_access("unlink")
        pairs = self._client_pairs()
        result = super().unlink()
        self.env["client.metric.queue"]._add(pairs)
        return result
