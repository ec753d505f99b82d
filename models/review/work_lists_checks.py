from odoo import api, models
from odoo.fields import Domain

from ..metric.metric_field import GROUP
from .work_list import WorkList

QUALITY, DUPLICATE = "client.quality", "client.duplicate"
# Hints that take time and people, so they are a work list too.
HINTS = {"no_activity": (1,), "old_email": (3,)}


class ClientReviewList(models.Model):
    """The work lists that follow from the checks of the data and from duplicates."""

    _inherit = "client.review.list"

    @api.model
    def _work_lists(self):
        lists = super()._work_lists()
        known = {work.key for work in lists}
        more = (*self._lists_of_duplicates(), *self._lists_of_checks())
        return (*lists, *(work for work in more if work.key not in known))

    @api.model
    def _lists_of_checks(self):
        """A list for each check of the catalogue `_checks`, by its name. Some of them
        are in the catalogue of the lists themselves.
        """
        if QUALITY not in self.env:
            return ()
        return tuple(
            WorkList(
                check.name,
                HINTS.get(check.name, (1, 3)),
                check.label,
                self.env._("Something in their file is missing or wrong."),
                self.env._("Open the client, and correct what the form points out."),
                domain=[("client_findings", "in", [check.name])],
                is_quality=bool(check.weight),
                is_figure=check.groups == GROUP,
            )
            for check in self.env[QUALITY]._known_checks()
            if (not check.groups or check.groups == GROUP)
            and (check.weight or check.name in HINTS)
        )

    @api.model
    def _lists_of_duplicates(self):
        return (
            WorkList(
                "duplicates",
                (1,),
                self.env._("Possible Duplicates"),
                self.env._("Another client looks the same."),
                self.env._("Merge the two, or say that they are not the same."),
                domain=lambda today: self._with_duplicate(),
                is_quality=True,
                needs=(DUPLICATE,),
                action="client_segmentation.client_duplicate_action",
            ),
        )

    @api.model
    def _with_duplicate(self):
        pairs = self.env[DUPLICATE].sudo()
        pairs = pairs._search([("state", "=", "open"), ("of_contacts", "=", False)])
        return Domain("id", "in", pairs.subselect("partner_id")) | Domain(
            "id", "in", pairs.subselect("other_id")
        )
