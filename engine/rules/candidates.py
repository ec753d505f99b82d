"""The queries for the clients that a status rule changes."""

from odoo.tools import SQL

from ..partner.assign import differing
from ..scope import company_tree
from .declaration import OccasionScope
from .spec import filter_domain


def among(env, company, domain, user=None):
    """The partners of a domain, by what a user may read in one company.

    :param int user: id of the user; without one, the rights of the superuser
    :return: SQL of the condition that partner `client` is one of them
    """
    env = env(su=True) if user is None else env(user=user, su=False)
    partners = env["res.partner"].with_company(company)
    partners = partners.with_context(active_test=False, allowed_company_ids=company.ids)
    return SQL("client.id IN %s", partners._search(domain).subselect())


def condition(env, spec, company):
    """:return: SQL of the condition that a rule changes partner `client`, whose status
    is `old`; companies of this database are no clients, see `engine.companies`
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
    if not company.sudo().client_own_companies:
        partners = company_tree(company).partners
        conditions.append(SQL("client.id != ALL(%s)", list(partners)))
    if spec.sources:
        conditions.append(SQL("old IN %s", spec.sources))
    if spec.domain:
        domain = filter_domain(spec.domain)
        conditions.append(among(env, company, domain, spec.author))
    return SQL(" AND ").join(conditions)


def due(env, trigger, spec, company, today, *, clients=None, live=True, extra=None):
    """The clients that have an occasion which the rule has not answered yet.

    :param Trigger trigger: the trigger of the rule
    :param date today: the current day of the company
    :param clients: ids to look at, or None for all
    :param bool live: whether only occasions since `starts_at` count; else all count
    :param SQL extra: another condition on partner `client`
    :return: SQL of a SELECT of `id`, `old` and `document_id`, one row per client
    """
    target = env["client.status"].browse(spec.target)
    wanted = condition(env, spec, company)
    if extra:
        wanted = SQL("%s AND %s", wanted, extra)
    differs = differing(
        env, "client_status_id", clients, target, company, condition=wanted
    )
    # A class event has just happened.
    since = spec.starts_at if live and not trigger.class_event else None
    scope = OccasionScope(env, company, today, spec.months, clients, since)
    env["client.change"].flush_model()
    return SQL(
        """
        SELECT client.id, client.old, occasion.document_id
          FROM (%(differs)s) client
          JOIN (%(occasions)s) occasion ON occasion.client_id = client.id
         WHERE %(in_time)s
           AND NOT EXISTS (
               SELECT FROM client_change change
                WHERE change.partner_id = client.id
                  AND change.company_id = %(company)s
                  AND change.qualifier = 'client_status_id'
                  AND %(answered)s)
        """,
        differs=differs,
        occasions=trigger.occasions(scope),
        in_time=SQL("occasion.happened > %s", since) if since else SQL("TRUE"),
        company=company.id,
        answered=trigger.answered(spec),
    )
