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
    :param Scope scope: only accounts of its companies and their relatives, see
        `relatives`, or None for all
    """
    owned = SQL("TRUE")
    if scope is not None:
        owned = SQL(
            """EXISTS (
               SELECT FROM account_account_res_company_rel owner
                WHERE owner.account_account_id = account.id
                  AND owner.res_company_id = ANY(%s))""",
            relatives(scope),
        )
    return SQL(
        "ARRAY(SELECT id FROM (%s) account WHERE id IS NOT NULL AND %s)", ids, owned
    )


def relatives(scope):
    """:return: SQL of an array of the companies of a scope and all companies of their
    trees: a company and its branches share accounts, and pay for each other
    """
    return SQL(
        """ARRAY(
            SELECT relative.id
              FROM res_company company
              JOIN res_company relative
                ON SPLIT_PART(relative.parent_path, '/', 1)
                   = SPLIT_PART(company.parent_path, '/', 1)
             WHERE %s)""",
        scope.in_company(SQL("company.id")),
    )
