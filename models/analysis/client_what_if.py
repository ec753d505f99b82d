from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...engine.analysis.pareto import curve
from ...engine.analysis.segment_ref import NONE, OTHER, SegmentRef, Side
from ...engine.analysis.transitions import NAMED, OVERRULED, transition_matrix
from ...engine.classes.revenue import REVENUE_CLASS

MANAGER = "client_segmentation.group_client_manager"


class ClientWhatIf(models.AbstractModel):
    """Try other limits of the classes before saving them: which clients would enter and
    leave a class.
    """

    _name = "client.what.if"
    _inherit = "client.analysis"
    _description = "What If"

    @api.model
    @api.readonly
    def preview(self, changes):
        """The classes in effect with other limits. Writes nothing.

        :param dict changes: limits by name
        :return: dict with the `sections` of limits, the limits of the company (`own`),
            the changed limits (`policy`), the Pareto `curve` with its `cuts`, the
            `classes` with the clients that `enter` and `leave`, the `summary` of the
            revenue classes in effect, and the `last_change` of the limits, if the user
            can undo it. Revenue is in the company's currency, for the window in the
            limits
        """
        company = self._company()
        today = self._today()
        current, changed = self._moment(today), self._moment(today, changes)
        # Limits with the same value as in the company are not changes.
        changes = changed.policy.changes_from(current.policy)
        clients = self._clients_at(changed)
        before, after = self._segments(current), self._segments(changed)
        catalogue = current.catalogue
        # The cuts of the curve belong to the computed class.
        names = (*catalogue.effective, REVENUE_CLASS.computed)
        rows = transition_matrix(
            self.env,
            clients,
            before,
            after,
            names,
            overruled=(REVENUE_CLASS.computed, REVENUE_CLASS.name),
        )
        can_apply = self.env.user.has_group(MANAGER)
        return {
            "company": company.name,
            "currency_id": company.currency_id.id,
            "can_apply": can_apply,
            "last_change": self._last_change(company) if can_apply else None,
            "sections": [
                self._section(company, dimension) for dimension in catalogue.dimensions
            ],
            "own": {
                name: getattr(current.policy, name) for name in catalogue.limit_names
            },
            "policy": {
                name: getattr(changed.policy, name) for name in catalogue.limit_names
            },
            "changes": changes,
            "classes": [
                self._class(name, rows, changes) for name in catalogue.effective
            ],
            "cuts": self._cuts(rows, REVENUE_CLASS.computed),
            "summary": self._summary(rows),
            "curve": curve(self.env, clients, after),
        }

    @api.model
    def apply(self, changes):
        """Save the limits of a preview and compute the classes again.

        :param dict changes: see `preview`
        :return: id of the change, for `undo`; None if nothing has changed
        """
        company = self._company_to_change()
        self._moment(self._today(), changes)
        return company._client_apply_limits(changes or {}).id or None

    @api.model
    def undo(self, change_id):
        """Undo a change of the limits. Limits that have changed since stay.

        :param int change_id: id of a `client.limit.change`
        :return: text about what has been done
        """
        company = self._company_to_change()
        change = self.env["client.limit.change"]._of(company, change_id)
        if not change or change.is_undone:
            raise UserError(self.env._("This change has been undone already."))
        old = change._restorable()
        if not old:
            raise UserError(
                self.env._("These limits have changed again. There is nothing to undo.")
            )
        self._moment(self._today(), old)
        company._client_apply_limits(old)
        change.is_undone = True
        kept = [
            company._client_limit_label(name)
            for name in change.limits
            if name not in old and f"client_{name}" in company._fields
        ]
        if kept:
            return self.env._(
                "The old limits are back, except those that have changed again: %s.",
                ", ".join(kept),
            )
        return self.env._("The old limits and classes are back.")

    @api.model
    def _company_to_change(self):
        """:return: the current company

        :raise AccessError: if the user may not change its limits
        """
        company = self._company()
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "Only an administrator of the client file may change the limits. "
                    "Tell them which limits you suggest."
                )
            )
        return company

    @api.model
    def _last_change(self, company):
        change = self.env["client.limit.change"]._last(company)
        return {"id": change.id, "words": change._words()} if change else None

    @api.model
    def _section(self, company, dimension):
        """:return: dict of a dimension with its `limits`: their labels, their range,
        and when they have an effect
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
        """:return: dict of a class: its values, and the clients that enter or leave"""
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
        matching = [row for row in rows if (row[side] or NONE) == value]
        return {
            "count": sum(row["count"] for row in matching),
            "revenue": float(sum(row[revenue] for row in matching)),
        }

    def _changed(self, name, rows, old, new, changes):
        """:return: dict about the clients that change from one class to another: their
        `count` and `revenue`, the segment reference `cell`, and the `name` and
        `revenue` of the clients with the most revenue
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

    def _cuts(self, rows, name):
        """:param str name: the revenue class, or the computed revenue class
        :return: dict by value: `count` and `revenue` of the clients, and `lowest`, the
            smallest revenue of one of them
        """
        cuts = {}
        for value in REVENUE_CLASS.values:
            of_class = [
                row for row in rows if row["name"] == name and row["new"] == value
            ]
            cuts[value] = {
                "count": sum(row["count"] for row in of_class),
                "revenue": float(sum(row["revenue_after"] for row in of_class)),
                "lowest": float(min((row["lowest"] for row in of_class), default=0)),
            }
        return cuts

    def _summary(self, rows):
        """The revenue classes in effect, as the table shows them. Those that people
        decided may differ from the computed ones, which the curve shows.

        :return: dict of the `vip`, the number of `clients` with a class, their
            `revenue`, and the number of `overruled` clients
        """
        cuts = self._cuts(rows, REVENUE_CLASS.name)
        return {
            "vip": cuts["vip"],
            "clients": sum(cut["count"] for cut in cuts.values()),
            "revenue": sum(cut["revenue"] for cut in cuts.values()),
            "overruled": sum(
                row["count"]
                for row in rows
                if row["name"] == OVERRULED and row["old"] != row["new"]
            ),
        }
