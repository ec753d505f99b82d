"""Check the texts of partners that PostgreSQL cannot check, and store the results.

`client_quality` has one row per partner with an e-mail, phone or VAT number. `checked`
is a hash of what was checked, and of the versions of the validators: if it differs from
the partner, the result is out of date.
"""

import logging
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from odoo.tools import SQL

from ..planner import without_jit
from . import emails, phones, vats

_logger = logging.getLogger(__name__)
FIELDS = ("email", "phone", "vat")
# What the validators read.
READS = (*FIELDS, "country_id")
RULES = "1"  # to be changed with the rules of our own validators
AT_ONCE = 5000


@cache
def validators():
    """:return: dict of the versions of the packages that check, None if missing"""
    return {name: _version(name) for name in ("email-validator", "phonenumbers")}


def _version(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def missing():
    """:return: names of the packages that are not installed"""
    return [name for name, installed in validators().items() if not installed]


@cache
def _signature():
    return " ".join([RULES, *(f"{k}={v}" for k, v in validators().items())])


def current(alias):
    """:return: SQL of the hash of what has to be checked of a partner"""
    columns = [SQL.identifier(alias, name) for name in READS]
    return _hash(columns)


def _hash(values):
    # With a separator that no text has, and NULL like an empty text.
    texts = [SQL("COALESCE(%s::text, '')", value) for value in values]
    return SQL(
        "hashtext(%s)",
        SQL(" || chr(31) || ").join([SQL("%s::text", _signature()), *texts]),
    )


def outdated(env):
    """:return: ids of the partners whose result is missing or out of date"""
    env["res.partner"].flush_model(READS)
    without_jit(env)
    rows = env.execute_query(
        SQL(
            """
            SELECT p.id
              FROM res_partner p
         LEFT JOIN client_quality q ON q.partner_id = p.id
             WHERE (q.id IS NOT NULL OR p.email > '' OR p.phone > '' OR p.vat > '')
               AND q.checked IS DISTINCT FROM %s
             ORDER BY p.id
            """,
            current("p"),
        )
    )
    return [partner for (partner,) in rows]


def check(env, partners):
    """Check partners (ids), and store the results. The caller flushes."""
    for start in range(0, len(partners), AT_ONCE):
        _check(env, partners[start : start + AT_ONCE])


def _check(env, partners):
    # In the order of the ids, so that two transactions do not wait for each other.
    rows = env.execute_query(
        SQL(
            """
            SELECT p.id, p.email, p.phone, p.vat, country.code
              FROM res_partner p
         LEFT JOIN res_country country ON country.id = p.country_id
             WHERE p.id = ANY(%s)
             ORDER BY p.id
            """,
            list(partners),
        )
    )
    results = [
        (
            partner,
            email,
            *_columns(emails.check(email)),
            *_columns(phones.check(phone, country)),
            *_columns(vats.check(vat, country)),
        )
        for partner, email, phone, vat, country in rows
    ]
    # Who has nothing to check, or nothing any more, has no row.
    empty = [partner for partner, _email, *columns in results if not any(columns)]
    if empty:
        query = "DELETE FROM client_quality WHERE partner_id = ANY(%s)"
        env.execute_query(SQL(query + " RETURNING id", empty))
    results = [result for result in results if any(result[2:])]
    if results:
        _store(env, results)


def _columns(answer):
    return (answer.state, answer.fixed) if answer else (None, None)


def _store(env, results):
    """Write results; one row is: partner, e-mail, and state and right value of each of
    `FIELDS`.

    `email_date` is the day since when the partner has its e-mail: the last change that
    Odoo tracked, or the day when the partner was created. To correct the spelling is no
    change.
    """
    ids, email_texts, *columns = map(list, zip(*results, strict=True))
    keys = [
        (fixed or email or "").strip().lower() or None
        for email, fixed in zip(email_texts, columns[1], strict=True)
    ]
    env.execute_query(
        SQL(
            """
            INSERT INTO client_quality AS stored (
                partner_id, email_state, email_fixed, phone_state, phone_fixed,
                vat_state, vat_fixed, email_key, email_date, checked)
            SELECT result.id, email_state, email_fixed, phone_state, phone_fixed,
                   vat_state, vat_fixed, hashtext(key),
                   COALESCE(tracked.day, p.create_date::date), %(current)s
              FROM unnest(
                       %(ids)s::int[], %(email_state)s::text[], %(email_fixed)s::text[],
                       %(phone_state)s::text[], %(phone_fixed)s::text[],
                       %(vat_state)s::text[], %(vat_fixed)s::text[], %(keys)s::text[]
                   ) AS result(
                       id, email_state, email_fixed, phone_state, phone_fixed,
                       vat_state, vat_fixed, key)
              JOIN res_partner p ON p.id = result.id
         LEFT JOIN LATERAL (
                   SELECT MAX(message.date)::date AS day
                     FROM mail_message message
                     JOIN mail_tracking_value tracking
                       ON tracking.mail_message_id = message.id
                     JOIN ir_model_fields field
                       ON field.id = tracking.field_id AND field.name = 'email'
                    WHERE message.model = 'res.partner' AND message.res_id = p.id
                   ) tracked ON p.email > ''
             ORDER BY p.id
                ON CONFLICT (partner_id) DO UPDATE
               SET email_state = excluded.email_state,
                   email_fixed = excluded.email_fixed,
                   phone_state = excluded.phone_state,
                   phone_fixed = excluded.phone_fixed,
                   vat_state = excluded.vat_state,
                   vat_fixed = excluded.vat_fixed,
                   email_key = excluded.email_key,
                   email_date = CASE
                       WHEN stored.email_key IS NOT DISTINCT FROM excluded.email_key
                       THEN stored.email_date ELSE CURRENT_DATE END,
                   checked = excluded.checked
             WHERE stored.checked IS DISTINCT FROM excluded.checked
         RETURNING partner_id
            """,
            current=current("p"),
            ids=ids,
            keys=keys,
            **dict(
                zip(
                    (f"{f}_{what}" for f in FIELDS for what in ("state", "fixed")),
                    columns,
                    strict=True,
                )
            ),
        )
    )
