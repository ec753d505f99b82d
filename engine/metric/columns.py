"""The columns of the metric table, and what follows from them."""

from odoo.tools import SQL

from ..figures.query import FIGURES

# The classes, in their effective form: the decided one, else the computed one.
EFFECTIVE = ("revenue_class", "payment_class", "engagement")
# A client whose documents have all gone has these figures, and the others are empty.
ZEROS = (
    "revenue",
    "revenue_previous",
    "revenue_total",
    "invoice_count",
    "order_count",
    "payment_count",
    "overdue",
)


def columns(names, prefix=None):
    """:return: SQL of columns, one after the other"""
    return SQL(", ").join(
        SQL.identifier(prefix, name) if prefix else SQL.identifier(name)
        for name in names
    )


def in_effect(name, decided=None, computed=None):
    """:return: SQL of an effective class as it follows from the others

    :param str name: one of `EFFECTIVE`
    :param str decided: alias of the table with the decided class, if several have it
    :param str computed: the same for the computed class
    """
    return SQL(
        "COALESCE(%s, %s)",
        columns([f"{name}_decided"], decided),
        columns([f"{name}_computed"], computed),
    )


def effective():
    """:return: SQL of the columns of the effective classes"""
    return SQL(", ").join(
        SQL("%s AS %s", in_effect(name), SQL.identifier(name)) for name in EFFECTIVE
    )


def decisions(prefix=None):
    """:return: SQL of the columns with what people decided"""
    return columns((f"{name}_decided" for name in EFFECTIVE), prefix)


def stored_figures(company, names=FIGURES):
    """:return: SQL of a SELECT of a company's rows of the metric table: figures, and
    what people decided
    """
    return SQL(
        "SELECT id, partner_id, %s, %s FROM client_metric WHERE company_id = %s",
        columns(names),
        decisions(),
        company.id,
    )
