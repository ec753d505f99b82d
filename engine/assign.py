"""Set a qualifier of many clients at once, with its journal: one SQL statement.

Only clients whose value differs are written, and each of them gets one journal line.
The caller has checked that this is allowed; nothing here looks at access rights.
"""

from odoo.fields import Datetime
from odoo.tools import SQL


def differing(env, name, clients, value, company, *, condition=None):
    """Which of the clients `assign` would change; same parameters.

    :return: SQL of a SELECT of `id` and the `old` value, one row a client that changes
    """
    Partner = env["res.partner"].sudo().with_company(company)
    Partner.flush_model([name, "commercial_partner_id"])
    return SQL(
        """
        SELECT client.id, old
          FROM res_partner client
    CROSS JOIN LATERAL (SELECT %(old)s AS old) current_value
         WHERE client.id = ANY(%(ids)s::int[])
           AND client.commercial_partner_id = client.id
           AND old IS DISTINCT FROM %(value)s
           AND %(condition)s
        """,
        old=Partner._field_to_sql("client", name),
        ids=list(clients),
        value=value.id,
        condition=condition or SQL("TRUE"),
    )


def assign(
    env, name, clients, value, company, *, condition=None, along=None, **journal
):
    """Set many2one `name` of `clients` to `value`, for their contacts as well.

    :param env: environment; its user is the one that the journal names
    :param str name: field of `res.partner`, shared or dependent on the company
    :param clients: commercial partners, as a dict with the id of the document that
        caused the change for each (or None)
    :param value: record of the field's model to set
    :param company: the company whose relation with the clients changes
    :param SQL condition: which clients change at all, over the partner `client` and
        its value `old`
    :param along: `(name, old, new)` of a shared many2one: clients that change and
        have the `old` value of it get the `new` one as well
    :param journal: `origin`, `rule_id`, `res_model` of the journal lines
    :return: ids of the clients that changed
    """
    if not clients:
        return []
    Partner = env["res.partner"].sudo().with_company(company)
    field = Partner._fields[name]
    columns = [SQL("%s = %s", SQL.identifier(name), _new_column(Partner, field, value))]
    lines = [
        _lines(value, SQL("%s", name), SQL("old"), company, field.company_dependent)
    ]
    names = [name]
    if along:
        other, other_old, other_new = along
        Partner.flush_model([other])
        column = SQL.identifier("p", other)
        columns.append(
            SQL(
                "%s = CASE WHEN %s = %s THEN %s ELSE %s END",
                SQL.identifier(other),
                column,
                other_old.id,
                other_new.id,
                column,
            )
        )
        before = SQL(
            "SELECT %s FROM res_partner p WHERE p.id = changed.id",
            SQL.identifier("p", other),
        )
        lines.append(
            SQL(
                "%s WHERE (%s) = %s",
                _lines(other_new, SQL("%s", other), SQL("%s", other_old.id), company),
                before,
                other_old.id,
            )
        )
        names.append(other)
    written = env.execute_query(
        SQL(
            """
            WITH changed AS (
                SELECT differing.*, document.id AS document_id
                  FROM (%(differing)s) differing
                  JOIN unnest(%(ids)s::int[], %(documents)s::int[])
                       AS document(client_id, id)
                    ON document.client_id = differing.id
            ), written AS (  -- the client and its contacts
                UPDATE res_partner p
                   SET %(columns)s, write_uid = %(uid)s, write_date = %(now)s
                  FROM changed
                 WHERE p.commercial_partner_id = changed.id
             RETURNING p.id, p.commercial_partner_id
            ), logged AS (
                INSERT INTO client_change (
                    partner_id, company_id, qualifier, old_value, new_value,
                    old_name, new_name, res_id,
                    date, user_id, origin, rule_id, res_model)
                SELECT line.*, %(now)s, %(uid)s, %(origin)s, %(rule)s, %(model)s
                  FROM (%(lines)s) line
            )
            SELECT id, commercial_partner_id FROM written
            """,
            ids=list(clients),
            documents=list(clients.values()),
            differing=differing(
                env, name, clients, value, company, condition=condition
            ),
            columns=SQL(", ").join(columns),
            lines=SQL(" UNION ALL ").join(lines),
            uid=env.uid,
            now=Datetime.now(),
            origin=journal.get("origin", "hand"),
            rule=journal.get("rule_id"),
            model=journal.get("res_model"),
        )
    )
    if written:
        env["client.change"].invalidate_model()
        members = Partner.browse([member for member, _client in written])
        members.invalidate_recordset([*names, "client_change_ids"], flush=False)
        members.modified(names)
    return sorted({client for _member, client in written})


def _lines(value, name, old, company, company_dependent=False):
    """:return: SQL of journal lines, one for each client in `changed`, that `name`
    has gone from id `old` to the record `value`
    """
    table, label = SQL.identifier(value._table), value._field_to_sql("value", "name")
    return SQL(
        """
        SELECT changed.id, %(company)s::int, %(name)s::varchar, (%(old)s)::text,
               %(new)s::text,
               (SELECT %(label)s FROM %(table)s value WHERE value.id = %(old)s),
               (SELECT %(label)s FROM %(table)s value WHERE value.id = %(new)s),
               document_id
          FROM changed
        """,
        company=company.id if company_dependent else None,
        name=name,
        old=old,
        new=value.id,
        label=label,
        table=table,
    )


def _new_column(Partner, field, value):
    """:return: the new content of the column of partner `p`

    Dependent on the company, it holds one value a company; Odoo keeps those only
    that are not the default.
    """
    if not field.company_dependent:
        return SQL("%s", value.id)
    column = SQL.identifier("p", field.name)
    key = str(Partner.env.company.id)
    if value == field.get_company_dependent_fallback(Partner):
        return SQL("NULLIF(%s - %s, '{}'::jsonb)", column, key)
    return SQL(
        "COALESCE(%s, '{}'::jsonb) || jsonb_build_object(%s, %s)", column, key, value.id
    )
