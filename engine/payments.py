"""The queries of what was paid and what is open, over the documents of `figures`."""

from odoo.tools import SQL


def settled(as_of):
    """One row for each settlement of an instalment until the as-of day, and one
    without settlement for each that has none."""
    return SQL(
        """
        SELECT d.id AS document_id, d.partner_id, d.date,
               line.id AS line_id, line.balance,
               COALESCE(line.date_maturity, d.date) AS due,
               part.amount,
               CASE WHEN by_move.move_type != 'out_refund'
                     AND NOT EXISTS (
                         SELECT FROM account_partial_reconcile difference
                          WHERE difference.exchange_move_id = by_move.id)
                    THEN by_line.date
                END AS paid_on
          FROM document d
     LEFT JOIN reversed ON reversed.id = d.id
          JOIN account_move_line line ON line.move_id = d.id
     LEFT JOIN account_partial_reconcile part
            ON part.debit_move_id = line.id AND part.max_date <= %(as_of)s
     LEFT JOIN account_move_line by_line ON by_line.id = part.credit_move_id
     LEFT JOIN account_move by_move ON by_move.id = by_line.move_id
         WHERE d.move_type != 'out_refund'
           AND reversed.id IS NULL
           AND line.display_type = 'payment_term'
           AND line.balance > 0
        """,
        as_of=as_of,
    )


def payment(window, as_of):
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
                     GREATEST(paid_on - date, 0) AS days_to_pay,
                     GREATEST(paid_on - due, 0) AS days_late
                FROM settled
               WHERE paid_on > %(window)s AND amount > 0
           UNION ALL
              SELECT partner_id, line_id, balance - COALESCE(SUM(amount), 0), TRUE,
                     %(as_of)s - date, %(as_of)s - due
                FROM settled
               WHERE due < %(as_of)s
            GROUP BY partner_id, line_id, balance, date, due
              HAVING balance > COALESCE(SUM(amount), 0)
          ) piece
      GROUP BY partner_id
        """,
        window=window,
        as_of=as_of,
    )
