"""The figures of every client of a company: one SQL pass, one row a client.

What counts, for all figures:

- The client is the commercial partner of the document today: invoices of contacts are
  their company's, and a client that becomes a contact takes its invoices along. Those
  of a contact that leaves stay with the company, as they do in the books.
- Documents are posted customer invoices, receipts and credit notes of the company,
  dated until the as-of day; the date is the invoice date. Drafts and cancelled ones do
  not count, nor do invoices dated after it.
- Amounts are in the company's currency, as booked (`amount_untaxed_signed`).
- An invoice is an order unless credit notes that reverse it take all of it back, in its
  own currency: the rate may have changed since.

The figures:

- `revenue`: untaxed, invoices minus credit notes, of the window; `revenue_previous` of
  the same window a year before; `revenue_growth` in per cent of that, where it is
  positive; `revenue_total` of all time. A credit note counts on
  its own date. They may be negative.
- `invoice_count`: orders in the window; `average_basket`: their untaxed amount (before
  credit notes) divided by their number.
- `order_count`, `first_invoice_date`, `last_invoice_date`: of all orders ever;
  `order_gap_days`: mean number of days between the days of orders, from three such days
  on.
- `in_pause`: whether the client is silent for as long as a year before, see
  `engine.rhythm`.
- `days_to_pay`, `days_late`: means weighted by amount over what was paid in the window,
  each instalment with its own due date: days from the invoice date, and from the due
  date, to the day of the payment. Neither is negative: who pays early is not late. Of
  what is overdue on the as-of day, the open amount counts as if it were paid on that
  day, so that the figures grow as it ages. What a credit note or an exchange
  difference settles is not paid. A reconciliation counts as long as it stands, also
  while the payment is a draft again. `payment_count`: due dates behind the two.
- `overdue`: open amount of orders, due before the as-of day, on that day.
- `average_discount`: per cent, of the order lines of the window, weighted by the
  amount before discount; a deduction, as of a down payment, is no discount.
- `last_meeting_date`: last meeting over by the as-of day, see `meetings.held`.
"""

from odoo.tools import SQL

from .documents import document
from .meetings import held
from .payments import overdue, paid, payment
from .rhythm import pause

FIGURES = (
    "revenue",
    "revenue_previous",
    "revenue_growth",
    "revenue_total",
    "invoice_count",
    "average_basket",
    "order_count",
    "first_invoice_date",
    "last_invoice_date",
    "order_gap_days",
    "in_pause",
    "days_to_pay",
    "days_late",
    "payment_count",
    "overdue",
    "average_discount",
    "last_meeting_date",
)


def figures(company, as_of, policy, clients=None):
    """The query of the figures.

    :param company: `res.company`
    :param date as_of: the day as of which everything is seen
    :param Policy policy: its window
    :param clients: ids of commercial partners, or None for all of the company
    :return: SQL of a SELECT of `partner_id` and `FIGURES`, one row for each client
        with a document or a meeting
    """
    window, (previous_from, previous_to) = policy.window(as_of)
    return SQL(
        """
        WITH document AS (%(document)s),
             sale AS (%(sale)s),
             pause AS (%(pause)s),
             paid AS (%(paid)s),
             overdue AS (%(overdue)s),
             payment AS (%(payment)s),
             discount AS (%(discount)s),
             meeting AS (%(meeting)s)
        SELECT partner_id,
               COALESCE(revenue, 0) AS revenue,
               COALESCE(revenue_previous, 0) AS revenue_previous,
               CASE WHEN revenue_previous > 0
                    THEN ROUND(100 * (COALESCE(revenue, 0) - revenue_previous)
                               / revenue_previous, 2)
                END AS revenue_growth,
               COALESCE(revenue_total, 0) AS revenue_total,
               COALESCE(invoice_count, 0) AS invoice_count,
               ROUND(ordered / NULLIF(invoice_count, 0), %(decimals)s)
                   AS average_basket,
               COALESCE(order_count, 0) AS order_count,
               first_invoice_date, last_invoice_date, order_gap_days,
               CASE WHEN pause.partner_id IS NOT NULL THEN TRUE END AS in_pause,
               days_to_pay, days_late,
               COALESCE(payment_count, 0) AS payment_count,
               COALESCE(overdue, 0) AS overdue,
               average_discount, last_meeting_date
          FROM sale
          FULL JOIN meeting USING (partner_id)
          LEFT JOIN pause USING (partner_id)
          LEFT JOIN payment USING (partner_id)
          LEFT JOIN discount USING (partner_id)
        """,
        document=document(company, as_of, clients),
        sale=_sale(window, previous_from, previous_to),
        pause=pause(as_of),
        paid=paid(window, as_of),
        overdue=overdue(as_of),
        payment=payment(),
        discount=_discount(window),
        meeting=_meeting(company, as_of, clients),
        decimals=company.currency_id.decimal_places,
    )


