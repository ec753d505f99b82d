from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.review.lines import see
from ...engine.zone import zone_of
from ..metric.metric_field import GROUP
from ..safety.buttons import for_one, known_ids

TEN = 10
WORST = "revenue_at_risk:max desc, __count desc, partner_id"
MOST_LISTS = "__count desc, partner_id"


class ClientReview(models.Model):
    """The page *Ten Minutes*: the next ten clients to look at, across all lists."""

    _inherit = "client.review"

    @api.model
    def current(self):
        """:return: id of the newest open review of the current company, or False"""
        self.check_access("read")
        domain = [("company_id", "=", self.env.company.id), ("state", "=", "open")]
        return self.search(domain, limit=1).id

    @for_one("read", shows="client.review.line")
    def ten_clients(self):
        """The next ten clients to look at: the largest revenue at risk first, then
        those on most lists. Users who see no revenue get those on most lists.

        :return: dict with the `name` of the review, whether it is `open`, the number of
            clients `todo`, those that the user has seen this `week`, the `clients`
        """
        self.refresh_lists()
        # Figures are those of the company of the review.
        review = self.with_company(self.company_id)
        lines = review.env["client.review.line"]
        own = [("review_id", "=", review.id)]
        todo = [*own, ("state", "=", "todo")]
        sees_figures = review.env.user.has_group(GROUP)
        groups = lines._read_group(
            todo,
            ["partner_id"],
            ["__count"],
            order=WORST if sees_figures else MOST_LISTS,
            limit=TEN,
        )
        clients = review.env["res.partner"].concat(*(client for client, _n in groups))
        on_lists = lines.search([*todo, ("partner_id", "in", clients.ids)])
        [(count,)] = lines._read_group(todo, [], ["partner_id:count_distinct"])
        [(week,)] = lines._read_group(
            [
                *own,
                ("seen_by_id", "=", self.env.uid),
                ("seen_at", ">=", review._start_of_week()),
            ],
            [],
            ["partner_id:count_distinct"],
        )
        return {
            "id": review.id,
            "name": review.display_name,
            "open": review.state == "open",
            "todo": count,
            "week": week,
            "currency_id": review.company_id.currency_id.id,
            "clients": [
                review._client_to_see(
                    client,
                    on_lists.filtered(lambda line, c=client: line.partner_id == c),
                )
                for client in clients
            ],
        }

    def _client_to_see(self, client, lines):
        """:return: dict of what one has to know of a client to look at"""
        lists = lines.list_id.sorted("sequence")
        values = {
            "id": client.id,
            "name": client.name or client.display_name,
            "name2": client.client_name2 or "",
            "city": client.city or "",
            "phone": client.phone or "",
            "email": client.email or "",
            "key_note": client.client_key_note or "",
            "note": "\n".join(filter(None, lines.mapped("note"))),
            "why": [
                {"id": one.id, "name": one.name, "why": one.why, "todo": one.todo}
                for one in lists
            ],
        }
        if self.env.user.has_group(GROUP):
            values["at_risk"] = max(lines.mapped("revenue_at_risk"), default=0)
            values["rhythm"] = client.client_rhythm or ""
        return values

    def _start_of_week(self):
        """:return: the time (UTC) at which the week of the company began"""
        company = self.company_id
        today = self.env["client.metric"]._today(company)
        monday = datetime.combine(today - timedelta(days=today.weekday()), time.min)
        zone = pytz.timezone(zone_of(company))
        return zone.localize(monday).astimezone(pytz.utc).replace(tzinfo=None)

    @for_one("read", changes="client.review.line")
    def see_client(self, client, note=None):
        """A client has been looked at: it is seen on all lists of the review.

        :param int client: id of the client
        :param str note: what the user notes about it, or None to keep the note
        """
        lines = self._lines_of(client)
        if isinstance(note, str):
            lines[:1].write({"note": note.strip() or False})
            lines[1:].filtered("note").write({"note": False})
        query = lines._search([("id", "in", lines.ids)])
        self.env.flush_all()
        see(self.env, query.select(), self.env.uid, fields.Datetime.now())
        lines._forget_counts()

    @for_one("read", changes="client.review.line")
    def unsee_client(self, client):
        """It was a mistake: what the user has seen of a client is to do again."""
        lines = self._lines_of(client, state="seen")
        lines.filtered(lambda line: line.seen_by_id == self.env.user).action_unsee()

    def _lines_of(self, client, state="todo"):
        """:return: the lines of a client that the user may read and write"""
        if self.sudo().state != "open":
            raise UserError(self.env._("This review is closed."))
        lines = self.env["client.review.line"].search(
            [
                ("review_id", "=", self.id),
                ("partner_id", "in", known_ids([client])),
                ("state", "=", state),
            ]
        )
        lines.check_access("write")
        return lines
