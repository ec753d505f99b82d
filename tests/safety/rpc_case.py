"""Base class of the tests of RPC calls: outsiders, and the traces of calls."""

from odoo.exceptions import UserError
from odoo.service.model import call_kw

from ..common import ClientCase


class RpcCase(ClientCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls.new_portal_user()
        cls.employee = cls.new_employee()
        cls.manager = cls.new_manager()
        cls.outsiders = (cls.env.ref("base.public_user"), cls.portal, cls.employee)
        cls.env.flush_all()

    def call(self, user, model, method, *args, **context):
        """What a browser or a script sends with somebody's session."""
        company = user.company_id or self.company
        context = {"allowed_company_ids": company.ids, **context}
        records = self.env(user=user.id, su=False)[model]
        result = call_kw(records, method, list(args), {"context": context})
        self.env.flush_all()
        return result

    def quietly(self, user, model, method, *args, **context):
        """:return: what a call has told other workers, and of gates it has changed;
        it may be refused
        """
        registry = self.env.registry
        registry.registry_invalidated = False
        registry.cache_invalidated.clear()
        before = self.gates()
        try:
            with self.env.cr.savepoint():
                self.call(user, model, method, *args, **context)
                told = self.told()
                gates = self.gates() != before
        except UserError:
            told, gates = self.told(), False
        finally:
            registry.registry_invalidated = False
            registry.cache_invalidated.clear()
        return told, gates

    def told(self):
        registry = self.env.registry
        invalidated = {"registry"} if registry.registry_invalidated else set()
        return invalidated | registry.cache_invalidated

    def gates(self):
        self.env.cr.execute(
            "SELECT ctid, xmin, xmax FROM client_block_gate ORDER BY id"
        )
        return self.env.cr.fetchall()
