from odoo import api, fields, models

from ...engine.review.lines import see
from ..safety.buttons import for_one
from .client_review import percent

STATES = [
    ("todo", "To Do"),
    ("seen", "Seen"),
    ("mended", "Mended"),
    ("gone", "No Longer on the List"),
]


class ClientReviewList(models.Model):
    """One work list of a review, with a line per client.

    What it is about is in the catalogue, see `_work_lists`. Its clients when the review
    opened stay on it as lines, so that the progress does not lose those who are mended.
    """

    _name = "client.review.list"
    _description = "Work List of a Review"
    _order = "review_id, sequence, id"
    _log_access = False

    review_id = fields.Many2one(
        "client.review", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="review_id.company_id", store=True, readonly=True
    )
    review_state = fields.Selection(related="review_id.state")
    key = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    mends = fields.Boolean(
        readonly=True, help="A client that leaves the list has been mended."
    )
    is_figure = fields.Boolean(
        readonly=True,
        help="The list tells figures: it is only for users who may see revenue.",
    )
    line_ids = fields.One2many("client.review.line", "list_id", readonly=True)
    name = fields.Char(compute="_compute_words")
    why = fields.Char("Which Clients", compute="_compute_words")
    todo = fields.Char("What to Do", compute="_compute_words")
    line_count = fields.Integer("Clients", compute="_compute_counts")
    todo_count = fields.Integer("To Do", compute="_compute_counts")
    seen_count = fields.Integer("Seen", compute="_compute_counts")
    mended_count = fields.Integer("Mended", compute="_compute_counts")
    new_count = fields.Integer("New since the Opening", compute="_compute_counts")
    done_count = fields.Integer("Done", compute="_compute_counts")
    progress = fields.Float("Progress (%)", compute="_compute_counts")

    _key_unique = models.UniqueIndex("(review_id, key)")

    @api.model
    def _declared(self):
        """:return: dict of the work lists of the catalogue by key, without those that
        need something that this database does not have
        """
        fields_of_client = self.env["res.partner"]._fields
        return {
            work.key: work
            for work in self._work_lists()
            if all(need in self.env or need in fields_of_client for need in work.needs)
        }

    @api.depends("key")
    @api.depends_context("lang")
    def _compute_words(self):
        declared = self._declared()
        for work_list in self:
            work = declared.get(work_list.key)
            work_list.name = work.name if work else work_list.key
            work_list.why = work.why if work else False
            work_list.todo = work.todo if work else False

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for work_list in self:
            work_list.display_name = work_list.name

    @api.depends("line_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_counts(self):
        # Of the clients that the reader may read, see `client.record`.
        counts = {}
        for work_list, state, is_new, count in self.env[
            "client.review.line"
        ]._read_group(
            [("list_id", "in", self.ids)], ["list_id", "state", "is_new"], ["__count"]
        ):
            of_list = counts.setdefault(work_list.id, {})
            of_list[state] = of_list.get(state, 0) + count
            if is_new and state != "gone":
                of_list["new"] = of_list.get("new", 0) + count
        for work_list in self:
            of_list = counts.get(work_list.id, {})
            work_list.todo_count = of_list.get("todo", 0)
            work_list.seen_count = of_list.get("seen", 0)
            work_list.mended_count = of_list.get("mended", 0)
            work_list.new_count = of_list.get("new", 0)
            work_list.done_count = work_list.seen_count + work_list.mended_count
            work_list.line_count = work_list.done_count + work_list.todo_count
            work_list.progress = percent(work_list.done_count, work_list.line_count)

    def _line_values(self):
        """:return: dict of what all lines of the list have, see `follow`"""
        return {
            "list_id": self.id,
            "review_id": self.review_id.id,
            "company_id": self.company_id.id,
            "is_figure": self.is_figure,
            "mends": self.mends,
        }

    @for_one("read", shows="client.review.line")
    def action_open(self):
        """:return: action with the clients of the list, to be ticked off"""
        self.review_id.refresh_lists()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_segmentation.client_review_line_action"
        )
        return {
            **action,
            "name": self.name,
            "display_name": self.name,
            "domain": [("list_id", "=", self.id), ("state", "!=", "gone")],
            "context": {
                "search_default_todo": int(bool(self.todo_count)),
            },
            "help": self.todo,
        }

    @for_one("read", shows="client.review.line")
    def action_open_clients(self):
        """:return: action with the clients that are still to do, for bulk work"""
        self.review_id.refresh_lists()
        work = self._declared().get(self.key)
        xml_id = work.action if work else "client_segmentation.client_action"
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        if action["res_model"] != "res.partner":
            return action
        todo = [("list_id", "=", self.id), ("state", "=", "todo")]
        return {
            **action,
            "name": self.name,
            "display_name": self.name,
            "path": False,
            "domain": [("client_review_line_ids", "any", todo)],
            "context": {"active_test": False},
        }

    @for_one("read", changes="client.review.line")
    def action_see_all(self):
        """All clients of the list that are still to do have been seen."""
        if self.review_id.sudo().state != "open":
            return
        lines = self.env["client.review.line"]
        todo = lines._search([("list_id", "=", self.id), ("state", "=", "todo")])
        self.env.flush_all()
        see(self.env, todo.select(), self.env.uid, fields.Datetime.now())
        lines._forget_counts()
