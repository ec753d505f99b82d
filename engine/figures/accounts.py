"""Accounts that money comes in on, and accounts of what clients owe."""

from typing import NamedTuple

from odoo.tools import SQL

# What tells which account is for what.
MODELS = (
    "account.account",
    "account.journal",
    "account.payment.method.line",
    "account.payment",
    "res.company",
)

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


class Accounts(NamedTuple):
    """Ids of accounts: those for money, and receivable accounts.

    Each is a list, or SQL of an array.
    """

    money: object
    receivable: object


EVERYWHERE = Accounts(
    SQL("ARRAY(SELECT id FROM (%s) account WHERE id IS NOT NULL)", MONEY_IDS),
    SQL("ARRAY(%s)", RECEIVABLE_IDS),
)


def accounts_of(env, companies):
    """Read the accounts before a query, because PostgreSQL plans it much better and
    much faster if it knows them.

    :param companies: ids of companies
    :return: `Accounts` that these companies share
    """
    for name in MODELS:
        env[name].flush_model()
    query = SQL(
        """
        SELECT ARRAY_AGG(account_id) FILTER (WHERE account_id = ANY(%s)),
               ARRAY_AGG(account_id) FILTER (WHERE account_id = ANY(%s))
          FROM (
              SELECT DISTINCT account_account_id AS account_id
                FROM account_account_res_company_rel
               WHERE res_company_id = ANY(%s)
              ORDER BY account_id
          ) shared
        """,
        *EVERYWHERE,
        list(companies),
    )
    [found] = env.execute_query(query)
    return Accounts(*(ids or [] for ids in found))
