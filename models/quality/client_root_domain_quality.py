from odoo import api, models
from odoo.exceptions import AccessError

FIELD = "client_findings"


class ClientRootDomain(models.AbstractModel):
    """A user whose filter Odoo evaluates with superuser rights may only filter by the
    findings that he may see.
    """

    _inherit = "client.root.domain"

    @api.model
    def _check_conditions(self, records, domain):
        super()._check_conditions(records, domain)
        quality = self.env["client.quality"]
        seen = {check.name for check in quality._readable_checks()}
        if len(seen) == len(quality._known_checks()):
            return
        for condition in domain.iter_conditions():
            if condition.field_expr.split(".")[-1] != FIELD:
                continue
            value = condition.value
            values = value if isinstance(value, (list, tuple, set)) else [value]
            named = condition.operator in ("=", "!=", "in", "not in")
            if not named or not all(
                isinstance(name, str) and name in seen for name in values
            ):
                raise AccessError(
                    self.env._("You may not filter by findings that you may not see.")
                )
