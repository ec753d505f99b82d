"""SQL of the columns of the metric table, `client_metric`."""

from odoo.tools import SQL


def columns(names, prefix=None):
    """:return: SQL of columns, one after the other"""
    return SQL(", ").join(
        SQL.identifier(prefix, name) if prefix else SQL.identifier(name)
        for name in names
    )


def in_effect(name, decided=None, computed=None):
    """:return: SQL of a class in effect: the decided one, else the computed one

    :param str name: name of a dimension
    :param str decided: alias of the table with the decided class, if several have it
    :param str computed: the same for the computed class
    """
    return SQL(
        "COALESCE(%s, %s)",
        columns([f"{name}_decided"], decided),
        columns([f"{name}_computed"], computed),
    )


def effective(catalogue):
    """:return: SQL of the columns of the classes in effect"""
    return SQL(", ").join(
        SQL("%s AS %s", in_effect(name), SQL.identifier(name))
        for name in catalogue.effective
    )


def stored_figures(scope, names=None):
    """:return: SQL of a SELECT of a company's rows of the metric table: figures, and
    what people decided

    :param names: the figures, all if None
    """
    catalogue = scope.catalogue
    return SQL(
        "SELECT id, partner_id, %s, %s FROM client_metric WHERE company_id = %s",
        columns(catalogue.figures if names is None else names),
        columns(catalogue.decided),
        scope.company.id,
    )
