"""The messages about blocked clients. They depend on what the user may know.

The functions take `clients`: `res.partner`, commercial partners.
"""

from odoo import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import format_date

from ..lists.client_status import UNBLOCKERS


def refusal(clients, company, error=UserError):
    """:return: the error to raise about these blocked clients, or None without clients

    :param company: the company of the document
    :param error: class of the error
    """
    if not clients:
        return None
    return error("\n".join(messages(clients.with_company(company))))


def messages(clients):
    """The texts about blocked clients in the current company. Internal users who may
    read the client get the reason. All other users get a neutral text.

    :return: list of different sentences
    """
    if not clients:
        return []
    reader = _internal_reader(clients.env)
    readable = clients.sudo().browse()
    if reader:
        companies = reader.company_ids.ids
        as_reader = clients.with_user(reader).with_context(
            allowed_company_ids=companies
        )
        readable = clients & clients.browse(as_reader._filtered_access("read").ids)
    texts = [reason(client, reader) for client in readable]
    if clients - readable:
        texts.append(
            clients.env._("This document cannot be confirmed. Please contact us.")
        )
    return texts


def reason(client, reader=None):
    """The reason why a client is blocked in the current company or a company above it,
    its name, and the users who may unblock it. A block of a company above is a decision
    of that company: its reason is for users who work there.

    :param reader: `res.users`, who reads the text; None for a note on a document, which
        all users of the current company may read
    :return: the text
    """
    client = client.sudo().commercial_partner_id
    company = client._client_blocking_company() or client.env.company
    is_above = company != client.env.company
    client = client.with_company(company)
    env = client.env
    values = {"client": client.display_name, "company": company.name}
    if is_above and not (reader and company in reader.sudo().company_ids):
        text = env._(
            "“%(client)s” is blocked in %(company)s and its branches.", **values
        )
    elif client.client_blocked:
        values |= {
            "reason": (client.client_blocked_reason or "").rstrip("."),
            "user": client.client_blocked_by_id.name or "?",
            "date": format_date(env, client.client_blocked_date),
        }
        text = env._(
            "“%(client)s” is blocked: %(reason)s (%(user)s, %(date)s).", **values
        )
        if is_above:
            text = env._(
                "“%(client)s” is blocked in %(company)s and its branches: %(reason)s "
                "(%(user)s, %(date)s).",
                **values,
            )
    else:
        values["status"] = client.client_status_id.name
        text = env._(
            "“%(client)s” has the status “%(status)s”, which blocks documents.",
            **values,
        )
        if is_above:
            text = env._(
                "“%(client)s” has the status “%(status)s” in %(company)s, which blocks "
                "documents in its branches as well.",
                **values,
            )
    return f"{text} {whom_to_ask(env)}"


def whom_to_ask(env):
    """:return: sentence with the users who may unblock clients in this company"""
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


def _internal_reader(env):
    """:return: `res.users`, the user who reads the message, if it is an internal user.
    If Odoo works as the superuser for a visitor (a customer who signs on the portal),
    the visitor is the reader.
    """
    no_user = env["res.users"].sudo()
    visitor = env.user
    if request:
        visitor = no_user.browse(request.env.uid or ())
    elif env.uid == SUPERUSER_ID:  # the user of an XML-RPC call, or a cron
        first = env.transaction.default_env
        visitor = first.user if first else visitor
    users = env.user | visitor
    if not visitor or not all(user._is_internal() for user in users.sudo()):
        return no_user
    return visitor
