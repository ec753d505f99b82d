from odoo import api, models

from .client_root_domain import RootDomainGuard


class ClientGuard(models.AbstractModel):
    """Guards check the methods of models before the models do anything, also in apps
    that this addon does not depend on. If such a model exists, it gets its guards when
    the registry is ready. No other addon has to be installed for this.

    `_guards` is a catalogue: other addons add their guards by `_inherit`.
    """

    _name = "client.guard"
    _description = "Guards before Models"

    @api.model
    def _guards(self):
        """:return: dict of tuples of subclasses of `Guard`, by name of the model"""
        domains = self.env["client.root.domain"]._root_domains()
        return dict.fromkeys(domains, (RootDomainGuard,))

    @api.model
    def _install(self):
        """Make the guards the first base classes of the models.

        Methods on the class of the registry would not work: *Automation Rules* removes
        such methods when one of its rules changes. The guards must be there before it
        looks up the methods that it wraps.
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
        # `ir.model` is in Odoo's first module, so this runs before the hooks of apps.
        self.env["client.guard"]._install()
        return super()._register_hook()
