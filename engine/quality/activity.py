"""What shows that a client is still there: documents, meetings, messages."""

from odoo.tools import SQL

# Documents of other apps: model, date, and name of the field with the partner. They
# count if the app is installed.
OF_APPS = (
    ("sale.order", "date_order"),
    ("purchase.order", "date_order"),
    ("pos.order", "date_order"),
    ("crm.lead", "write_date"),
    ("project.task", "write_date"),
    ("stock.picking", "date_done"),
)


def activities(env, *, meetings=True):
    """:param meetings: whether meetings count
    :return: functions of a `Row` and the first day that counts, which return SQL of the
        ids of clients with something since then
    """
    found = [_moves, _messages_of_client, _messages_from, _messages_to]
    if meetings:
        found.append(_meetings)
    for model, day in OF_APPS:
        if model in env and "partner_id" in env[model]._fields:
            found.append(_of_app(env[model], day))
    return found


def nothing_since(env, row, day, *, meetings=True):
    """:return: SQL of the condition that a client has no activity since a day"""
    queries = [query(row, day) for query in activities(env, meetings=meetings)]
    return SQL(
        "NOT EXISTS (SELECT FROM (%s) activity(client) WHERE client = %s)",
        SQL(" UNION ALL ").join(queries),
        row["id"],
    )


def no_business_since(env, row, day):
    """:return: SQL of the condition that a client has no document since a day"""
    queries = [_moves(row, day)]
    for model, date in OF_APPS:
        if model in ("sale.order", "purchase.order", "pos.order") and model in env:
            queries.append(_of_app(env[model], date)(row, day))
    return SQL(
        "NOT EXISTS (SELECT FROM (%s) business(client) WHERE client = %s)",
        SQL(" UNION ALL ").join(queries),
        row["id"],
    )


def _of(row):
    """:return: SQL of the condition on the `member` of a client that is read"""
    if row.ids is None:
        return SQL("TRUE")
    return SQL("member.commercial_partner_id = ANY(%s::int[])", list(row.ids))


def _in_companies(row, column):
    if row.companies is None:
        return SQL("TRUE")
    return SQL("(%(c)s IS NULL OR %(c)s IN %(ids)s)", c=column, ids=row.companies)


def _moves(row, day):
    return SQL(
        """
        SELECT member.commercial_partner_id
          FROM account_move document
          JOIN res_partner member ON member.id = document.partner_id
         WHERE document.state != 'cancel'
           AND COALESCE(document.invoice_date, document.date) >= %s
           AND %s AND %s
        """,
        day,
        _in_companies(row, SQL("document.company_id")),
        _of(row),
    )


def _of_app(model, date):
    company = SQL("TRUE")
    has_company = "company_id" in model._fields and model._fields["company_id"].store

    def query(row, day):
        return SQL(
            """
            SELECT member.commercial_partner_id
              FROM %s document
              JOIN res_partner member ON member.id = document.partner_id
             WHERE document.%s >= %s AND %s AND %s
            """,
            SQL.identifier(model._table),
            SQL.identifier(date),
            day,
            _in_companies(row, SQL("document.company_id")) if has_company else company,
            _of(row),
        )

    return query


def _meetings(row, day):
    return SQL(
        """
        SELECT member.commercial_partner_id
          FROM calendar_event meeting
          JOIN calendar_event_res_partner_rel attendee
            ON attendee.calendar_event_id = meeting.id
          JOIN res_partner member ON member.id = attendee.res_partner_id
         WHERE meeting.stop >= %s AND %s
        """,
        day,
        _of(row),
    )


# Written by people; not what Odoo writes when a record changes.
_WRITTEN = SQL(
    "message.message_type IN ('email', 'email_outgoing', 'comment', 'sms', 'whatsapp')"
)


def _messages_of_client(row, day):
    return SQL(
        """
        SELECT member.commercial_partner_id
          FROM mail_message message
          JOIN res_partner member
            ON message.model = 'res.partner' AND member.id = message.res_id
         WHERE message.date >= %s AND %s AND %s
        """,
        day,
        _WRITTEN,
        _of(row),
    )


def _messages_from(row, day):
    return SQL(
        """
        SELECT member.commercial_partner_id
          FROM mail_message message
          JOIN res_partner member ON member.id = message.author_id
         WHERE message.date >= %s AND %s AND %s
        """,
        day,
        _WRITTEN,
        _of(row),
    )


def _messages_to(row, day):
    return SQL(
        """
        SELECT member.commercial_partner_id
          FROM mail_message message
          JOIN mail_notification sent ON sent.mail_message_id = message.id
          JOIN res_partner member ON member.id = sent.res_partner_id
         WHERE message.date >= %s AND %s AND %s
        """,
        day,
        _WRITTEN,
        _of(row),
    )
