from odoo import api, models

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
        """:return: classes by name of the model: subclasses of `Guard`"""
        domains = self.env["client.root.domain"]._root_domains()
        return dict.fromkeys(domains, (RootDomainGuard,))

    @api.model
    def _install(self):
        """Put the guards before everything else that the models do.

        As base classes and not as methods on the class of the registry: *Automation
        Rules* removes all such methods whenever a rule changes. The guards are there
        before it looks for the methods that its own ones call, and they stay.
        """
        for model, guard in self._fitting():
            if guard not in model._base_classes__:
                model._base_classes__ = (guard, *model._base_classes__)
                model.__bases__ = model._base_classes__

    @api.model
    def _fitting(self):
        """:return: pairs of a class of the registry and a guard"""
        return [
            (model, guard)
            for name, guards in self._guards().items()
            if (model := self.env.registry.get(name))
            for guard in guards
            if guard._fits(model)
        ]


class IrModel(models.Model):
    _inherit = "ir.model"

    def _register_hook(self):
        # Of a model of Odoo's first module, and so before the hooks of all apps.
        self.env["client.guard"]._install()
        return super()._register_hook()
