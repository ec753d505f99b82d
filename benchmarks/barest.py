"""The barest SQL for the figures and classes of all clients of a company.

What somebody would write who needs these columns once a night and nothing else: plain
text, with indexes and settings of its own. It follows the definitions in the docstrings
of `engine/figures` and `engine/classes`, and shares no SQL with them.

It only knows what the benchmark's data contains. It leaves out:

- meetings, branches, companies that are clients, limits by amounts
- down payments and their deductions, debit notes, negative lines, taxes that the price
  of a line at 100 % includes
- credit notes without an invoice, or in another currency than their invoice
- entries with several receivable lines, bank lines of a document itself, money on other
  accounts than bank and cash
- payments that are older than their invoice
- transferred debts, past days: everything is read up to today
- clients that changed since: the partner of a line or document counts as it is stored

All conditions and indexes ask for `id > 0`, so no other query can use the indexes.
"""

import contextlib
from pathlib import Path

from dateutil.relativedelta import relativedelta

ACCOUNTS = """
    SELECT ARRAY_AGG(id) FILTER (WHERE account_type = 'asset_cash'),
           ARRAY_AGG(id) FILTER (WHERE account_type = 'asset_receivable')
      FROM account_account
      JOIN account_account_res_company_rel ON account_account_id = id
     WHERE res_company_id = ANY(%s)
"""
INDEXES = {
    "documents": """account_move (company_id, commercial_partner_id)
        INCLUDE (id, invoice_date, move_type, amount_untaxed_signed)
        WHERE id > 0 AND state = 'posted'
          AND move_type IN ('out_invoice', 'out_receipt', 'out_refund')""",
    "credit_notes": """account_move (company_id, reversed_entry_id)
        INCLUDE (invoice_date, currency_id, amount_total)
        WHERE id > 0 AND state = 'posted' AND move_type = 'out_refund'
          AND reversed_entry_id IS NOT NULL""",
    "orders": """account_move (id)
        INCLUDE (currency_id, amount_total, amount_untaxed_signed,
                 invoice_currency_rate)
        WHERE id > 0 AND state = 'posted'
          AND move_type IN ('out_invoice', 'out_receipt')""",
    "instalments": """account_move_line (company_id, id)
        INCLUDE (partner_id, account_id, invoice_date, date_maturity)
        WHERE id > 0 AND display_type = 'payment_term' AND balance > 0
          AND parent_state = 'posted' AND account_id = ANY(%(receivable)s)""",
    "open_lines": """account_move_line (company_id, partner_id)
        INCLUDE (id, account_id, journal_id, date, invoice_date, date_maturity,
                 no_followup, amount_residual)
        WHERE id > 0 AND amount_residual != 0 AND parent_state = 'posted'
          AND account_id = ANY(%(receivable)s)""",
    "entries": """account_move_line (company_id, date, move_id)
        INCLUDE (id, account_id, balance)
        WHERE id > 0 AND display_type = 'product'
          AND account_id = ANY(%(money)s || %(receivable)s)""",
    "discounts": """account_move_line (company_id, invoice_date)
        INCLUDE (id, move_id, partner_id, quantity, price_unit, discount,
                 price_subtotal)
        WHERE id > 0 AND display_type = 'product' AND discount != 0
          AND parent_state = 'posted'""",
    "partials": """account_partial_reconcile (company_id, max_date)
        INCLUDE (debit_move_id, credit_move_id, amount)
        WHERE id > 0""",
}
SETTINGS = {
    "jit": "off",
    "work_mem": "'512MB'",
    "random_page_cost": "1",
    "max_parallel_workers_per_gather": "2",
}
QUERY = Path(__file__).with_suffix(".sql").read_text()


def create_indexes(cr, companies):
    """Create the indexes; the caller rolls back or drops them."""
    accounts = _accounts(cr, companies)
    for name, definition in INDEXES.items():
        cr.execute(f"CREATE INDEX barest_{name} ON {definition}", accounts)


def drop_indexes(cr):
    """Drop the indexes of `create_indexes`."""
    cr.execute("DROP INDEX " + ", ".join(f"barest_{name}" for name in INDEXES))


def run(company, as_of):
    """Compute all columns for every client; nothing is written.

    :return: number of clients
    """
    with _settings(company.env.cr) as cr:
        cr.execute(f"SELECT COUNT(x.*) FROM ({QUERY}) x", _values(company, as_of))
        return cr.fetchone()[0]


def differing(company, as_of, query):
    """:param SQL query: another query of the same columns
    :return: number of clients whose values differ
    """
    cr = company.env.cr
    with _settings(cr):
        cr.execute(f"CREATE TEMP TABLE barest AS {QUERY}", _values(company, as_of))
        cr.execute("SELECT * FROM barest LIMIT 0")
        names = [column.name for column in cr.description]
        ours = ", ".join(f"barest.{name}" for name in names)
        others = ", ".join(f"other.{name}" for name in names)
        text = cr.mogrify(query.code, query.params).decode()
        cr.execute(
            f"SELECT COUNT(*) FROM barest FULL JOIN ({text}) other USING (partner_id)"
            f" WHERE ROW({ours}) IS DISTINCT FROM ROW({others})"
        )
        return cr.fetchone()[0]


@contextlib.contextmanager
def _settings(cr):
    with contextlib.closing(cr.savepoint(flush=False)):
        for name, value in SETTINGS.items():
            cr.execute(f"SET LOCAL {name} = {value}")
        yield cr


def _accounts(cr, companies):
    cr.execute(ACCOUNTS, [companies.ids])
    money, receivable = cr.fetchone()
    return {"money": money, "receivable": receivable}


def _values(company, as_of):
    """:return: dict of the values that `QUERY` needs"""
    year_before = as_of - relativedelta(years=1)
    window = relativedelta(months=company.client_window_months)
    start = as_of - window
    journals = company.env["account.journal"].with_context(active_test=False)
    general = [("type", "=", "general"), ("company_id", "=", company.id)]
    return {
        "company": company.id,
        "today": as_of,
        "start": start,
        "last_previous": min(year_before, start),
        "previous": min(year_before, start) - window,
        "year_before": year_before,
        "season": year_before + relativedelta(days=15),
        "recent": as_of - relativedelta(months=company.client_recent_months),
        "own": company.search([]).partner_id.ids,
        "general": journals.search(general).ids,
        "rounding": company.currency_id.rounding,
        "vip_share": company.client_vip_share,
        "regular_share": company.client_regular_share,
        "payment_evidence": company.client_payment_evidence,
        "fast_days": company.client_fast_days,
        "standard_days": company.client_standard_days,
        "active_days": company.client_active_days,
        **_accounts(company.env.cr, company),
    }
