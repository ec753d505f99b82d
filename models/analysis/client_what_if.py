from odoo import api, models
from odoo.exceptions import AccessError

from ...engine.analysis.pareto import curve
from ...engine.analysis.segment_ref import NONE, OTHER, SegmentRef, Side
from ...engine.analysis.transitions import NAMED, transition_matrix
from ...engine.classes.revenue import REVENUE_CLASS

MANAGER = "client_segmentation.group_client_manager"


class ClientWhatIf(models.AbstractModel):
    """Other limits of the classes: who would enter and leave, before anybody keeps
    them.
    """

    _name = "client.what.if"
    _inherit = "client.analysis"
    _description = "What If"

    @api.model
    @api.readonly
    def preview(self, changes):
        """What other limits would make of the classes in effect; writes nothing.

        :param dict changes: limits by name
        :return: dict with the `sections` of limits, the limits `own` of the company and
            the changed `policy`, the Pareto `curve` with its `cuts`, and the `classes`
            with who `enter` and `leave`; revenue in the company's currency, of the
            window of the limits
        """
        company = self._company()
        now, then = self._moment(self._today()), self._moment(self._today(), changes)
        # What is the same as the company's is no change.
        changes = then.policy.changes_from(now.policy)
        clients = self._clients()
        before, after = self._segments(now), self._segments(then)
        catalogue = now.catalogue
        # The cuts of the curve are those of the computed class.
        names = (*catalogue.effective, REVENUE_CLASS.computed)
        rows = transition_matrix(self.env, clients, before, after, names)
        return {
            "company": company.name,
            "currency_id": company.currency_id.id,
            "can_apply": self.env.user.has_group(MANAGER),
            "sections": [self._section(company, one) for one in catalogue.dimensions],
            "own": {name: getattr(now.policy, name) for name in catalogue.limits},
            "policy": {name: getattr(then.policy, name) for name in catalogue.limits},
            "changes": changes,
            "classes": [
                self._class(name, rows, changes) for name in catalogue.effective
            ],
            "cuts": self._cuts(rows),
            "curve": curve(self.env, clients, after),
        }

    @api.model
    def apply(self, changes):
        """Keep the limits of a preview: the classes become what it showed.

        :param dict changes: see `preview`
        """
        company = self._company()
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "Only an administrator of the client file may change the limits. "
                    "Tell them which ones you would choose."
                )
            )
        self._moment(self._today(), changes)
        company._client_apply_limits(changes or {})

    @api.model
    def _section(self, company, dimension):
        """:return: dict of the `limits` of a dimension that people try: what a limit is
        called, from where to where it goes, and when it counts
        """
        return {
            "name": dimension.name,
            "label": self._class_label(dimension.name),
            "limits": [
                {
                    "name": limit.name,
                    "label": company._client_limit_label(limit.name),
                    "min": limit.lowest,
                    "max": limit.slider or limit.highest,
                    "type": company._fields[f"client_{limit.name}"].type,
                    "when": limit.when,
                }
                for limit in dimension.limits
            ],
        }

    def _class(self, name, rows, changes):
        """:return: dict of a class: its values, and who enters and leaves them"""
        rows = [row for row in rows if row["name"] == name]
        return {
            "name": name,
            "label": self._class_label(name),
            "changed": sum(row["count"] for row in rows if row["old"] != row["new"]),
            "values": [
                {
                    "value": value,
                    "label": label,
                    "before": self._total(rows, "old", value, "revenue_before"),
                    "after": self._total(rows, "new", value, "revenue_after"),
                    "enter": self._changed(name, rows, OTHER, value, changes),
                    "leave": self._changed(name, rows, value, OTHER, changes),
                }
                for value, label in self._labels(name)
            ],
        }

    def _total(self, rows, side, value, revenue):
        own = [row for row in rows if (row[side] or NONE) == value]
        return {
            "count": sum(row["count"] for row in own),
            "revenue": float(sum(row[revenue] for row in own)),
        }

    def _changed(self, name, rows, old, new, changes):
        """:return: dict with `count`, `revenue`, the `cell` of those that go from one
        class to another, and the `name` and `revenue` of the best of them
        """
        side, value = ("old", old) if new == OTHER else ("new", new)
        changed = [
            row
            for row in rows
            if row["old"] != row["new"] and (row[side] or NONE) == value
        ]
        named = sorted(
            (client for row in changed for client in row["named"]),
            key=lambda client: (-client[1], client[0]),
        )[:NAMED]
        names = self.env["res.partner"].browse(client for client, _revenue in named)
        today = self._today()
        return {
            "count": sum(row["count"] for row in changed),
            "revenue": float(sum(row["revenue_after"] for row in changed)),
            "cell": str(SegmentRef(name, Side(today, old), Side(today, new, changes))),
            "named": [
                {"name": name, "revenue": float(revenue)}
                for name, (_id, revenue) in zip(
                    names.mapped("display_name"), named, strict=True
                )
            ],
        }

    def _cuts(self, rows):
        """:return: the computed revenue classes: `count` and `revenue` of their
        clients, and `lowest`, what the last of them brought
        """
        cuts = {}
        for value in REVENUE_CLASS.values:
            own = [
                row
                for row in rows
                if row["name"] == REVENUE_CLASS.computed and row["new"] == value
            ]
            cuts[value] = {
                "count": sum(row["count"] for row in own),
                "revenue": float(sum(row["revenue_after"] for row in own)),
                "lowest": float(min((row["lowest"] for row in own), default=0)),
            }
        return cuts
