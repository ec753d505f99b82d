"""For which clients a status rule is: the queries.

An *occasion* is what a rule waits for, one row a client: when it `happened`, and when
the last `news` of the client was. News is business that was not there before: a
document posted for the first time, a meeting held. What a person sets by hand stands
until then; and a rule never answers the same occasion twice.
"""

import ast
from dataclasses import dataclass
from datetime import datetime

from dateutil.relativedelta import relativedelta

from odoo.fields import Datetime, Domain
from odoo.tools import SQL

from ..figures.meetings import held
from ..partner.assign import differing

ORDERS = ("out_invoice", "out_receipt")
# What the journal names as the document of an occasion.
DOCUMENT_MODELS = {"first_meeting": "calendar.event"}
# What is cancelled or credited has been business all the same.
LAST_BUSINESS = SQL("GREATEST(last_invoice_date, last_meeting_date, business_date)")
NEWS = SQL("GREATEST(business_at, %s::timestamp)", LAST_BUSINESS)


@dataclass(frozen=True)
class Terms:
    """What a rule says, kept in memory so that a posting need not read it.

    :param sources: ids of the statuses it starts from; empty for all of them
    :param along: ids of the type to change from and the one to change to, or None
    :param domain: filter on the client, as text
    :param author: id of the user who wrote the filter, and whose rights it has
    :param starts_at: only what happens after it concerns the rule
    """

    id: int
    trigger: str
    target: int
    sources: tuple
    along: tuple | None
    domain: str
    months: int
    starts_at: datetime
    has_actions: bool
    author: int

    @property
    def is_simple(self):
        """Nothing of it was made by people: no filter, no action."""
        return not self.domain and not self.has_actions

    def concerns(self, status, pinned, blocking):
        """Part of `condition`, for a status that is known already.

        :param status: id of a client's status, or None
        :param pinned: whether it stays as it is
        :param blocking: ids of the statuses that block documents
        :return: whether the rule can change this status
        """
        return (
            not pinned
            and status != self.target
            and status not in blocking
            and (not self.sources or status in self.sources)
        )


def filter_domain(text):
    """:return: `Domain` of a filter as the domain widget writes it
    :raise ValueError, SyntaxError: when it is none
    """
    return Domain(ast.literal_eval(text or "[]"))


def has_filter(text):
    """:return: whether the filter of a rule leaves some clients out"""
    return bool(text) and str(text).strip() != "[]"


def among(env, company, domain, user=None):
    """The partners of a domain, with what a user may read in one company.

    :param int user: id of the user; everything may be read when missing
    :return: SQL of the condition that partner `client` is one of them
    """
    env = env(su=True) if user is None else env(user=user, su=False)
    partners = env["res.partner"].with_company(company)
    partners = partners.with_context(active_test=False, allowed_company_ids=company.ids)
    return SQL("client.id IN %s", partners._search(domain).subselect())


def condition(env, terms, company):
    """:return: SQL of the condition that a rule is for partner `client`, whose status
    is `old`
    """
    Partner = env["res.partner"].sudo().with_company(company)
    Partner.flush_model(["client_status_pinned"])
    pinned = Partner._field_to_sql("client", "client_status_pinned")
    # No rule takes a client out of a status that blocks documents.
    conditions = [
        SQL("NOT COALESCE(%s, FALSE)", pinned),
        SQL(
            "NOT EXISTS (SELECT FROM client_status WHERE id = old AND blocks_documents)"
        ),
    ]
    if terms.sources:
        conditions.append(SQL("old IN %s", terms.sources))
    if terms.domain:
        domain = filter_domain(terms.domain)
        conditions.append(among(env, company, domain, terms.author))
    return SQL(" AND ").join(conditions)


def due(env, terms, company, today, *, clients=None, live=True, extra=None):
    """The clients whose occasion has come, by the figures and the calendar.

    :param date today: the day it is for the company
    :param clients: ids to look at, or None for all
    :param bool live: what happens from `starts_at` on; all that ever happened if not
    :param SQL extra: another condition on partner `client`
    :return: SQL of a SELECT of `id`, `old` and `document_id`, one row a client
    """
    target = env["client.status"].browse(terms.target)
    wanted = condition(env, terms, company)
    if extra:
        wanted = SQL("%s AND %s", wanted, extra)
    differs = differing(
        env, "client_status_id", clients, target, company, condition=wanted
    )
    env["client.change"].flush_model()
    env["client.metric"].flush_model()
    return SQL(
        """
        SELECT client.id, client.old, %(document)s AS document_id
          FROM (%(differs)s) client
          JOIN (%(occasions)s) occasion ON occasion.client_id = client.id
         WHERE NOT EXISTS (
               SELECT FROM client_change change
                WHERE change.partner_id = client.id
                  AND change.company_id = %(company)s
                  AND change.qualifier = 'client_status_id'
                  AND %(answered)s)
        """,
        document=_document(terms, company),
        differs=differs,
        occasions=_occasions(terms, company, today, clients, live),
        company=company.id,
        answered=_answered(terms),
    )


