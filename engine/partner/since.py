"""The day since when a partner is a client follows its first invoice.

It follows while it is the day of the first invoice, or empty before there is one. So a
day that a person has typed stays, and one that a person has emptied stays empty. The
day is the same for all companies: it is that of the first invoice in any of them.
"""

from contextlib import contextmanager

from odoo.fields import Datetime
from odoo.tools import SQL

from ..scope import of_clients


@contextmanager
def since_followed(env, company, clients=None):
    """Around a refresh of the figures: update clients whose first invoice changes.

    :param company: `res.company` whose figures are refreshed
    :param clients: ids of commercial partners, or None for all
    """
    if clients is not None and not clients:
        yield
        return
    partners, metrics = env["res.partner"], env["client.metric"]
    metrics.flush_model(["first_invoice_date"])
    firsts = _firsts(company, clients)
    if clients is None:
        env.cr.execute(SQL("CREATE TEMP TABLE client_since_before AS %s", firsts))
        before = SQL("client_since_before")
    else:
        before = _rows(env.execute_query(firsts))
    yield
    partners.flush_model(["client_since", "commercial_partner_id"])
    rows = env.execute_query(_update(env, company, before, firsts))
    if clients is None:
        env.cr.execute("DROP TABLE client_since_before")
    if rows:
        changed = partners.sudo().browse(partner for (partner,) in rows)
        changed.invalidate_recordset(["client_since"], flush=False)
        changed.modified(["client_since"])


def _firsts(company, clients):
    """:return: SQL of a SELECT of clients with the day of their first invoice in a
    company
    """
    return SQL(
        """
        SELECT partner_id, first_invoice_date AS day FROM client_metric
         WHERE company_id = %s AND first_invoice_date IS NOT NULL AND %s
        """,
        company.id,
        of_clients(SQL.identifier("partner_id"), clients),
    )


def _rows(pairs):
    """:return: SQL of a relation with these pairs of `partner_id` and `day`"""
    return SQL(
        "(SELECT * FROM unnest(%s::int[], %s::date[]) AS pair(partner_id, day))",
        [partner for partner, _day in pairs],
        [day for _partner, day in pairs],
    )


def _update(env, company, before, firsts):
    """:return: SQL that updates clients and their contacts; one row per partner"""
    return SQL(
        """
        WITH changed AS MATERIALIZED (
            SELECT partner_id, before.day AS old_day, fresh.day AS new_day
              FROM %(before)s before
              FULL JOIN (%(firsts)s) fresh USING (partner_id)
             WHERE before.day IS DISTINCT FROM fresh.day
        ), overall AS MATERIALIZED (
            SELECT partner_id, LEAST(old_day, elsewhere.day) AS old_day,
                   LEAST(new_day, elsewhere.day) AS new_day
              FROM changed
        CROSS JOIN LATERAL (SELECT MIN(first_invoice_date) AS day
                              FROM client_metric metric
                             WHERE metric.partner_id = changed.partner_id
                               AND metric.company_id != %(company)s) elsewhere
        )
        UPDATE res_partner p
           SET client_since = overall.new_day, write_uid = %(uid)s, write_date = %(now)s
          FROM overall
          JOIN res_partner client ON client.id = overall.partner_id
         WHERE p.commercial_partner_id = client.id
           AND client.client_since IS NOT DISTINCT FROM overall.old_day
           AND overall.old_day IS DISTINCT FROM overall.new_day
     RETURNING p.id
        """,
        before=before,
        firsts=firsts,
        company=company.id,
        uid=env.uid,
        now=Datetime.now(),
    )


def fill_since(cr):
    """For databases that have figures already: give clients without such a day that of
    their first invoice, and their contacts too.
    """
    cr.execute(
        """
        UPDATE res_partner p
           SET client_since = first.day
          FROM (SELECT partner_id, MIN(first_invoice_date) AS day
                  FROM client_metric
                 WHERE first_invoice_date IS NOT NULL
              GROUP BY partner_id) first
          JOIN res_partner client ON client.id = first.partner_id
         WHERE p.commercial_partner_id = client.id
           AND client.client_since IS NULL
        """
    )
