from odoo import api, models
from odoo.exceptions import ValidationError

from ...engine.analysis.segment_ref import NONE, SegmentRef, Side
from ...engine.analysis.transitions import transition_matrix


class ClientClassHistory(models.AbstractModel):
    """The classes on any day, and the clients that changed class between two days.

    Both days use the current limits, so each change comes from the client. Only
    computed classes are compared, because decisions of people have no date.
    """

    _name = "client.class.history"
    _inherit = "client.analysis"
    _description = "Classes over Time"

    @api.model
    @api.readonly
    def compare(self, date_from, date_to):
        """The transitions of the clients between two days.

        :param str date_from: the first day
        :param str date_to: the second day, after the first day and not after today
        :return: dict with the `classes`. Each of them has its `values`, its `rows` (one
            per class on the first day) with `cells` (one per class on the second day),
            and totals. Revenue is in the company's currency, for the window of each day
        """
        company = self._company()
        old, new = self._moment(date_from), self._moment(date_to)
        if old.as_of >= new.as_of:
            raise ValidationError(
                self.env._("The first day must be before the second day.")
            )
        clients = self._clients()
        names = [dimension.computed for dimension in new.catalogue.dimensions]
        rows = transition_matrix(
            self.env, clients, self._segments(old), self._segments(new), names
        )
        return {
            "currency_id": company.currency_id.id,
            "classes": [
                self._class(name, rows, old.as_of, new.as_of) for name in names
            ],
        }

    def _class(self, name, rows, date_from, date_to):
        cells = {
            (row["old"] or NONE, row["new"] or NONE): row
            for row in rows
            if row["name"] == name
        }
        labels = self._labels(name)
        return {
            "name": name,
            "label": self._class_label(name),
            "values": [{"value": value, "label": label} for value, label in labels],
            "rows": [
                {
                    "value": old,
                    "label": label,
                    "cells": [
                        self._cell_of(
                            [cells.get((old, new))],
                            new,
                            SegmentRef(name, Side(date_from, old), Side(date_to, new)),
                        )
                        for new, _label in labels
                    ],
                    "total": self._cell_of(
                        [cells.get((old, new)) for new, _label in labels],
                        old,
                        SegmentRef(name, Side(date_from, old)),
                    ),
                }
                for old, label in labels
            ],
            "totals": [
                self._cell_of(
                    [cells.get((old, new)) for old, _label in labels],
                    new,
                    SegmentRef(name, Side(date_to, new)),
                )
                for new, _label in labels
            ],
        }

    def _cell_of(self, rows, value, cell):
        """:return: dict with the `count` of clients in these rows of the matrix, their
        revenue `before` and `after`, and the segment reference `cell` to open them
        """
        rows = [row for row in rows if row]
        return {
            "value": value,
            "count": sum(row["count"] for row in rows),
            "before": float(sum(row["revenue_before"] for row in rows)),
            "after": float(sum(row["revenue_after"] for row in rows)),
            "cell": str(cell),
        }
