"""Empty the personal details of clients without business, for good.

No old value is kept: not in the journal, not in operations that set such a field, and
not in the messages in which Odoo tracks changes.
"""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from odoo.fields import Date, Datetime
from odoo.tools import SQL

from ..partner.action import Action
from ..partner.assign import forget
from . import activity
from .check import Row

# Key of the journal line that says that they were emptied.
QUALIFIER = "client_personal_details"


def is_filled(env, alias, names):
    """:return: SQL of the condition that a partner has one of these details"""
    texts = ("char", "text", "html", "selection")
    partners = env["res.partner"]
    filled = []
    for name in names:
        column = SQL.identifier(alias, name)
        one = partners._fields[name]
        if one.type in texts and not one.company_dependent:
            column = SQL("NULLIF(%s, '')", column)
        filled.append(SQL("%s IS NOT NULL", column))
    return SQL("(%s)", SQL(" OR ").join(filled))


def outdated(env, names):
    """:return: function of a `Row`: the condition that a client or one of its contacts
    has personal details, and that the client has no business in any company
    """

    def condition(row):
        return without_business(env, names, row.alias, row.days["silent"], row.ids)

    return condition


def without_business(env, names, alias, day, ids=None):
    """:return: SQL of the condition of `outdated`"""
    row = Row(alias, None, {}, None, None if ids is None else tuple(ids))
    return SQL(
        """
        (%(created)s < %(day)s
         AND EXISTS (SELECT FROM res_partner personal
                      WHERE personal.commercial_partner_id = %(id)s AND %(filled)s)
         AND %(none)s)
        """,
        created=row["create_date"],
        day=day,
        id=row["id"],
        filled=is_filled(env, "personal", names),
        none=activity.no_business_since(env, row, day),
    )


@dataclass(frozen=True, kw_only=True)
class EmptyPersonal(Action):
    """Empty the personal details of clients and their contacts.

    :param names: names of the fields of `res.partner`
    :param emptied: text of the journal line
    """

    names: tuple
    emptied: str

    of_clients = False
    is_final = True
    can_undo = False

    def values(self, chosen):
        return {"years": chosen}

    def sets(self, values):
        return {}

    def differing(self, env, values, partners, company):
        env["res.partner"].flush_model([*self.names, "commercial_partner_id"])
        years = values.get("years") or 0
        day = Date.today() - relativedelta(years=max(1, min(years, 100)))
        return SQL(
            """
            SELECT client.id
              FROM res_partner client
             WHERE client.id = ANY(%s::int[])
               AND client.commercial_partner_id = client.id
               AND %s
            """,
            list(partners),
            without_business(env, self.names, "client", day, partners),
        )

    def apply(self, env, values, partners, company, **journal):
        rows = env.execute_query(
            SQL(
                """
                WITH changed AS MATERIALIZED (%(changed)s), emptied AS (
                    UPDATE res_partner p
                       SET %(empty)s, write_uid = %(uid)s, write_date = %(now)s
                      FROM changed
                     WHERE p.commercial_partner_id = changed.id AND %(filled)s
                 RETURNING p.id
                ), logged AS (
                    INSERT INTO client_change (
                        partner_id, qualifier, new_name, date, user_id, origin,
                        res_model, res_id)
                    SELECT id, %(qualifier)s, %(text)s, %(now)s, %(uid)s, %(origin)s,
                           %(model)s, %(document)s
                      FROM changed
                )
                SELECT p.id, p.commercial_partner_id = p.id
                  FROM res_partner p
                  JOIN changed ON changed.id = p.commercial_partner_id
                """,
                changed=self.differing(env, values, partners, company),
                empty=SQL(", ").join(
                    SQL("%s = NULL", SQL.identifier(name)) for name in self.names
                ),
                filled=is_filled(env, "p", self.names),
                qualifier=QUALIFIER,
                text=self.emptied,
                uid=env.uid,
                now=Datetime.now(),
                origin=journal.get("origin", "bulk"),
                model=journal.get("res_model"),
                document=journal.get("res_id"),
            )
        )
        members = [partner for partner, _is_client in rows]
        if members:
            purge(env, self.names, members, self.name)
            forget(env, members, list(self.names))
        return [partner for partner, is_client in rows if is_client]

    def undo(self, env, operation, partners, company, **journal):
        return []  # nothing is left that could be restored


def purge(env, names, partners, but=""):
    """Delete the old values of fields of partners (ids) wherever they were kept.

    :param but: name of a bulk action whose operations keep no values
    """
    names, partners = list(names), list(partners)
    for model in ("client.change", "client.bulk.operation", "mail.tracking.value"):
        env[model].flush_model()
        env[model].invalidate_model()
    env.cr.execute(
        SQL(
            "DELETE FROM client_change"
            " WHERE partner_id = ANY(%s) AND qualifier = ANY(%s)",
            partners,
            names,
        )
    )
    env.cr.execute(
        SQL(
            """
            DELETE FROM mail_tracking_value tracking
             USING mail_message message, ir_model_fields field
             WHERE message.id = tracking.mail_message_id
               AND message.model = 'res.partner' AND message.res_id = ANY(%s)
               AND field.id = tracking.field_id AND field.name = ANY(%s)
            """,
            partners,
            names,
        )
    )
    # An operation names one value for all of its partners: it forgets whom it was set
    # on, and cannot be undone for them because their journal lines are gone.
    env.cr.execute(
        SQL(
            """
            UPDATE client_bulk_operation operation
               SET partners = kept.partners, asked_count = kept.count,
                   done_count = kept.done,
                   changed_count = LEAST(operation.changed_count, kept.done)
              FROM client_bulk_operation old
        CROSS JOIN LATERAL (
                   SELECT COUNT(*) AS count,
                          COUNT(*) FILTER (WHERE number <= old.done_count) AS done,
                          COALESCE(
                              jsonb_agg(partner ORDER BY number), '[]') AS partners
                     FROM jsonb_array_elements(old.partners)
                          WITH ORDINALITY AS element(partner, number)
                    WHERE NOT partner::int = ANY(%(ids)s)
                   ) kept
             WHERE operation.id = old.id
               AND old.field_name = ANY(%(names)s)
               AND old.action != %(but)s AND old.state != 'running'
               AND kept.count < jsonb_array_length(old.partners)
            """,
            names=names,
            ids=partners,
            but=but,
        )
    )
