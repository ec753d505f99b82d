"""The triggers of this addon; see `declaration` for what each declaration says."""

from functools import partial

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from . import occasions
from .declaration import ClassEvent, Trigger, answered_by_any_change


def _invoices(scope):
    return occasions.of_figures(
        scope, SQL("order_count > 0"), document=occasions.first_order(scope)
    )


def _without_business(scope):
    day = occasions.LAST_BUSINESS_DATE
    return occasions.of_figures(
        scope,
        SQL("%s <= %s", day, _months_ago(scope)),
        happened=occasions.silent_for(scope, scope.months),
        document=occasions.last_order(scope),
    )


def _with_business(scope):
    return occasions.of_figures(
        scope,
        SQL("%s > %s", occasions.LAST_BUSINESS_DATE, _months_ago(scope)),
        document=occasions.last_order(scope),
    )


def _months_ago(scope):
    return scope.today - relativedelta(months=scope.months)


def class_trigger(class_name, value, *, entered=True):
    """:return: `Trigger` for clients that enter or leave a class, see `ClassEvent`"""
    event = ClassEvent(class_name, value, entered)
    find = occasions.in_class if entered else occasions.not_in_class
    # Nobody knows which clients were in the class before.
    history = None if entered else occasions.NEVER
    return Trigger(partial(find, event=event), class_event=event, history=history)


TRIGGERS = {
    "invoice_posted": Trigger(_invoices, at_once=True, history=occasions.posted_ever),
    "payment_received": Trigger(
        occasions.payments, at_once=True, history=occasions.paid_ever, comes_late=True
    ),
    "meeting_held": Trigger(occasions.meetings, document_model="calendar.event"),
    "inactive": Trigger(_without_business, needs_months=True),
    "business_again": Trigger(
        _with_business,
        needs_months=True,
        # The rule waits for business after the client became inactive.
        answered=answered_by_any_change,
        history=occasions.NEVER,
    ),
    "became_vip": class_trigger("revenue_class", "vip"),
    "left_vip": class_trigger("revenue_class", "vip", entered=False),
}
