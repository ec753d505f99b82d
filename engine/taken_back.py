"""Whether credit notes took one invoice back; `figures` does it for all at once."""

from odoo.tools import SQL


def is_taken_back(move):
    """Whether posted credit notes that reverse an invoice take all of it back.

    In the currency of the invoice, because the rate may have changed since; in the
    company's, if they are in another one.

    :param str move: alias of `account_move` in the query
    :return: SQL of a condition
    """
    return SQL(
        """
        EXISTS (
            SELECT FROM account_move refund
             WHERE refund.reversed_entry_id = %(move)s.id
               AND refund.move_type = 'out_refund'
               AND refund.state = 'posted'
            HAVING CASE WHEN BOOL_AND(refund.currency_id = %(move)s.currency_id)
                        THEN SUM(refund.amount_total) >= %(move)s.amount_total
                        ELSE -SUM(refund.amount_total_signed)
                             >= %(move)s.amount_total_signed END)
        """,
        move=SQL.identifier(move),
    )
