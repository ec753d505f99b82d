"""Confirm the languages of many partners at once, with the journal: one SQL statement.

Each contact has its own language, so this is not a qualifier of clients, which
`engine.partner.assign` sets. The caller must have checked the access rights.
"""

from dataclasses import dataclass

from odoo.fields import Datetime
from odoo.tools import SQL

from ..partner.action import Action
from ..partner.assign import forget
from ..partner.undo import untouched

CONFIRMED = "client_language_confirmed"


def _differing(env, partners, confirmed):
    """:return: SQL of a SELECT of the `id` of the partners to write"""
    env["res.partner"].flush_model([CONFIRMED, "lang"])
    return SQL(
        """
        SELECT partner.id
          FROM res_partner partner
         WHERE partner.id = ANY(%s)
           AND partner.lang IS NOT NULL
           AND partner.client_language_confirmed IS DISTINCT FROM %s
           AND (%s OR partner.client_language_confirmed)
        """,
        list(partners),
        confirmed,
        confirmed,
    )


def _write(env, changes, confirmed, journal):
    """Write partners and the journal.

    :param SQL changes: SELECT of the `id` of the partners that change
    :return: their ids
    """
    rows = env.execute_query(
        SQL(
            """
            WITH changed AS MATERIALIZED (%(changes)s),
            written AS (
                UPDATE res_partner p
                   SET client_language_confirmed = %(new)s,
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM changed
                 WHERE p.id = changed.id
             RETURNING p.id
            )
            INSERT INTO client_change (
                partner_id, qualifier, old_value, new_value,
                date, user_id, origin, res_model, res_id)
            SELECT id, %(name)s, %(old_text)s, %(new_text)s,
                   %(now)s, %(uid)s, %(origin)s, %(model)s, %(document)s
              FROM written
         RETURNING partner_id
            """,
            changes=changes,
            name=CONFIRMED,
            new=confirmed,
            new_text=str(confirmed).lower(),
            old_text=str(not confirmed).lower(),
            now=Datetime.now(),
            uid=env.uid,
            origin=journal.get("origin", "hand"),
            model=journal.get("res_model"),
            document=journal.get("res_id"),
        )
    )
    changed = [partner for (partner,) in rows]
    if changed:
        forget(env, changed, [CONFIRMED])
    return changed


@dataclass(frozen=True, kw_only=True)
class ConfirmLanguage(Action):
    """Confirm the language of each selected partner, also of contacts. Partners without
    a language stay as they are.
    """

    field: str = CONFIRMED

    of_clients = False
    has_value = False

    def values(self, chosen):
        return {"confirmed": True}

    def sets(self, values):
        return {}

    def differing(self, env, values, partners, company):
        return _differing(env, partners, True)

    def apply(self, env, values, partners, company, **journal):
        return _write(env, _differing(env, partners, True), True, journal)

    def undo(self, env, operation, partners, company, **journal):
        env["client.change"].flush_model()
        env["res.partner"].flush_model([CONFIRMED])
        # The undo of an undo confirms again.
        changed = []
        for confirmed in (False, True):
            changes = SQL(
                """
                SELECT partner.id
                  FROM (%s) line
                  JOIN res_partner partner ON partner.id = line.partner_id
                 WHERE line.qualifier = %s AND line.old_value = %s
                   AND COALESCE(partner.client_language_confirmed, FALSE) != %s
                   AND partner.lang IS NOT NULL
                """,
                untouched(operation, partners),
                CONFIRMED,
                str(confirmed).lower(),
                confirmed,
            )
            changed += _write(env, changes, confirmed, journal)
        return changed
