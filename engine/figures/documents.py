"""The definition of a posted document, for figures, rules and reports.

- A **document** of a client is a posted customer invoice, receipt or credit note. Its
  client is the current commercial partner: invoices of contacts belong to their
  company. A client that becomes a contact brings its invoices to the company. The
  invoices of a contact that leaves stay with the company, as they do in accounting.
- A company has the documents of its branches as well. The documents of partners that
  are companies of this database do not count, see `engine.companies`.
- Its **day** is the invoice date. Drafts, cancelled documents and documents after the
  as-of day do not count.
- `orders` says which documents are orders.
"""

from odoo.tools import SQL

# Values of `move_type` of what may be an order, see `orders`.
ORDERS = ("out_invoice", "out_receipt")
DOCUMENTS = (*ORDERS, "out_refund")
# Values of `display_type` of the lines that make up the untaxed amount.
UNTAXED = (
    "product",
    "rounding",
    "non_deductible_product",
    "non_deductible_product_total",
)


def day(move):
    """:return: SQL of the day of a document; `move` is its alias, or that of a line"""
    return SQL(
        "COALESCE(%s, %s)",
        SQL.identifier(move, "invoice_date"),
        SQL.identifier(move, "date"),
    )


def posted(move, types=DOCUMENTS):
    """:return: SQL of the condition that the `account_move` with the alias `move` is a
    posted document
    """
    # The same spelling as in the index `_client_figures_idx`.
    return SQL(
        "%s = 'posted' AND %s IN %s",
        SQL.identifier(move, "state"),
        SQL.identifier(move, "move_type"),
        types,
    )


def of_scope(move, scope, types=DOCUMENTS):
    """:return: SQL of the condition that a move is a document of the scope"""
    company = SQL.identifier(move, "company_id")
    return SQL(
        "%s AND %s AND %s AND %s",
        scope.in_company(company),
        posted(move, types),
        in_time(move, scope),
        scope.of_clients(SQL.identifier(move, "commercial_partner_id"), company),
    )


def in_time(move, scope):
    """:return: SQL of the condition that the day of a document is not after the as-of
    day of the scope; `move` is its alias
    """
    if scope.as_of is None:
        return SQL("TRUE")
    invoice_date = SQL.identifier(move, "invoice_date")
    # On plain columns, because they have statistics.
    return SQL(
        "(%s OR %s IS NULL AND %s)",
        scope.until(invoice_date),
        invoice_date,
        scope.until(SQL.identifier(move, "date")),
    )


def lines_of_clients(line, scope):
    """:return: SQL of the condition that a line is in a document of the clients; `line`
    is the alias of `account_move_line`
    """
    if scope.clients is None:
        return SQL("TRUE")
    return SQL(
        "%s IN (SELECT id FROM account_move own WHERE %s)",
        SQL.identifier(line, "move_id"),
        of_scope("own", scope),
    )
