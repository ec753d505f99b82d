from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..metric.metric_field import GROUP

MOST_SEGMENTS = 10
# Value of the context key `client_plain_report`: an object, which nobody sends by RPC.
PLAIN = object()


class ResPartner(models.Model):
    """The clients that were in a class on a day, or went from one to another."""

    _inherit = "res.partner"

    client_class_at = fields.Char(
        "Class on a Day",
        compute="_compute_client_class_at",
        search="_search_client_class_at",
        groups=GROUP,
        exportable=False,
        help="To search only: a class, a day and a value, like "
        "revenue_class_computed:2025-12-31:vip, or two of them, like "
        "revenue_class_computed:2025-12-31:vip>2026-06-30:small.",
    )

    def _compute_client_class_at(self):
        self.client_class_at = False

    @api.model
    def _search_client_class_at(self, operator, value):
        """Search segments by their references, see `engine.analysis.segment_ref`. The
        classes of each day are computed from all documents: of some days only.
        """
        self._check_field_access(self._fields["client_class_at"], "read")
        if operator != "in":
            return NotImplemented
        if len(value) > MOST_SEGMENTS:
            raise UserError(
                self.env._("Search at most %s classes on a day at once.", MOST_SEGMENTS)
            )
        analysis = self.env["client.analysis"]
        return Domain.OR(
            Domain("id", "in", analysis._members(analysis._segment_ref(text)))
            for text in value
        )

    def _invoice_total(self):
        # Every form of a contact asks for that, and for nothing else of a client.
        plain = self.with_context(client_plain_report=PLAIN)
        return super(ResPartner, plain)._invoice_total()
