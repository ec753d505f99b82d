"""The queries of what was paid and what is open, over the documents of `figures`.

Both start from the lines and reconciliations that can matter: those of the window, and
what is open. What was settled years ago is never looked at.
"""

from odoo.tools import SQL


def paid(window, as_of):
    """One row for each payment of an instalment of an order in the window.

    A credit note settles with an instalment of its own: what an instalment is
    reconciled with is none, or it is no payment.
    """
    return SQL(
        """
        SELECT d.id AS document_id, d.partner_id, line.id AS line_id, part.amount,
               GREATEST(by_line.date - d.date, 0) AS days_to_pay,
               GREATEST(by_line.date - COALESCE(line.date_maturity, d.date), 0)
                   AS days_late
          FROM document d
          JOIN account_move_line line ON line.move_id = d.id
          JOIN account_partial_reconcile part ON part.debit_move_id = line.id
          JOIN account_move_line by_line ON by_line.id = part.credit_move_id
         WHERE d.is_order
           AND line.display_type = 'payment_term'
           AND line.balance > 0
           AND part.max_date > %(window)s  -- the later of the two lines' dates
           AND part.max_date <= %(as_of)s
           AND part.amount > 0
           AND by_line.date > %(window)s
           AND by_line.display_type != 'payment_term'
           AND NOT EXISTS (
               SELECT FROM account_partial_reconcile difference
                WHERE difference.exchange_move_id = by_line.move_id)
        """,
        window=window,
        as_of=as_of,
    )


def overdue(as_of):
    """One row for each overdue instalment of an order, with what was open that day:
    what is open now, and what was settled since."""
    return SQL(
        """
        SELECT d.id AS document_id, d.partner_id, line.id AS line_id,
               GREATEST(line.amount_residual, 0) + COALESCE(since.amount, 0) AS amount,
               %(as_of)s - d.date AS days_to_pay,
               %(as_of)s - COALESCE(line.date_maturity, d.date) AS days_late
          FROM document d
          JOIN account_move_line line ON line.move_id = d.id
     LEFT JOIN (
              SELECT debit_move_id, SUM(amount) AS amount
                FROM account_partial_reconcile
               WHERE max_date > %(as_of)s
            GROUP BY debit_move_id
          ) since ON since.debit_move_id = line.id
         WHERE d.is_order
           AND line.display_type = 'payment_term'
           AND line.balance > 0
           AND COALESCE(line.date_maturity, d.date) < %(as_of)s
           AND (line.amount_residual > 0 OR since.amount > 0)
        """,
        as_of=as_of,
    )


def payment():
    """One row a client with something paid in the window, or overdue."""
    return SQL(
        """
        SELECT partner_id,
               ROUND(SUM(amount * days_to_pay) / SUM(amount), 2) AS days_to_pay,
               ROUND(SUM(amount * days_late) / SUM(amount), 2) AS days_late,
               COUNT(DISTINCT line_id) AS payment_count,
               SUM(amount) FILTER (WHERE is_open) AS overdue
          FROM (
              SELECT partner_id, line_id, amount, FALSE AS is_open,
                     days_to_pay, days_late
                FROM paid
           UNION ALL
              SELECT partner_id, line_id, amount, TRUE, days_to_pay, days_late
                FROM overdue
          ) piece
      GROUP BY partner_id
        """
    )
