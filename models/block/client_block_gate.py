from odoo import api, fields, models

from ...engine.locks import fill
from ...engine.partner.gate import GATES, blocked, close_gates
from ..safety.words import in_words


class ClientBlockGate(models.Model):
    """Rows that postings and blocks lock, see `engine.partner.gate`. Users do not edit
    them. Models call the gates by these methods.
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
        """Call this before clients are blocked, see `close_gates`.

        :param clients: ids of commercial partners, or None for all
        """
        close_gates(self.env, clients)

    @api.model
    @in_words
    def _blocked(self, clients, company):
        """The blocked clients in a company. The result is up to date also in an old
        transaction, and stays valid until the transaction ends.

        :param clients: `res.partner`, commercial partners
        :return: the clients that are blocked
        """
        return clients.browse(sorted(blocked(self.env, clients.ids, company)))
