"""What is said when a blocked client gets no document: how much, and to whom.

Functions over `clients`: commercial partners, `res.partner`.
"""

from odoo import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import format_date

from ..lists.client_status import UNBLOCKERS


def refusal(clients, company, error=UserError):
    """:return: what to raise when there is one of these blocked clients, or None

    :param company: the company that makes them no document
    :param error: class of what is raised
    """
    if not clients:
        return None
    return error("\n".join(messages(clients.with_company(company))))


def messages(clients):
    """What whoever asks may know of blocked clients, in the current company: why, for
    those who work here and may read the client; nothing for all others.

    :return: list of sentences, each once
    """
    if not clients:
        return []
    asker = _asker(clients.env)
    known = clients.sudo().browse()
    if asker:
        companies = asker.company_ids.ids
        own = clients.with_user(asker).with_context(allowed_company_ids=companies)
        known = clients & clients.browse(own._filtered_access("read").ids)
    texts = [reason(client) for client in known]
    if clients - known:
        texts.append(
            clients.env._("This document cannot be confirmed. Please contact us.")
        )
    return texts


def reason(client):
    """:return: why a client gets no document of the current company, in one or two
    sentences, with the client's name and whom to ask
    """
    client = client.sudo().commercial_partner_id
    env = client.env
    if client.client_blocked:
        why = env._(
            "“%(client)s” is blocked: %(reason)s (%(user)s, %(date)s).",
            client=client.display_name,
            reason=(client.client_blocked_reason or "").rstrip("."),
            user=client.client_blocked_by_id.name or "?",
            date=format_date(env, client.client_blocked_date),
        )
    else:
        why = env._(
            "“%(client)s” has the status “%(status)s”, which blocks documents.",
            client=client.display_name,
            status=client.client_status_id.name,
        )
    return f"{why} {whom_to_ask(env)}"


def whom_to_ask(env):
    """:return: sentence that says who unblocks clients of the current company"""
    users = (
        env.ref(UNBLOCKERS)
        .sudo()
        .all_user_ids.filtered(
            lambda user: env.company in user.company_ids and not user.share
        )
    )
    names = (users - env.ref("base.user_root")).sorted("id").mapped("name")
    if not names:
        return env._("Ask an administrator to unblock it.")
    return env._("To unblock it, ask %s.", ", ".join(names[:3]))


def _asker(env):
    """:return: who reads what is said, when that is somebody who works here, as
    `res.users`. In a request that Odoo itself has taken over it is still the visitor: a
    customer who signs on the portal.
    """
    nobody = env["res.users"].sudo()
    visitor = env.user
    if request:
        visitor = nobody.browse(request.env.uid or ())
    elif env.uid == SUPERUSER_ID:  # who has called by XML-RPC, or a cron
        first = env.transaction.default_env
        visitor = first.user if first else visitor
    people = env.user | visitor
    if not visitor or not all(one._is_internal() for one in people.sudo()):
        return nobody
    return visitor
