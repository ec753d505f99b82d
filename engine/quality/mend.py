"""Bulk actions that correct clients where there is exactly one right value."""

from collections.abc import Callable
from dataclasses import dataclass

from odoo.tools import SQL

from ..partner import undo
from ..partner.action import Action
from ..partner.assign import write
from ..partner.field import PartnerField
from . import store

SHOWN = 10
# Only the partner itself.
ITSELF = SQL("p.id = changed.id")
# A client and all of its contacts: Odoo keeps some fields equal in them.
ENTITY = SQL("p.commercial_partner_id = changed.id")


def same_address(column):
    """:return: SQL of the condition that `p` is the partner, or a contact that has the
    address of the partner (it is not another address of it)
    """
    return SQL(
        """
        (p.id = changed.id
         OR (p.parent_id = changed.id AND p.type = 'contact'
             AND p.%s IS NOT DISTINCT FROM changed.old))
        """,
        SQL.identifier(column),
    )


@dataclass(frozen=True, kw_only=True)
class Mend(Action):
    """Each partner gets its own right value. There is nothing to choose.

    :param right: function of the alias of a partner, which returns SQL of the value
        that is certainly right; NULL if there is none, or if it is there already
    :param members: SQL of the partners that get the value, see `assign.write`
    :param reads: names of the fields of `res.partner` that `right` reads
    """

    right: Callable
    members: SQL = ITSELF
    reads: tuple = ()

    of_clients = False
    has_value = False
    is_own_value = True

    def sets(self, values):
        return {}

    def _differing(self, env, partners):
        """:return: SQL of rows `id`, `old`, `new`"""
        env["res.partner"].flush_model([self.field, *self.reads])
        return SQL(
            """
            SELECT client.id, %(old)s AS old, right_value.new
              FROM res_partner client
        CROSS JOIN LATERAL (SELECT (%(right)s) AS new OFFSET 0) right_value
             WHERE client.id = ANY(%(ids)s::int[])
               AND right_value.new IS NOT NULL
               AND right_value.new IS DISTINCT FROM %(old)s
            """,
            old=SQL.identifier("client", self.field),
            right=self.right("client"),
            ids=list(partners),
        )

    def differing(self, env, values, partners, company):
        return self._differing(env, partners)

    def preview(self, env, partners, company, limit=SHOWN):
        """:return: list of tuples (id, old, new), of names for people"""
        field = PartnerField(env, self.field, company)
        return env.execute_query(
            SQL(
                """
                SELECT found.id, COALESCE(old_value.name, found.old::text),
                       COALESCE(new_value.name, found.new::text)
                  FROM (%(differing)s ORDER BY client.id LIMIT %(limit)s) found
             LEFT JOIN (%(names)s) old_value ON old_value.value = found.old
             LEFT JOIN (%(names)s) new_value ON new_value.value = found.new
                """,
                differing=self._differing(env, partners),
                names=field.names(),
                limit=limit,
            )
        )

    def apply(self, env, values, partners, company, **journal):
        field = PartnerField(env, self.field, company)
        changes = SQL(
            """
            SELECT found.id, found.old, found.new,
                   COALESCE(old_value.name, found.old::text) AS old_name,
                   COALESCE(new_value.name, found.new::text) AS new_name,
                   %(document)s::int AS document_id
              FROM (%(differing)s) found
         LEFT JOIN (%(names)s) old_value ON old_value.value = found.old
         LEFT JOIN (%(names)s) new_value ON new_value.value = found.new
            """,
            document=journal.pop("res_id", None),
            differing=self._differing(env, partners),
            names=field.names(),
        )
        changed = write(env, field, changes, members=self.members, **journal)
        return self._checked(env, changed)

    def undo(self, env, operation, partners, company, **journal):
        changed = undo.undo_field(
            env,
            self.field,
            operation,
            partners,
            company,
            members=self.members,
            **journal,
        )
        return self._checked(env, changed)

    def _checked(self, env, changed):
        if changed and self.field in store.READS:
            env["client.quality"].invalidate_model()
            store.check(env, sorted(changed))
        return changed


def fixed(field):
    """:return: function of the alias of a partner: the right value that the validator
    has found, unless the partner has changed since
    """

    def right(alias):
        return SQL(
            "(SELECT stored.%s FROM client_quality stored"
            " WHERE stored.partner_id = %s AND stored.checked = %s)",
            SQL.identifier(f"{field}_fixed"),
            SQL.identifier(alias, "id"),
            store.current(alias),
        )

    return right


def fixed_of_client(field):
    """:return: like `fixed`, but no value for contacts"""

    def right(alias):
        return SQL(
            "(SELECT value FROM (SELECT %s AS value) found WHERE %s = %s)",
            fixed(field)(alias),
            SQL.identifier(alias, "commercial_partner_id"),
            SQL.identifier(alias, "id"),
        )

    return right


def town(alias):
    """The town, if it is empty and the postcode has only one; of bilingual towns none.

    :return: SQL
    """
    return SQL(
        """
        (SELECT MIN(place.name)
           FROM client_place place
          WHERE COALESCE(%(city)s, '') = ''
            AND place.zip = BTRIM(%(zip)s) AND place.country_id = %(country)s
            AND place.active
         HAVING COUNT(DISTINCT place.name) = 1)
        """,
        city=SQL.identifier(alias, "city"),
        zip=SQL.identifier(alias, "zip"),
        country=SQL.identifier(alias, "country_id"),
    )


def country(alias):
    """The country, if it is empty and only one has this postcode with this town.

    :return: SQL
    """
    return SQL(
        """
        (SELECT MIN(place.country_id)
           FROM client_place place
          WHERE %(country)s IS NULL
            AND place.zip = BTRIM(%(zip)s) AND place.active
            AND client_fold(place.name) = client_fold(BTRIM(%(city)s))
         HAVING COUNT(DISTINCT place.country_id) = 1)
        """,
        city=SQL.identifier(alias, "city"),
        zip=SQL.identifier(alias, "zip"),
        country=SQL.identifier(alias, "country_id"),
    )


def language(alias):
    """The language, if it is empty and the place has only one; the variant of the
    country (fr_CH), else the only active variant.

    :return: SQL of the code of an active language
    """
    return SQL(
        """
        (SELECT COALESCE(
                    MIN(lang.code) FILTER (
                        WHERE lang.code = place.language || '_' || country.code),
                    CASE WHEN COUNT(DISTINCT lang.code) = 1 THEN MIN(lang.code) END)
           FROM client_place place
           JOIN res_country country ON country.id = place.country_id
           JOIN res_lang lang
             ON lang.active AND split_part(lang.code, '_', 1) = place.language
          WHERE COALESCE(%(lang)s, '') = ''
            AND place.id = %(place)s AND place.is_bilingual IS NOT TRUE)
        """,
        lang=SQL.identifier(alias, "lang"),
        place=SQL.identifier(alias, "client_place_id"),
    )
