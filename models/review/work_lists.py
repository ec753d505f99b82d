from dateutil.relativedelta import relativedelta

from odoo import api, models

from .work_list import WorkList

BEST = 10
MAIN_CLASSES = ("vip", "regular")
TOP = ("client_revenue_rank", ">", 0), ("client_revenue_rank", "<=", BEST)


class ClientReviewList(models.Model):
    """The catalogue of the work lists.

    Other addons and rooms add theirs by `_inherit`, with `super()` in `_work_lists`.
    """

    _inherit = "client.review.list"

    @api.model
    def _work_lists(self):
        """:return: tuple of `WorkList`, in the order of the screen"""
        return (
            *self._lists_of_reactivation(),
            *self._lists_of_data(),
            *self._lists_of_revenue(),
            *self._lists_of_year_end(),
        )

    @api.model
    def _lists_of_reactivation(self):
        """First quarter: clean up, and whom to reactivate before the summer."""
        env = self.env
        return (
            WorkList(
                "reactivate",
                (1,),
                env._("Reactivate before the Summer"),
                env._("VIP and regular clients without an order for six months."),
                env._(
                    "Call them, and note who should hear from you before the summer."
                ),
                filter="client_no_order",
            ),
            WorkList(
                "dormant",
                (1,),
                env._("Dormant: Decide"),
                env._("Nothing was ordered for more than a year."),
                env._("Write to them once more, mark them as lost, or archive them."),
                filter="client_dormant",
            ),
            WorkList(
                "prospects",
                (1,),
                env._("Prospects Never Invoiced"),
                env._("Prospects for more than a year, without any invoice."),
                env._("Offer them something, or archive them."),
                domain=lambda today: [
                    ("client_status_id.kind", "=", "prospect"),
                    ("customer_rank", "=", 0),
                    ("create_date", "<", str(today - relativedelta(years=1))),
                ],
            ),
        )

    @api.model
    def _lists_of_data(self):
        """First and third quarter: languages and contact details."""
        env = self.env
        return (
            WorkList(
                "no_email",
                (1, 3),
                env._("No E-mail"),
                env._("They cannot get invoices and news by e-mail."),
                env._("Ask for the address, and fill it in."),
                domain=[("client_findings", "in", ["no_email"])],
                is_quality=True,
            ),
            WorkList(
                "no_phone",
                (1, 3),
                env._("No Phone"),
                env._("Nobody can call them."),
                env._("Ask for the number, and fill it in."),
                domain=[("client_findings", "in", ["no_phone"])],
                is_quality=True,
            ),
            WorkList(
                "no_language",
                (3,),
                env._("No Language"),
                env._("Nobody knows in which language they get their invoices."),
                env._("Ask for their language, and fill it in."),
                domain=[("client_findings", "in", ["no_language"])],
                is_quality=True,
            ),
            WorkList(
                "language_to_confirm",
                (3,),
                env._("Language to Confirm"),
                env._("Their language is a guess: nobody has confirmed it."),
                env._("Ask for their language, and confirm it."),
                domain=[
                    ("lang", "!=", False),
                    ("client_language_confirmed", "=", False),
                ],
                is_quality=True,
                needs=("client_language_confirmed",),
            ),
            WorkList(
                "push",
                (3,),
                env._("Year-end Push"),
                env._("They have been silent for longer than usual."),
                env._(
                    "Call them while there is still time before the end of the year."
                ),
                filter="client_at_risk",
            ),
        )

    @api.model
    def _lists_of_revenue(self):
        """Second quarter: revenue per client, the best relations."""
        env = self.env
        return (
            WorkList(
                "best",
                (2,),
                env._("Ten Best: Strengthen the Relation"),
                env._("The clients with the largest revenue of the period."),
                env._("Call or visit each of them, also without a project."),
                filter="client_top_ten",
                mends=False,
                action="client_segmentation.client_action_top",
            ),
            WorkList(
                "best_without_note",
                (2,),
                env._("Ten Best without a Key Note"),
                env._("Nothing says what everybody should know about them."),
                env._("Write the key note."),
                domain=[*TOP, ("client_key_note", "=", False)],
            ),
            WorkList(
                "falling",
                (2,),
                env._("Falling Revenue"),
                env._("They buy less than in the year before."),
                env._("Ask why: a competitor, other needs, something that went wrong?"),
                filter="client_less",
                action="client_segmentation.client_action_falling",
            ),
            WorkList(
                "vip_silent",
                (2,),
                env._("Silent VIP"),
                env._("They usually order more often."),
                env._("Call them."),
                filter="client_vip_silent",
                action="client_segmentation.client_action_silent",
            ),
            WorkList(
                "slow",
                (2,),
                env._("Slow Payers"),
                env._("They pay long after the due date."),
                env._("Shorten the payment term, or ask for a down payment."),
                filter="client_slow",
                action="client_segmentation.client_action_slow",
            ),
        )

    @api.model
    def _lists_of_year_end(self):
        """Fourth quarter: who gets greetings, whom to put first next year."""
        env = self.env
        return (
            WorkList(
                "greetings",
                (4,),
                env._("VIP: Year-end Greetings"),
                env._("The clients that make most of the revenue."),
                env._("Decide who gets a card, a call or a gift."),
                filter="client_class_vip",
                mends=False,
            ),
            WorkList(
                "untagged",
                (4,),
                env._("VIP and Regular without a Tag"),
                env._("They are in no group for the year-end mailings."),
                env._("Give them a tag."),
                domain=[
                    ("client_revenue_class", "in", MAIN_CLASSES),
                    ("category_id", "=", False),
                ],
            ),
            WorkList(
                "unrated",
                (4,),
                env._("VIP and Regular without a Rating"),
                env._("Nothing says whom to put first next year."),
                env._("Give them stars."),
                domain=[
                    ("client_revenue_class", "in", MAIN_CLASSES),
                    ("client_rating", "in", ("0", False)),
                ],
            ),
            WorkList(
                "plan",
                (4,),
                env._("4 or 5 Stars: Plan the New Year"),
                env._("The clients that you want to keep and to develop."),
                env._("Plan an activity for January."),
                filter="client_rated",
                mends=False,
            ),
            WorkList(
                "overdue",
                (4,),
                env._("Overdue before the Year End"),
                env._("They owe something past its due date."),
                env._("Remind them before the year is closed."),
                filter="client_overdue",
                action="client_segmentation.client_action_slow",
            ),
        )
