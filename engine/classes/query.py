"""From the figures to the classes: rank, share, and the three classes.

Revenue class, by shares: clients are put in the order of their revenue. VIP are those
before whom less than 80 % of the total are reached, Regular those before whom less
than 95 % are, Small the others: the client that crosses a cut is still above it.
Clients with the same revenue are never split. By amounts: VIP and Regular from their
amount on. Clients without positive revenue have no class and no part in the total.

Payment class: fast when paid within some days after the invoice, else standard when
within some days after the due date, else slow; none without enough evidence.

Engagement: active, recent or dormant by the days since the last order or meeting. Lost
is what people decide.
"""

from odoo.tools import SQL

COMPUTED = (
    "revenue_share",
    "revenue_cumulative",
    "revenue_rank",
    "revenue_class_computed",
    "payment_class_computed",
    "engagement_computed",
)
# The figures behind them.
BEHIND = (
    "revenue",
    "days_to_pay",
    "days_late",
    "payment_count",
    "last_invoice_date",
    "last_meeting_date",
)


def classes(source, as_of, policy):
    """The query of the classes.

    :param SQL source: a query with `partner_id` and the figures `BEHIND` the classes,
        of *all* clients of the company: ranks depend on everybody
    :param date as_of: the day as of which the figures are
    :param Policy policy: the limits
    :return: SQL of a SELECT of all columns of the source, and `COMPUTED`
    """
    return SQL(
        """
        SELECT ranked.*,
               %(revenue_class)s AS revenue_class_computed,
               %(payment_class)s AS payment_class_computed,
               %(engagement)s AS engagement_computed
          FROM (
              SELECT figures.*,
                     ROUND(100 * positive / SUM(positive) OVER total, 4)
                         AS revenue_share,
                     CASE WHEN positive > 0
                          THEN ROUND(100 * SUM(positive) OVER best
                                     / SUM(positive) OVER total, 4)
                     END AS revenue_cumulative,
                     -- all as good or better, without those as good; a frame that
                     -- excludes them would add up anew for every client
                     100 * (SUM(positive) OVER best - SUM(positive) OVER ties)
                         / SUM(positive) OVER total AS share_before,
                     CASE WHEN positive > 0 THEN RANK() OVER best END
                         AS revenue_rank
                FROM (
                    SELECT source.*,
                           CASE WHEN revenue > 0 THEN revenue END AS positive,
                           GREATEST(last_invoice_date, last_meeting_date)
                               AS last_business
                      FROM (%(source)s) source
                ) figures
              WINDOW total AS (),
                     best AS (ORDER BY positive DESC NULLS LAST),
                     -- in the same order, and so sorted once
                     ties AS (PARTITION BY positive
                              ORDER BY positive DESC NULLS LAST)
          ) ranked
        """,
        source=source,
        revenue_class=_revenue_class(policy),
        payment_class=SQL(
            """CASE WHEN payment_count < %s OR days_to_pay IS NULL THEN NULL
                    WHEN days_to_pay <= %s THEN 'fast'
                    WHEN days_late <= %s THEN 'standard'
                    ELSE 'slow' END""",
            policy.payment_evidence,
            policy.fast_days,
            policy.standard_days,
        ),
        engagement=SQL(
            """CASE WHEN last_business IS NULL THEN NULL
                    WHEN %s - last_business <= %s THEN 'active'
                    WHEN last_business >= %s THEN 'recent'
                    ELSE 'dormant' END""",
            as_of,
            policy.active_days,
            policy.recent_from(as_of),
        ),
    )


def _revenue_class(policy):
    if policy.by_amount:
        measure, vip, regular = (
            SQL("positive"),
            policy.vip_amount,
            policy.regular_amount,
        )
        comparison = SQL(">=")
    else:
        measure, vip, regular = (
            SQL("share_before"),
            policy.vip_share,
            policy.regular_share,
        )
        comparison = SQL("<")
    return SQL(
        """CASE WHEN positive IS NULL THEN NULL
                WHEN %(measure)s %(comparison)s %(vip)s THEN 'vip'
                WHEN %(measure)s %(comparison)s %(regular)s THEN 'regular'
                ELSE 'small' END""",
        measure=measure,
        comparison=comparison,
        vip=vip,
        regular=regular,
    )
