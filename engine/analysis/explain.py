"""Why a client has a class: the measure, the limit, and how far the next class is."""

from dataclasses import dataclass

from odoo.tools import SQL


@dataclass(frozen=True)
class Reason:
    """Why a client has its computed class.

    :param str computed: the class, or None
    :param dict facts: the figures that decide, by name, see `reason`
    :param str next_class: the next better class, or None
    :param float distance: what is missing to it: revenue in the company's currency, or
        days; None when it can't be told
    """

    computed: str | None
    facts: dict
    next_class: str | None = None
    distance: float | None = None


def reason(metric, company, name, policy, as_of):
    """Explain a class of a client.

    :param metric: the `client.metric` of the client, empty when it has no figures
    :param company: the `res.company` that it is about
    :param str name: `revenue_class`, `payment_class` or `engagement`
    :param Policy policy: the limits that the class was computed with
    :param date as_of: the day of the figures
    :return: `Reason`
    """
    return {
        "revenue_class": _revenue,
        "payment_class": _payment,
        "engagement": _engagement,
    }[name](metric, company, policy, as_of)


def _revenue(metric, company, policy, as_of):
    computed = metric.revenue_class_computed
    better = {"regular": "vip", "small": "regular"}.get(computed)
    count, entry, before = metric.env.execute_query(
        SQL(
            """
            SELECT COUNT(*),
                   MIN(revenue) FILTER (WHERE revenue_class_computed = %s),
                   100 * SUM(revenue) FILTER (WHERE revenue > %s) / SUM(revenue)
              FROM client_metric
             WHERE company_id = %s AND revenue > 0
            """,
            better,
            metric.revenue,
            company.id,
        )
    )[0]
    if policy.by_amount and better:
        entry = policy.vip_amount if better == "vip" else policy.regular_amount
    facts = {
        "revenue": metric.revenue,
        "share": metric.revenue_share,
        "share_before": before or 0,
        "rank": metric.revenue_rank,
        "count": count,
    }
    distance = None
    if better and entry is not None:
        distance = float(entry) - metric.revenue
    return Reason(computed or None, facts, better, distance)


def _payment(metric, company, policy, as_of):
    computed = metric.payment_class_computed
    facts = {
        "days_to_pay": metric.days_to_pay,
        "days_late": metric.days_late,
        "payment_count": metric.payment_count,
        "overdue": metric.overdue,
    }
    better = {"standard": "fast", "slow": "standard"}.get(computed)
    distance = None
    if better == "fast":
        distance = metric.days_to_pay - policy.fast_days
    elif better == "standard":
        distance = metric.days_late - policy.standard_days
    return Reason(computed or None, facts, better, distance)


def _engagement(metric, company, policy, as_of):
    computed = metric.engagement_computed
    dates = [
        date for date in (metric.last_invoice_date, metric.last_meeting_date) if date
    ]
    facts = {
        "last_invoice_date": metric.last_invoice_date,
        "last_meeting_date": metric.last_meeting_date,
        "days": (as_of - max(dates)).days if dates else None,
        "order_gap_days": metric.order_gap_days,
    }
    return Reason(computed or None, facts)
