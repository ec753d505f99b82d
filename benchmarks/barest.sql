-- All figures and classes of all clients of a company, see `barest.py`.
WITH taken_back AS MATERIALIZED (
    SELECT invoice.id
      FROM (
          SELECT reversed_entry_id AS id, currency_id, SUM(amount_total) AS amount
            FROM account_move
           WHERE id > 0 AND company_id = %(company)s AND state = 'posted'
             AND move_type = 'out_refund' AND reversed_entry_id IS NOT NULL
             AND invoice_date <= %(today)s
           GROUP BY reversed_entry_id, currency_id
      ) credit
      JOIN account_move invoice
           ON invoice.id = credit.id AND invoice.currency_id = credit.currency_id
          AND invoice.amount_total <= credit.amount
     WHERE invoice.id > 0 AND invoice.state = 'posted'
       AND invoice.move_type IN ('out_invoice', 'out_receipt')
), sales AS (
    SELECT partner_id,
           COALESCE(SUM(amount) FILTER (WHERE day > %(start)s), 0) AS revenue,
           COALESCE(SUM(amount) FILTER (
               WHERE day > %(previous)s AND day <= %(last_previous)s), 0)
               AS revenue_previous,
           SUM(amount) AS revenue_total,
           COUNT(*) FILTER (WHERE order_day > %(start)s) AS invoice_count,
           SUM(amount) FILTER (WHERE order_day > %(start)s) AS ordered,
           COUNT(order_day) AS order_count,
           MIN(order_day) AS first_invoice_date,
           MAX(order_day) AS last_invoice_date,
           MAX(order_day) FILTER (WHERE order_day <= %(season)s) AS season_date,
           COUNT(DISTINCT order_day) AS days
      FROM (
          SELECT commercial_partner_id AS partner_id, invoice_date AS day,
                 amount_untaxed_signed AS amount,
                 CASE WHEN move_type != 'out_refund' AND amount_untaxed_signed > 0
                       AND id NOT IN (SELECT id FROM taken_back)
                      THEN invoice_date END AS order_day
            FROM account_move
           WHERE id > 0 AND company_id = %(company)s AND state = 'posted'
             AND move_type IN ('out_invoice', 'out_receipt', 'out_refund')
             AND invoice_date <= %(today)s
             AND commercial_partner_id != ALL(%(own)s)
           ORDER BY commercial_partner_id
          OFFSET 0
      ) document
     GROUP BY partner_id
), discounts AS (
    SELECT line.partner_id,
           SUM((ROUND(
               CASE WHEN ABS(line.quantity * line.price_unit * (1 - line.discount / 100)
                             - line.price_subtotal) <= %(rounding)s
                    THEN line.quantity * line.price_unit
                    ELSE line.price_subtotal / NULLIF(1 - line.discount / 100, 0)
                     END, 2)
               - line.price_subtotal) / invoice.invoice_currency_rate) AS amount
      FROM account_move_line line
      JOIN account_move invoice ON invoice.id = line.move_id
     WHERE line.id > 0 AND line.company_id = %(company)s
       AND line.parent_state = 'posted'
       AND line.display_type = 'product' AND line.discount != 0
       AND line.invoice_date > %(start)s AND line.invoice_date <= %(today)s
       AND invoice.id > 0 AND invoice.state = 'posted'
       AND invoice.move_type IN ('out_invoice', 'out_receipt')
       AND invoice.amount_untaxed_signed > 0
       AND invoice.id NOT IN (SELECT id FROM taken_back)
     GROUP BY line.partner_id
), entries AS (
    SELECT MIN(id) FILTER (WHERE account_id = ANY(%(receivable)s)) AS line_id,
           LEAST(1, ROUND(
               SUM(balance) FILTER (WHERE account_id = ANY(%(money)s))
               / -SUM(balance) FILTER (
                   WHERE account_id = ANY(%(receivable)s) AND balance < 0), 6)) AS share
      FROM account_move_line
     WHERE id > 0 AND company_id = %(company)s AND display_type = 'product'
       AND account_id = ANY(%(money)s || %(receivable)s)
       AND date > %(start)s AND date <= %(today)s
     GROUP BY date, move_id
    HAVING SUM(balance) FILTER (WHERE account_id = ANY(%(money)s)) > 0
), open_lines AS (
    SELECT partner_id, id, invoice_date, due, amount,
           SUM(GREATEST(amount, 0)) OVER (PARTITION BY partner_id ORDER BY due, id)
               + SUM(LEAST(amount, 0)) OVER (PARTITION BY partner_id) AS uncovered
      FROM (
          SELECT partner_id, id, invoice_date, amount_residual AS amount,
                 COALESCE(date_maturity, invoice_date, date) AS due
            FROM account_move_line
           WHERE id > 0 AND company_id = %(company)s AND parent_state = 'posted'
             AND account_id = ANY(%(receivable)s) AND amount_residual != 0
             AND COALESCE(invoice_date, date) <= %(today)s
             AND partner_id != ALL(%(own)s)
             AND (no_followup IS NOT TRUE OR journal_id = ANY(%(general)s))
      ) line
), receivable AS (
    SELECT partner_id,
           COALESCE(SUM(LEAST(amount, uncovered)) FILTER (
               WHERE amount > 0 AND uncovered > 0 AND due < %(today)s), 0) AS overdue,
           COALESCE(-SUM(amount) FILTER (WHERE amount < 0), 0) AS open_credit
      FROM open_lines
     GROUP BY partner_id
), paid AS (
    SELECT part.debit_move_id AS id, line.partner_id,
           part.amount * entry.share AS amount,
           GREATEST(part.max_date - line.invoice_date, 0) AS days,
           GREATEST(part.max_date - line.date_maturity, 0) AS late
      FROM account_partial_reconcile part
      JOIN entries entry ON entry.line_id = part.credit_move_id
      JOIN account_move_line line
           ON line.id = part.debit_move_id AND line.company_id = part.company_id
     WHERE part.id > 0 AND line.id > 0 AND part.company_id = %(company)s
       AND part.max_date > %(start)s AND part.max_date <= %(today)s
       AND line.display_type = 'payment_term' AND line.balance > 0
       AND line.parent_state = 'posted' AND line.account_id = ANY(%(receivable)s)
       AND line.partner_id != ALL(%(own)s)
     UNION ALL
    SELECT id, partner_id, LEAST(amount, uncovered), %(today)s::date - invoice_date,
           %(today)s::date - due
      FROM open_lines
     WHERE amount > 0 AND uncovered > 0 AND due < %(today)s
), payments AS (
    SELECT partner_id, COUNT(DISTINCT id) AS payment_count,
           ROUND(SUM(amount * days) / SUM(amount), 2) AS days_to_pay,
           ROUND(SUM(amount * late) / SUM(amount), 2) AS days_late
      FROM paid
     GROUP BY partner_id
), figures AS MATERIALIZED (
    SELECT partner_id, COALESCE(sales.revenue, 0) AS revenue,
           COALESCE(sales.revenue_previous, 0) AS revenue_previous,
           ROUND(100 * (sales.revenue - sales.revenue_previous)
                 / CASE WHEN sales.revenue_previous > 0 THEN sales.revenue_previous END,
                 2) AS revenue_growth,
           COALESCE(sales.revenue_total, 0) AS revenue_total,
           COALESCE(sales.invoice_count, 0) AS invoice_count,
           ROUND(sales.ordered / NULLIF(sales.invoice_count, 0), 2) AS average_basket,
           COALESCE(sales.order_count, 0) AS order_count,
           sales.first_invoice_date, sales.last_invoice_date,
           CASE WHEN sales.days > 2 THEN ROUND(
               (sales.last_invoice_date - sales.first_invoice_date)::numeric
               / (sales.days - 1), 2) END AS order_gap_days,
           sales.season_date, payments.days_to_pay, payments.days_late,
           COALESCE(payments.payment_count, 0) AS payment_count,
           COALESCE(receivable.overdue, 0) AS overdue,
           COALESCE(receivable.open_credit, 0) AS open_credit,
           ROUND(100 * COALESCE(discounts.amount, 0)
                 / NULLIF(sales.ordered + COALESCE(discounts.amount, 0), 0), 2)
               AS average_discount
      FROM sales
      FULL JOIN receivable USING (partner_id)
      LEFT JOIN payments USING (partner_id)
      LEFT JOIN discounts USING (partner_id)
), levels AS (
    SELECT revenue, 100 * revenue / SUM(total) OVER () AS revenue_share,
           100 * SUM(total) OVER previous / SUM(total) OVER () AS cumulative,
           100 * (SUM(total) OVER previous - total) / SUM(total) OVER () AS before,
           SUM(clients) OVER previous - clients + 1 AS revenue_rank
      FROM (
          SELECT revenue, SUM(revenue) AS total, COUNT(*) AS clients
            FROM figures
           WHERE revenue > 0
           GROUP BY revenue
      ) level
    WINDOW previous AS (ORDER BY revenue DESC)
)
SELECT partner_id, revenue, revenue_previous, revenue_growth, revenue_total,
       invoice_count, average_basket, order_count, first_invoice_date,
       last_invoice_date, order_gap_days,
       CASE WHEN %(today)s::date - last_invoice_date > order_gap_days * 1.5
             AND last_invoice_date > %(year_before)s
             AND season_date <= %(season)s::date - CEIL(order_gap_days * 1.5)::int
            THEN TRUE END AS in_pause,
       days_to_pay, days_late, payment_count, overdue, open_credit, average_discount,
       NULL::date AS last_meeting_date,
       ROUND(revenue_share, 4) AS revenue_share,
       ROUND(cumulative, 4) AS revenue_cumulative, revenue_rank::int,
       CASE WHEN before < %(vip_share)s THEN 'vip'
            WHEN before < %(regular_share)s THEN 'regular'
            WHEN before IS NOT NULL THEN 'small' END AS revenue_class_computed,
       CASE WHEN payment_count < %(payment_evidence)s THEN NULL
            WHEN days_to_pay <= %(fast_days)s THEN 'fast'
            WHEN days_late <= %(standard_days)s THEN 'standard'
            ELSE 'slow' END AS payment_class_computed,
       CASE WHEN %(today)s::date - last_invoice_date <= %(active_days)s THEN 'active'
            WHEN last_invoice_date >= %(recent)s THEN 'recent'
            WHEN last_invoice_date IS NOT NULL THEN 'dormant'
            END AS engagement_computed
  FROM figures
  LEFT JOIN levels USING (revenue)