def documents(name, company, as_of, policy, clients):
    """The query of the documents behind a class; parameters as of `figures`.

    :param str name: `revenue_class`: documents whose sum is the revenue of the window;
        `payment_class`: invoices paid in the window, or overdue; `engagement`: orders
    :return: SQL of a SELECT of ids of `account.move`
    """
    window, _previous = policy.window(as_of)
    condition = {
        "revenue_class": SQL("date > %s", window),
        "payment_class": SQL(
            """id IN (SELECT document_id FROM paid
                       UNION ALL
                      SELECT document_id FROM overdue)"""
        ),
        "engagement": SQL("is_order"),
    }[name]
    return SQL(
        """
        WITH document AS (%s), paid AS (%s), overdue AS (%s)
        SELECT id FROM document WHERE %s
        """,
        document(company, as_of, clients),
        paid(window, as_of),
        overdue(as_of),
        condition,
    )


def _sale(window, previous_from, previous_to):
    """One row a client with documents."""
    return SQL(
        """
        SELECT partner_id,
               SUM(amount_untaxed_signed) FILTER (WHERE date > %(window)s) AS revenue,
               SUM(amount_untaxed_signed) FILTER (
                   WHERE date > %(previous_from)s AND date <= %(previous_to)s
               ) AS revenue_previous,
               SUM(amount_untaxed_signed) AS revenue_total,
               COUNT(*) FILTER (WHERE is_order AND date > %(window)s) AS invoice_count,
               SUM(amount_untaxed_signed) FILTER (
                   WHERE is_order AND date > %(window)s
               ) AS ordered,
               COUNT(*) FILTER (WHERE is_order) AS order_count,
               MIN(date) FILTER (WHERE is_order) AS first_invoice_date,
               MAX(date) FILTER (WHERE is_order) AS last_invoice_date,
               CASE WHEN COUNT(DISTINCT date) FILTER (WHERE is_order) > 2
                    THEN ROUND(
                        (MAX(date) FILTER (WHERE is_order)
                         - MIN(date) FILTER (WHERE is_order))::numeric
                        / (COUNT(DISTINCT date) FILTER (WHERE is_order) - 1), 2)
                END AS order_gap_days
          FROM document
      GROUP BY partner_id
        """,
        window=window,
        previous_from=previous_from,
        previous_to=previous_to,
    )


def _discount(window):
    """One row a client with order lines in the window."""
    return SQL(
        """
        SELECT partner_id,
               ROUND(SUM(gross * discount) / NULLIF(SUM(gross), 0), 2)
                   AS average_discount
          FROM (
              SELECT d.partner_id, COALESCE(line.discount, 0)::numeric AS discount,
                     line.quantity * line.price_unit
                         / COALESCE(NULLIF(d.invoice_currency_rate, 0), 1)::numeric
                         AS gross
                FROM document d
                JOIN account_move_line line ON line.move_id = d.id
               WHERE d.date > %s
                 AND d.is_order
                 AND line.display_type = 'product'
                 AND line.quantity * line.price_unit > 0
          ) line
      GROUP BY partner_id
        """,
        window,
    )


def _meeting(company, as_of, clients):
    """One row a client that met somebody of the company."""
    over = SQL("event.stop::date <= %s", as_of)
    return SQL(
        """
        SELECT client_id AS partner_id, MAX(stop::date) AS last_meeting_date
          FROM (%s) held
      GROUP BY client_id
        """,
        held(over, company=company, clients=clients),
    )
