"""Tags of many partners at once, with their journal: one SQL statement.

A line of the journal is one tag that one partner has got or lost. A tag that a partner
already has is not added, a tag that it does not have is not removed, and there is no
line for it. The caller must have checked the access rights.
"""

from odoo.fields import Datetime
from odoo.tools import SQL

from .assign import forget
from .field import NOT_MERGED

# The ways to change the tags of a partner.
MODES = ("add", "remove", "replace")


def differing(env, mode, partners, tags):
    """The query of the partners that `tag` would change, with the same parameters.

    :return: SQL of a SELECT of `id`, one row per partner that changes
    """
    env["res.partner"].flush_model(["category_id"])
    gets = SQL(
        """EXISTS (
            SELECT FROM unnest(%(tags)s::int[]) AS tag(id)
             WHERE NOT EXISTS (
                 SELECT FROM res_partner_res_partner_category_rel rel
                  WHERE rel.partner_id = partner.id AND rel.category_id = tag.id))""",
        tags=list(tags),
    )
    loses = SQL(
        """EXISTS (
            SELECT FROM res_partner_res_partner_category_rel rel
             WHERE rel.partner_id = partner.id AND %s)""",
        _lost(mode, tags),
    )
    condition = {"add": gets, "remove": loses, "replace": SQL("%s OR %s", gets, loses)}
    return SQL(
        "SELECT partner.id FROM unnest(%s::int[]) AS partner(id) WHERE %s",
        list(partners),
        condition[mode],
    )


def tag(env, mode, partners, tags, **journal):
    """Add tags to partners, remove them, or replace all tags of the partners by them.

    :param env: environment; the journal names its user
    :param str mode: one of `MODES`
    :param partners: ids
    :param tags: ids
    :param journal: `origin`, `res_model`, `res_id` of the journal lines
    :return: ids of the partners that changed
    """
    wanted = SQL(
        """
        SELECT partner.id AS partner_id, tag.id AS category_id
          FROM unnest(%s::int[]) AS partner(id)
    CROSS JOIN unnest(%s::int[]) AS tag(id)
        """,
        list(partners),
        list(tags),
    )
    unwanted = SQL(
        "SELECT rel.* FROM res_partner_res_partner_category_rel rel"
        " WHERE rel.partner_id = ANY(%s) AND %s",
        list(partners),
        _lost(mode, tags),
    )
    return write(
        env,
        wanted if mode != "remove" else None,
        unwanted if mode != "add" else None,
        **journal,
    )


def write(env, wanted=None, unwanted=None, **journal):
    """Write tags of partners, and the journal.

    :param SQL wanted: SELECT of `partner_id`, `category_id` of the tags to add
    :param SQL unwanted: the same for the tags to remove
    :param journal: see `tag`
    :return: ids of the partners that changed
    """
    env["res.partner"].flush_model(["category_id"])
    tags = env["res.partner.category"]
    no_rows = SQL("SELECT NULL::int AS partner_id, NULL::int AS category_id LIMIT 0")
    rows = env.execute_query(
        SQL(
            """
            -- Tags to remove are looked up one by one in the index. PostgreSQL may not
            -- know yet how much the table has grown, and would compare all pairs in a
            -- join.
            WITH found AS MATERIALIZED (
                SELECT rel.ctid AS place
                  FROM (%(unwanted)s) unwanted
            CROSS JOIN LATERAL (
                SELECT ctid
                  FROM res_partner_res_partner_category_rel rel
                 WHERE rel.partner_id = unwanted.partner_id
                   AND rel.category_id = unwanted.category_id
                %(not_merged)s) rel
            ), removed AS (
                DELETE FROM res_partner_res_partner_category_rel rel
                 WHERE ctid = ANY(ARRAY(SELECT place FROM found))
             RETURNING rel.partner_id, rel.category_id
            ), added AS (
                INSERT INTO res_partner_res_partner_category_rel (
                    partner_id, category_id)
                SELECT partner_id, category_id FROM (%(wanted)s) wanted
                    ON CONFLICT DO NOTHING
             RETURNING partner_id, category_id
            ), changed AS (
                SELECT partner_id, category_id AS old, NULL::int AS new FROM removed
                 UNION ALL
                SELECT partner_id, NULL, category_id FROM added
            ), name AS (
                SELECT id, %(name)s AS name FROM res_partner_category
            )
            INSERT INTO client_change (
                partner_id, qualifier, old_value, new_value, old_name, new_name,
                date, user_id, origin, res_model, res_id)
            SELECT partner_id, 'category_id', old::text, new::text,
                   old_name.name, new_name.name,
                   %(now)s, %(uid)s, %(origin)s, %(model)s, %(document)s
              FROM changed
         LEFT JOIN name old_name ON old_name.id = old
         LEFT JOIN name new_name ON new_name.id = new
         RETURNING partner_id
            """,
            wanted=wanted or no_rows,
            unwanted=unwanted or no_rows,
            not_merged=NOT_MERGED,
            name=tags._field_to_sql("res_partner_category", "name"),
            now=Datetime.now(),
            uid=env.uid,
            origin=journal.get("origin", "hand"),
            model=journal.get("res_model"),
            document=journal.get("res_id"),
        )
    )
    changed = list({partner for (partner,) in rows})
    if changed:
        tags.invalidate_model(["partner_ids"])
        forget(env, changed, ["category_id"])
    return changed


def _lost(mode, tags):
    """:return: SQL of the condition that the partner loses the tag of `rel`"""
    return SQL(
        "rel.category_id %s(%s)",
        SQL("!= ALL") if mode == "replace" else SQL("= ANY"),
        list(tags),
    )
