"""Accounts that money comes in on, and accounts of what clients owe."""

from odoo.tools import SQL

RECEIVABLE_IDS = SQL(
    "SELECT id FROM account_account WHERE account_type = 'asset_receivable'"
)
# Bank and cash accounts, those that bank journals and payment methods name, those that
# payments were booked on, and those that a company holds money on in between.
MONEY_IDS = SQL(
    """
    SELECT id FROM account_account WHERE account_type = 'asset_cash'
     UNION
    SELECT UNNEST(ARRAY[default_account_id, suspense_account_id])
      FROM account_journal WHERE type IN ('bank', 'cash', 'credit')
     UNION
    SELECT payment_account_id FROM account_payment_method_line
     UNION
    SELECT id FROM account_account account
     WHERE EXISTS (SELECT FROM account_payment
                    WHERE outstanding_account_id = account.id)
     UNION
    SELECT UNNEST(ARRAY[
               account_journal_suspense_account_id, transfer_account_id,
               account_default_pos_receivable_account_id])
      FROM res_company
    """
)


def of_scope(ids, scope=None):
    """:return: SQL of an array of accounts

    :param SQL ids: query of ids of accounts
    :param Scope scope: only accounts of its companies, or of companies of the same
        tree, because a company and its branches share accounts
    """
    in_tree = SQL("TRUE")
    if scope is not None:
        in_tree = SQL(
            """EXISTS (
               SELECT FROM account_account_res_company_rel rel
                 JOIN res_company owner ON owner.id = rel.res_company_id
                 JOIN res_company company
                   ON SPLIT_PART(company.parent_path, '/', 1)
                      = SPLIT_PART(owner.parent_path, '/', 1)
                WHERE rel.account_account_id = account.id
                  AND %s)""",
            scope.in_company(SQL("company.id")),
        )
    return SQL(
        "ARRAY(SELECT id FROM (%s) account WHERE id IS NOT NULL AND %s)", ids, in_tree
    )
