from datetime import date, timedelta

from odoo import api, models
from odoo.tools import format_date

from ..models.metric.metric_field import GROUP

# More notes than that are read on the screen.
NOTES = 500


class ClientReviewReport(models.AbstractModel):
    """The report of a quarterly review, compared with the review before.

    Everything is what the reader may see: lists, clients and figures. So a report that
    somebody else has made may have other numbers.
    """

    _name = "report.client_segmentation.report_client_review"
    _description = "Report of a Quarterly Review"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: dict of the values of the template, see `_content`"""
        reviews = self.env["client.review"].sudo(False).browse(docids)
        reviews.check_access("read")
        return {
            "doc_ids": reviews.ids,
            "doc_model": reviews._name,
            "docs": reviews,
            "content": {review.id: self._content(review) for review in reviews},
        }

    @api.model
    def _content(self, review):
        """:return: dict of the parts of the report about a review"""
        review = review.with_company(review.company_id)
        before = review._previous()
        return {
            "before": before,
            "days": self._days(review),
            "progress": self._progress(review),
            "progress_before": before and self._progress(before),
            "rows": self._rows(review),
            "classes": self._classes(review, before),
            "quality": self._quality(review, before),
            "notes": review.noted_line_ids[:NOTES],
            "more_notes": max(0, len(review.noted_line_ids) - NOTES),
        }

    def _days(self, review):
        """:return: text: when the review was opened and closed"""
        opened = format_date(self.env, review.date_open)
        if not review.date_close:
            return self.env._("Opened on %s, still open", opened)
        return self.env._(
            "Opened on %(opened)s, closed on %(closed)s",
            opened=opened,
            closed=format_date(self.env, review.date_close),
        )

    def _progress(self, review):
        """:return: text: how many clients of the lists are done"""
        return self.env._(
            "%(done)s of %(count)s done: %(percent)s %%",
            done=review.done_count,
            count=review.line_count,
            percent=round(review.progress),
        )

    def _last_time(self, work_list):
        """:return: text: how many clients of an earlier list were done"""
        return self.env._(
            "%(done)s of %(count)s (%(review)s)",
            done=work_list.done_count,
            count=work_list.line_count,
            review=work_list.review_id.display_name,
        )

    def _rows(self, review):
        """:return: list of dicts: a work list, and the `last` one with the same key,
        with its progress as `text`
        """
        lists = review.env["client.review.list"]
        earlier = lists.search(
            [
                ("company_id", "=", review.company_id.id),
                ("key", "in", review.list_ids.mapped("key")),
                ("review_id", "!=", review.id),
            ]
        )
        own = (review.year, review.quarter)
        rows = []
        for work_list in review.list_ids:
            same = earlier.filtered(
                lambda one, key=work_list.key: (
                    one.key == key and _quarter(one.review_id) < own
                )
            )
            last = same.sorted(lambda one: _quarter(one.review_id))[-1:]
            text = self._last_time(last) if last else ""
            rows.append({"list": work_list, "last": last, "text": text})
        return rows

    def _classes(self, review, before):
        """The classes of the clients now and at the end of the review before.

        :return: None for users who see no revenue; else dict of the two days, the
            revenue of the period on both, and the `classes` with their values
        """
        if not review.env.user.has_group(GROUP):
            return None
        today = review.env["client.metric"]._today(review.company_id)
        until = review.date_close or today
        since = before.date_close or before.date_open or _first_day(review)
        since = min(since, until - timedelta(days=1))
        history = review.env["client.class.history"]
        compared = history.compare(str(since), str(until))
        classes = [self._class(one) for one in compared["classes"]]
        totals = compared["classes"][0]
        return {
            "since": since,
            "until": until,
            "before": sum(row["total"]["before"] for row in totals["rows"]),
            "after": sum(cell["after"] for cell in totals["totals"]),
            "classes": classes,
        }

    def _class(self, compared):
        """:param dict compared: a class, see `client.class.history.compare`
        :return: dict of its label, its values with the clients on both days, and how
            many clients went from one value to another
        """
        labels = {one["value"]: one["label"] for one in compared["values"]}
        return {
            "label": compared["label"],
            "values": [
                {
                    "label": row["label"],
                    "before": row["total"]["count"],
                    "after": total["count"],
                }
                for row, total in zip(compared["rows"], compared["totals"], strict=True)
            ],
            "moves": sorted(
                (
                    {
                        "from": row["label"],
                        "to": labels[cell["value"]],
                        "count": cell["count"],
                    }
                    for row in compared["rows"]
                    for cell in row["cells"]
                    if cell["count"] and cell["value"] != row["value"]
                ),
                key=lambda move: -move["count"],
            ),
        }

    def _quality(self, review, before):
        """How many clients lack something: at the end of the review before, at the
        opening of this one, and at its end (or now).

        :return: list of dicts. Empty for readers who do not see all clients, because
            these numbers are of all clients of the company
        """
        lines = review.env["client.review.line"]
        if not (lines.env.su or lines._sees_all_clients()):
            return []
        lists = review.env["client.review.list"]
        now = review.sudo().quality_close or review.sudo()._quality()
        opening = review.sudo().quality_open or {}
        last = before.sudo().quality_close or before.sudo().quality_open or {}
        return [
            {
                "name": work.name,
                "last": last.get(work.key),
                "opening": opening.get(work.key),
                "now": now.get(work.key),
            }
            for work in lists._declared().values()
            if work.is_quality
        ]


def _quarter(review):
    return review.year, review.quarter


def _first_day(review):
    """:return: the first day of the quarter of a review"""
    return date(review.year, 3 * int(review.quarter) - 2, 1)
