"""A stored field of `res.partner` in SQL: how it is read, written and named.

Odoo keeps a field that depends on the company as one jsonb object of values by company
id, such as `{"1": 5, "3": 7}`. A company without a key has the field's default, see
`fallbacks`. The functions here are the only place that knows it.
"""

from odoo import SUPERUSER_ID
from odoo.tools import SQL

# At the end of a subquery: PostgreSQL does not merge it into the query around it. It
# plans it by itself, and works out its expressions once for each row, however often the
# query around it names them.
NOT_MERGED = SQL("OFFSET 0")


def fallbacks(env, names, company):
    """What partners have for whom nothing is stored.

    :param names: fields of `res.partner` that depend on the company
    :return: dict of their values as the columns have them, None for none
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

    :param SQL column: column that keeps one value per company
    :param key: id of the company as text, or SQL of such a text
    :param fallback: value for whom nothing is stored, or SQL of it
    :param str column_type: type of the value in SQL
    """
    return SQL(
        "(COALESCE(%(column)s -> %(key)s, to_jsonb(%(fallback)s::%(type)s)) ->> 0"
        ")::%(type)s",
        column=column,
        key=key,
        fallback=fallback,
        type=SQL(column_type),
    )


def stored_values(column):
    """What is stored of a partner, for a FROM clause.

    :return: SQL of rows `stored` (`company`, `value`), both text; one row per company
        that has a value of its own

    :param SQL column: column that keeps one value per company
    """
    return SQL("jsonb_each_text(%s) AS stored(company, value)", column)


def is_stored(env, name, value):
    """:return: whether any partner has a value stored, for whatever company

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
    """How one field is read, written and named in SQL, for one company.

    :param env: environment
    :param str name: stored field of `res.partner`
    :param company: whose value it is, if the field depends on the company
    """

    def __init__(self, env, name, company):
        self.name = name
        self.company = company
        self.partners = env["res.partner"].sudo().with_company(company)
        self.field = self.partners._fields[name]
        self.type = SQL(self.field._column_type[1])
        # Odoo's jsonb keeps dates as text.
        if self.field.type == "datetime":
            self.type = SQL("varchar")

    @property
    def company_id(self):
        """:return: the company that the value belongs to, None where it is shared"""
        return self.company.id if self.field.company_dependent else None

    def typed(self, value):
        """:return: SQL of a value as this field has it"""
        return SQL("%s::%s", value, self.type)

    def current(self, alias):
        """:return: SQL of the value of the partner `alias`"""
        return self.partners._field_to_sql(alias, self.name)

    def assignment(self, new):
        """:return: SQL that sets the field of the partner `p`

        Odoo stores a value for a company only where it is not the default.
        """
        column = SQL.identifier(self.name)
        if not self.field.company_dependent:
            return SQL("%s = %s", column, new)
        fallback = self.field.get_company_dependent_fallback(self.partners)
        fallback = self.field.convert_to_write(fallback, self.partners)
        return SQL(
            """
            %(column)s = CASE WHEN %(new)s IS NOT DISTINCT FROM %(fallback)s
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
        """:return: SQL of rows (`value`, `name`): what each value is called"""
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
        """:return: what one value is called; SQL of it where it is a record, so that
        a posting need not read it first
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
    """:return: SQL of the name of the records of a model; NULL where no column has it,
    and the journal can name them only as long as they exist
    """
    field = records._fields.get(records._rec_name)
    if field and field.store and field.type in ("char", "text"):
        return records._field_to_sql(records._table, field.name)
    return SQL("NULL::varchar")
