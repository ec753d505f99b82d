from odoo import api, models


class ClientFigureSource(models.AbstractModel):
    """Records that figures depend on: a change queues their clients.

    A model that inherits this defines the fields that figures depend on, and the pairs
    of client and company.
    """

    _name = "client.figure.source"
    _description = "Source of the Figures of Clients"

    # Names of the fields that the figures depend on.
    _client_figure_fields = frozenset()

    def _client_pairs(self):
        """:return: set of pairs of ids, commercial partner and company, whose figures
        depend on these records; models that inherit this one override it
        """
        return set()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env["client.metric.queue"]._add(records._client_pairs())
        return records

    def write(self, vals):
        if not self or not isinstance(vals, dict):  # Odoo raises the error
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
