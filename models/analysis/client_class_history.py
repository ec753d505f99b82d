from odoo import api, models
from odoo.exceptions import ValidationError

from ...engine.analysis.segment_ref import NONE, SegmentRef, Side
from ...engine.analysis.transitions import transition_matrix


class ClientClassHistory(models.AbstractModel):
    """The classes on any day, and who went from one to another between two days.

    Under today's limits on both days, so that a change comes from the client. They are
    the computed classes: what people decide has no date.
    """

    _name = "client.class.history"
    _inherit = "client.analysis"
    _description = "Classes over Time"

    @api.model
    @api.readonly
    def compare(self, date_from, date_to):
        """The transitions of the clients between two days.

        :param str date_from: a day
        :param str date_to: a day after it, until today
        :return: dict with the `classes`, each with its `values`, the `rows` from the
            class on the first day to the `cells` of the second one, and the totals of
            both days; revenue in the company's currency, of the window of each day
        """
        company = self._company()
        old, new = self._moment(date_from), self._moment(date_to)
        if old.as_of >= new.as_of:
            raise ValidationError(
                self.env._("The first day comes before the second one. Change one.")
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
        """:return: dict with `count`, `before` and `after` (revenue) of the clients of
        these rows of the matrix, and the `cell` to open them
        """
        rows = [row for row in rows if row]
        return {
            "value": value,
            "count": sum(row["count"] for row in rows),
            "before": float(sum(row["revenue_before"] for row in rows)),
            "after": float(sum(row["revenue_after"] for row in rows)),
            "cell": str(cell),
        }
