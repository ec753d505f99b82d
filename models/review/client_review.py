from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..safety.buttons import without_defaults

QUARTERS = [("1", "Q1"), ("2", "Q2"), ("3", "Q3"), ("4", "Q4")]
USER = "client_segmentation.group_client_user"
MANAGER = "client_segmentation.group_client_manager"
TODO = "mail.mail_activity_data_todo"
# How a review goes. Only the methods below write it.
PROGRESS_FIELDS = {
    "state",
    "date_open",
    "date_close",
    "closed_by_id",
    "quality_open",
    "quality_close",
}
# Which review it is.
OWN_FIELDS = {"company_id", "year", "quarter"} | PROGRESS_FIELDS
LONGEST_NOTE = 10000  # characters


class ClientReview(models.Model):
    """The review of the client file in a quarter, for one company.

    When it is created it opens its work lists: those of its quarter in the catalogue
    `client.review.list._work_lists`. While it is open, the lists follow the clients.
    Counts are those of the clients that the reader may read.
    """

    _name = "client.review"
    _inherit = ["client.text", "mail.thread", "mail.activity.mixin"]
    _description = "Quarterly Review"
    _order = "year DESC, quarter DESC, id DESC"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    year = fields.Integer(
        required=True, default=lambda self: self._today().year, aggregator=None
    )
    quarter = fields.Selection(
        QUARTERS, required=True, default=lambda self: quarter_of(self._today())
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self._default_user_id(),
        domain=[("share", "=", False)],
        ondelete="set null",
        index="btree_not_null",
    )
    date_deadline = fields.Date(
        "Due Date", default=lambda self: self._default_date_deadline()
    )
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        required=True,
        default="open",
        readonly=True,
    )
    date_open = fields.Date("Opened", readonly=True)
    date_close = fields.Date("Closed", readonly=True)
    closed_by_id = fields.Many2one("res.users", readonly=True)
    note = fields.Text("Conclusions")
    quality_open = fields.Json(
        readonly=True, help="Number of clients of each list about data, at the opening."
    )
    quality_close = fields.Json(
        readonly=True, help="Number of clients of each list about data, at the end."
    )
    list_ids = fields.One2many("client.review.list", "review_id", "Work Lists")
    noted_line_ids = fields.One2many(
        "client.review.line", "review_id", "Notes", domain=[("note", "!=", False)]
    )
    line_count = fields.Integer("Clients", compute="_compute_counts")
    done_count = fields.Integer("Done", compute="_compute_counts")
    progress = fields.Float("Progress (%)", compute="_compute_counts")
    is_manageable = fields.Boolean(compute="_compute_is_manageable")

    _quarter_unique = models.UniqueIndex(
        "(company_id, year, quarter)",
        "This company has a review of this quarter already.",
    )

    @api.model
    def _today(self):
        return self.env["client.metric"]._today(self.env.company)

    @api.model
    def _default_user_id(self):
        user = self.env.user
        is_fit = self.new({"company_id": self.env.company.id})._may_be_responsible
        return user if is_fit(user) else self.env["res.users"]

    @api.model
    def _default_date_deadline(self):
        days = self.env.company.sudo().client_review_days
        return self._today() + relativedelta(days=days)

    @api.depends("year", "quarter")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for review in self:
            review.display_name = self.env._(
                "Review Q%(quarter)s %(year)s",
                quarter=review.quarter or "",
                year=review.year or "",
            )

    @api.depends("list_ids.line_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_counts(self):
        for review in self:
            lists = review.list_ids
            review.line_count = sum(lists.mapped("line_count"))
            review.done_count = sum(lists.mapped("done_count"))
            review.progress = percent(review.done_count, review.line_count)

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_manageable(self):
        is_manager = self.env.user.has_group(MANAGER)
        for review in self:
            review.is_manageable = is_manager or review.user_id == self.env.user

    @api.constrains("year")
    def _check_year(self):
        for review in self:
            if not 2000 <= review.year <= 2100:
                raise ValidationError(
                    self.env._("“%s” is not a valid year.", review.year)
                )

    @api.constrains("user_id", "company_id")
    def _check_user(self):
        for review in self:
            user = review.user_id.sudo()
            if user and not review._may_be_responsible(user):
                raise ValidationError(
                    self.env._(
                        "%s does not work with the clients of this company. Choose "
                        "somebody else.",
                        user.name,
                    )
                )

    def _may_be_responsible(self, user):
        company = self.company_id.sudo()
        return user.active and company in user.company_ids and user.has_group(USER)

    @api.constrains("note")
    def _check_note(self):
        for review in self:
            if len(review.note or "") > LONGEST_NOTE:
                raise ValidationError(
                    self.env._("The conclusions are too long: shorten them.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Open reviews, with their lists."""
        self.check_access("create")
        self._check_companies(vals_list)
        if isinstance(vals_list, list):
            vals_list = [
                {name: vals[name] for name in vals if name not in PROGRESS_FIELDS}
                if isinstance(vals, dict)
                else vals
                for vals in vals_list
            ]
        reviews = super(ClientReview, without_defaults(self)).create(vals_list)
        for review in reviews.sudo():
            today = self.env["client.metric"]._today(review.company_id)
            review.write({"state": "open", "date_open": today})
            review._open_lists()
            review.quality_open = review._quality()
            review._plan_activity()
        return reviews.with_env(self.env)

    @api.model
    def _check_companies(self, vals_list):
        """Raise if the user does not work in one of the companies."""
        own = self.env["res.company"] if self.env.su else self.env.companies
        for vals in vals_list if isinstance(vals_list, list) and own else ():
            company = isinstance(vals, dict) and vals.get("company_id")
            if company and company not in own.ids:
                raise AccessError(self.env._("You do not work in this company."))

    def write(self, vals):
        if not self:
            return True
        self.check_access("write")
        if not self.env.su and isinstance(vals, dict):
            if own := OWN_FIELDS & vals.keys():
                labels = self.fields_get(sorted(own), ["string"])
                raise UserError(
                    self.env._(
                        "“%s” cannot be changed. Open another review.",
                        ", ".join(label["string"] for label in labels.values()),
                    )
                )
        before = {review: review._activity_values() for review in self.sudo()}
        result = super().write(vals)
        for review, values in before.items():
            if review.state == "open" and review._activity_values() != values:
                review._plan_activity()
        return result

    # The activity of the responsible person

    def _activity_values(self):
        return self.user_id, self.date_deadline

    def _plan_activity(self):
        """The responsible person has one activity, on the due date."""
        self.ensure_one()
        self.activity_unlink([TODO])
        user = self.user_id
        if not user or not self._may_be_responsible(user):
            return
        language = self.with_context(lang=user.lang)
        self.activity_schedule(
            TODO,
            self.date_deadline or self.date_open,
            summary=language.display_name,
            note=language.env._(
                "Look at the clients of the work lists, ten minutes a week."
            ),
            user_id=user.id,
        )

    def _previous(self):
        """:return: the last review of the company before this one, maybe empty"""
        earlier = self.search(
            [("company_id", "=", self.company_id.id), ("id", "!=", self.id)]
        )
        own = (self.year, self.quarter)
        return earlier.filtered(lambda one: (one.year, one.quarter) < own)[:1]


def quarter_of(day):
    """:return: the quarter of a date, such as "1" """
    return str((day.month - 1) // 3 + 1)


def percent(part, total):
    """:return: the share of a part in per cent; 100 of nothing"""
    return 100 * part / total if total else 100