def _answered(terms):
    """What in the journal says that somebody or something has dealt with it."""
    if terms.trigger == "business_again":  # again: after the client became inactive
        return SQL("change.date >= occasion.happened")
    return SQL(
        """(change.origin != 'rule' AND change.date >= occasion.news
            OR change.rule_id = %s
               AND change.date >= GREATEST(occasion.happened, occasion.news))""",
        terms.id,
    )


def _occasions(terms, company, today, clients, live):
    since = terms.starts_at if live else None
    if terms.trigger == "first_meeting":
        over = SQL("event.stop <= %s", Datetime.now())
        return SQL(
            """
            SELECT DISTINCT ON (client_id) client_id, event_id AS document_id,
                   stop AS happened, stop AS news
              FROM (%s) held
          ORDER BY client_id, stop DESC
            """,
            held(over, since=since, company=company, clients=clients),
        )
    if terms.trigger == "first_payment":
        return _payments(company)
    happened, conditions = _by_figures(terms, today)
    if since and terms.trigger in ("inactive", "business_again"):
        conditions = SQL("%s AND %s > %s", conditions, happened, since)
    if clients is not None:
        conditions = SQL(
            "%s AND partner_id = ANY(%s::int[])", conditions, list(clients)
        )
    occasions = SQL(
        """
        SELECT partner_id AS client_id, NULL::int AS document_id,
               %s AS happened, %s AS news
          FROM client_metric
         WHERE company_id = %s AND %s
        """,
        happened,
        NEWS,
        company.id,
        conditions,
    )
    if terms.trigger == "left_vip" and clients is not None:
        # Their last document may have gone, and their figures with it.
        occasions = SQL(
            """
            %s
             UNION ALL
            SELECT id, NULL::int, NULL::timestamp, NULL::timestamp
              FROM UNNEST(%s::int[]) id
             WHERE NOT EXISTS (
                   SELECT FROM client_metric WHERE company_id = %s AND partner_id = id)
            """,
            occasions,
            list(clients),
            company.id,
        )
    return occasions


def _by_figures(terms, today):
    """:return: SQL of the moment of the occasion, and of the condition that it came"""
    months = SQL("make_interval(months => %s)", terms.months)
    limit = today - relativedelta(months=terms.months)
    return {
        "first_invoice": (NEWS, SQL("order_count > 0")),
        "became_vip": (SQL("NULL::timestamp"), SQL("revenue_class = 'vip'")),
        "left_vip": (
            SQL("NULL::timestamp"),
            SQL("revenue_class IS DISTINCT FROM 'vip'"),
        ),
        "inactive": (
            SQL("(%s + %s)", LAST_BUSINESS, months),
            SQL("%s <= %s", LAST_BUSINESS, limit),
        ),
        "business_again": (NEWS, SQL("%s > %s", LAST_BUSINESS, limit)),
    }[terms.trigger]


def _payments(company):
    """Payments of clients, and entries such as those of a bank statement that settle
    an invoice; no credit note and no exchange difference."""
    return SQL(
        """
        SELECT client_id, MAX(moment) AS happened, MAX(moment) AS news,
               (ARRAY_AGG(document_id ORDER BY moment))[1] AS document_id
          FROM (
              SELECT partner.commercial_partner_id AS client_id,
                     payment.move_id AS document_id, payment.create_date AS moment
                FROM account_payment payment
                JOIN res_partner partner ON partner.id = payment.partner_id
               WHERE payment.company_id = %(company)s
                 AND payment.payment_type = 'inbound'
                 AND payment.partner_type = 'customer'
                 AND payment.state IN ('in_process', 'paid')
           UNION ALL
              SELECT invoice.commercial_partner_id, entry.id, part.create_date
                FROM account_move invoice
                JOIN account_move_line line ON line.move_id = invoice.id
                JOIN account_partial_reconcile part ON part.debit_move_id = line.id
                JOIN account_move_line by_line ON by_line.id = part.credit_move_id
                JOIN account_move entry ON entry.id = by_line.move_id
               WHERE invoice.company_id = %(company)s
                 AND invoice.state = 'posted'
                 AND invoice.move_type IN %(orders)s
                 AND entry.move_type = 'entry'
                 AND entry.origin_payment_id IS NULL
                 AND NOT EXISTS (
                     SELECT FROM account_partial_reconcile difference
                      WHERE difference.exchange_move_id = entry.id)
          ) paid
      GROUP BY client_id
        """,
        company=company.id,
        orders=ORDERS,
    )


def _document(terms, company):
    """:return: SQL of the document of `client` and `occasion` that the journal names"""
    if terms.trigger in ("first_meeting", "first_payment"):
        return SQL("occasion.document_id")
    if terms.trigger == "left_vip":
        return SQL("NULL::int")
    return SQL(
        """(SELECT id FROM account_move
             WHERE company_id = %s AND commercial_partner_id = client.id
               AND state = 'posted' AND move_type IN %s
          ORDER BY COALESCE(invoice_date, date) %s, id
             LIMIT 1)""",
        company.id,
        ORDERS,
        SQL("ASC") if terms.trigger == "first_invoice" else SQL("DESC"),
    )
