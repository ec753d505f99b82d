"""Revenue classes: who makes the first part of the revenue of a period.

Revenue is untaxed, in the company's currency, of the posted customer invoices and
receipts minus the credit notes, by invoice date, summed by commercial partner
(`amount_untaxed_signed`).

Clients are put in the order of their revenue. VIP are those before whom less than 80 %
of the total are reached, Regular those before whom less than 95 % are, Small the
others: the client that crosses a cut is still above it. Clients with the same revenue
are never split. Clients without positive revenue have no class and no part in the
total.
"""

from odoo.tools import SQL

CUSTOMER_DOCUMENTS = ("out_invoice", "out_refund", "out_receipt")


def revenue_classes(env, company, date_from, date_to, vip=80, regular=95, limit=None):
    """Revenue, rank and class of the clients of a company in a period.

    :param company: the `res.company`
    :param date date_from: first invoice date that counts
    :param date date_to: last invoice date that counts
    :param vip: per cent of the revenue that VIP clients make
    :param regular: per cent that VIP and regular clients make together
    :param int limit: only so many clients, the best ones
    :return: dicts, best first: `partner_id`, `revenue` (company currency), `share`
        and `cumulative` (per cent of the total), `rank`, `revenue_class` (`vip`,
        `regular`, `small`)
    """
    env["account.move"].flush_model()
    env.cr.execute(
        SQL(
            """
            WITH client AS (  -- one row a client with revenue
                SELECT commercial_partner_id AS partner_id,
                       SUM(amount_untaxed_signed) AS revenue
                  FROM account_move
                 WHERE company_id = %(company)s
                   AND state = 'posted'
                   AND move_type IN %(documents)s
                   AND invoice_date BETWEEN %(date_from)s AND %(date_to)s
                   AND commercial_partner_id IS NOT NULL
              GROUP BY commercial_partner_id
                HAVING SUM(amount_untaxed_signed) > 0
            ), ranked AS (
                SELECT partner_id, revenue,
                       100 * revenue / SUM(revenue) OVER total AS share,
                       100 * SUM(revenue) OVER best
                           / SUM(revenue) OVER total AS cumulative,
                       100 * COALESCE(SUM(revenue) OVER better, 0)
                           / SUM(revenue) OVER total AS before,
                       RANK() OVER best AS rank
                  FROM client
                WINDOW total AS (),
                       best AS (ORDER BY revenue DESC),
                       better AS (
                           ORDER BY revenue DESC
                           RANGE UNBOUNDED PRECEDING EXCLUDE GROUP)
            )
            SELECT partner_id, revenue, share, cumulative, rank,
                   CASE WHEN before < %(vip)s THEN 'vip'
                        WHEN before < %(regular)s THEN 'regular'
                        ELSE 'small'
                   END AS revenue_class
              FROM ranked
          ORDER BY rank, partner_id
             LIMIT %(limit)s
            """,
            company=company.id,
            documents=CUSTOMER_DOCUMENTS,
            date_from=date_from,
            date_to=date_to,
            vip=vip,
            regular=regular,
            limit=limit,
        )
    )
    return env.cr.dictfetchall()
