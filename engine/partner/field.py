"""Read and write a stored field of `res.partner` in SQL.

Odoo stores a field that depends on the company as one jsonb object of values by company
id, such as `{"1": 5, "3": 7}`. A company without a key has the field's default, see
`fallbacks`. Only the functions in this file depend on this format.
"""

from odoo import SUPERUSER_ID
from odoo.tools import SQL

# At the end of a subquery, this keeps PostgreSQL from merging it into the outer query.
# It plans the subquery separately, and computes its expressions once per row, even if
# the outer query uses them several times.
NOT_MERGED = SQL("OFFSET 0")


def fallbacks(env, names, company):
    """The values of partners without a stored value.

    :param names: names of fields of `res.partner` that depend on the company
    :return: dict of the default values in the format of the columns, or None
    """
    defaults = (
        env["ir.default"]
        .with_user(SUPERUSER_ID)
        .with_company(company)
        ._get_model_defaults("res.partner")
    )
    return {name: defaults.get(name) or None for name in names}


def value_in(column, key, fallback, column_type):
    """:return: SQL of the value that a partner has in one company

    :param SQL column: column with one value per company
    :param key: id of the company as text, or SQL of such a text
    :param fallback: value of partners without a stored value, or its SQL
    :param SQL column_type: type of the value
    """
    return SQL(
        "(COALESCE(%(column)s -> %(key)s, to_jsonb(%(fallback)s::%(type)s)) ->> 0"
        ")::%(type)s",
        column=column,
        key=key,
        fallback=fallback,
        type=column_type,
    )


def stored_values(column):
    """The stored values of a partner, for a FROM clause.

    :param SQL column: column with one value per company
    :return: SQL of rows `stored` (`company`, `value`), both text; one row per company
        with a stored value
    """
    return SQL("jsonb_each_text(%s) AS stored(company, value)", column)


def is_stored(env, name, value):
    """:return: whether a value is stored for any partner and any company

    :param str name: field of `res.partner` that depends on the company
    :param int value: id of a record
    """
    env["res.partner"].flush_model([name])
    query = SQL(
        "SELECT 1 FROM res_partner WHERE %s @? %s LIMIT 1",
        SQL.identifier(name),
        f"$.* ? (@ == {int(value)})",
    )
    return bool(env.execute_query(query))


class PartnerField:
    """The SQL to read, write and name the value of one field, for one company.

    :param env: environment
    :param str name: name of a stored field of `res.partner`
    :param company: the company of the value, if the field depends on the company
    """

    def __init__(self, env, name, company):
        self.name = name
        self.company = company
        self.partners = env["res.partner"].sudo().with_company(company)
        self.field = self.partners._fields[name]
        self.type = SQL(self.field._column_type[1])
        # Odoo stores dates as text in the jsonb.
        if self.field.type == "datetime":
            self.type = SQL("varchar")

    @property
    def company_id(self):
        """:return: the id of the value's company, None for a shared field"""
        return self.company.id if self.field.company_dependent else None

    def typed(self, value):
        """:return: SQL of a value with the type of this field"""
        return SQL("%s::%s", value, self.type)

    def current(self, alias):
        """:return: SQL of the value of the partner `alias`"""
        return self.partners._field_to_sql(alias, self.name)

    def assignment(self, new):
        """:return: SQL that sets the field of the partner `p`

        Odoo stores a value for a company only if it is not the default. No value means
        the default too.
        """
        column = SQL.identifier(self.name)
        if not self.field.company_dependent:
            return SQL("%s = %s", column, new)
        fallback = self.field.get_company_dependent_fallback(self.partners)
        fallback = self.field.convert_to_write(fallback, self.partners)
        return SQL(
            """
            %(column)s = CASE WHEN %(new)s IS NULL OR %(new)s = %(fallback)s
                THEN NULLIF(p.%(column)s - %(key)s, '{}'::jsonb)
                ELSE COALESCE(p.%(column)s, '{}'::jsonb)
                     || jsonb_build_object(%(key)s, %(new)s)
                END
            """,
            column=column,
            new=new,
            fallback=self.typed(self.field.convert_to_column(fallback, self.partners)),
            key=str(self.company.id),
        )

    def names(self):
        """:return: SQL of rows (`value`, `name`) with the name of each value"""
        if self.field.type == "many2one":
            records = self.partners.env[self.field.comodel_name]
            return SQL(
                "SELECT id AS value, %s AS name FROM %s",
                _record_name(records),
                SQL.identifier(records._table),
            )
        if self.field.type == "selection":
            options = self.field._description_selection(self.partners.env)
            return SQL(
                "SELECT * FROM unnest(%s::varchar[], %s::varchar[]) AS o(value, name)",
                [value for value, _name in options],
                [name for _value, name in options],
            )
        return SQL("SELECT NULL::%s AS value, NULL::varchar AS name", self.type)

    def name_of(self, value):
        """:return: the name of one value. For a record it is SQL, so a posting does not
        need another query
        """
        if self.field.type == "many2one":
            return SQL(
                "(SELECT name FROM (%s) o WHERE value = %s)",
                self.names(),
                value.id or None,
            )
        if self.field.type == "selection":
            return dict(self.field._description_selection(self.partners.env)).get(value)
        return getattr(value, "display_name", None) or None


def _record_name(records):
    """:return: SQL of the name of a model's records; NULL if it has no column. Then the
    journal can only show the name while the record exists
    """
    field = records._fields.get(records._rec_name)
    if field and field.store and field.type in ("char", "text"):
        return records._field_to_sql(records._table, field.name)
    return SQL("NULL::varchar")


def fill_empty(env, name, default=None):
    """Give partners without a value of a field the default value.

    A contact gets the value of its client.

    :param str name: name of a stored field of `res.partner`
    :param default: the default, if the field does not depend on the company. Otherwise
        partners without a stored value have the default of their company anyway
    """
    env["res.partner"].flush_model([name, "commercial_partner_id"])
    column = SQL.identifier(name)
    if env["res.partner"]._fields[name].company_dependent:
        query = SQL(
            """
            UPDATE res_partner
               SET %(column)s = NULLIF(jsonb_strip_nulls(%(column)s), '{}'::jsonb)
             WHERE %(column)s @? '$.* ? (@ == null)'
            """,
            column=column,
        )
    elif default:
        query = SQL(
            """
            UPDATE res_partner p
               SET %(column)s = COALESCE(client.%(column)s, %(default)s)
              FROM res_partner client
             WHERE client.id = p.commercial_partner_id
               AND p.%(column)s IS NULL
            """,
            column=column,
            default=default,
        )
    else:
        return
    env.cr.execute(query)
