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


def assign(env, name, clients, value, company, *, condition=None, **journal):
    """Set many2one `name` of `clients` to `value`, for their contacts as well.

    :param env: environment; its user is the one that the journal names
    :param str name: field of `res.partner`, shared or dependent on the company
    :param clients: commercial partners, as a dict with the id of the document that
        caused the change for each (or None)
    :param value: record of the field's model to set
    :param company: the company whose relation with the clients changes
    :param SQL condition: which clients change at all, over the partner `client` and
        its value `old`
    :param journal: `origin`, `rule_id`, `res_model` of the journal lines
    :return: ids of the clients that changed
    """
    if not clients:
        return []
    Partner = env["res.partner"].sudo().with_company(company)
    field = Partner._fields[name]
    changed = [
        client_id
        for (client_id,) in env.execute_query(
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
                       SET %(column)s = %(new)s,
                           write_uid = %(uid)s,
                           write_date = %(now)s
                      FROM changed
                     WHERE p.commercial_partner_id = changed.id
                )
                INSERT INTO client_change (
                    partner_id, company_id, qualifier, old_value, new_value,
                    old_name, new_name, date, user_id, origin, rule_id,
                    res_model, res_id)
                SELECT changed.id, %(company)s, %(name)s, old::text, %(value)s::text,
                       old_record.name, %(value_name)s, %(now)s, %(uid)s,
                       %(origin)s, %(rule)s, %(model)s, document_id
                  FROM changed
             LEFT JOIN (SELECT id, %(name_of)s AS name FROM %(table)s) old_record
                    ON old_record.id = old
             RETURNING partner_id
                """,
                ids=list(clients),
                documents=list(clients.values()),
                differing=differing(
                    env, name, clients, value, company, condition=condition
                ),
                value=value.id,
                column=SQL.identifier(name),
                new=_new_column(Partner, field, value, company),
                uid=env.uid,
                now=Datetime.now(),
                company=company.id if field.company_dependent else None,
                name=name,
                value_name=value.display_name,
                origin=journal.get("origin", "hand"),
                rule=journal.get("rule_id"),
                model=journal.get("res_model"),
                table=SQL.identifier(value._table),
                name_of=value._field_to_sql(value._table, "name"),
            )
        )
    ]
    if changed:
        env["client.change"].invalidate_model()
        members = Partner.with_context(active_test=False).search(
            [("commercial_partner_id", "in", changed)]
        )
        members.invalidate_recordset([name, "client_change_ids"])
        members.modified([name])
    return changed


def _new_column(Partner, field, value, company):
    """:return: the new content of the column of partner `p`

    Dependent on the company, it holds one value a company; Odoo keeps those only
    that are not the default.
    """
    if not field.company_dependent:
        return SQL("%s", value.id)
    column = SQL.identifier("p", field.name)
    key = str(company.id)
    if value == field.get_company_dependent_fallback(Partner):
        return SQL("NULLIF(%s - %s, '{}'::jsonb)", column, key)
    return SQL(
        "COALESCE(%s, '{}'::jsonb) || jsonb_build_object(%s, %s)", column, key, value.id
    )
