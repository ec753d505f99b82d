from odoo import api, fields, models

from ...engine.locks import fill
from ...engine.partner.gate import GATES, blocked, close_gates
from ..safety.words import in_words


class ClientBlockGate(models.Model):
    """Rows that postings and blockings lock, see `engine.partner.gate`; nobody edits
    them. Models reach the gates here.
    """

    _name = "client.block.gate"
    _description = "Gate between Postings and Blockings"
    _log_access = False

    version = fields.Integer(required=True, default=0)

    def init(self):
        fill(self.env, self._table, GATES)

    @api.model
    @in_words
    def _close(self, clients=None):
        """Before clients are blocked, see `close_gates`.

        :param clients: ids of commercial partners, or None for all
        """
        close_gates(self.env, clients)

    @api.model
    @in_words
    def _blocked(self, clients, company):
        """Which clients get no document of a company, as of now and until the
        transaction ends, however old it is.

        :param clients: `res.partner`, commercial partners
        :return: those among them
        """
        return clients.browse(sorted(blocked(self.env, clients.ids, company)))
