from odoo import api, models

from .client_document_guard import DocumentGuard, OrderPaymentGuard
from .client_root_domain import RootDomainGuard


class ClientGuard(models.AbstractModel):
    """What stands before the methods of models, also of those of apps that the addon
    does not need: a model that is there gets its guards when the registry is ready.
    Nothing has to be installed for it.

    `_guards` is a catalogue: another addon adds its own by `_inherit`.
    """

    _name = "client.guard"
    _description = "Guards before Models"

    @api.model
    def _guards(self):
        """:return: classes by name of the model: no models, with a method `fits`"""
        documents = self.env["client.blocked.document"]._documents()
        domains = self.env["client.root.domain"]._root_domains()
        return {
            **dict.fromkeys(documents, (DocumentGuard,)),
            **dict.fromkeys(domains, (RootDomainGuard,)),
            "payment.transaction": (OrderPaymentGuard,),
        }

    def _register_hook(self):
        """Put the guards before everything else that the models do.

        As base classes and not as methods on the class of the registry: *Automation
        Rules* removes all such methods whenever a rule changes.
        """
        super()._register_hook()
        for model, guard in self._fitting():
            if guard not in model._base_classes__:
                model._base_classes__ = (guard, *model._base_classes__)
                model.__bases__ = model._base_classes__

    def _unregister_hook(self):
        super()._unregister_hook()
        for model, guard in self._fitting():
            if guard in model._base_classes__:
                model._base_classes__ = tuple(
                    base for base in model._base_classes__ if base is not guard
                )
                model.__bases__ = model._base_classes__

    @api.model
    def _fitting(self):
        """:return: pairs of a class of the registry and a guard"""
        return [
            (model, guard)
            for name, guards in self._guards().items()
            if (model := self.env.registry.get(name))
            for guard in guards
            if guard.fits(model)
        ]
