"""SQL of the columns of the metric table, `client_metric`."""

from odoo.tools import SQL


def columns(names, prefix=None):
    """:return: SQL of a list of columns"""
    return SQL(", ").join(
        SQL.identifier(prefix, name) if prefix else SQL.identifier(name)
        for name in names
    )


def in_effect(name, decided=None, computed=None):
    """:return: SQL of a class in effect: the decided class, else the computed class

    :param str name: name of a dimension
    :param str decided: alias of the table with the decided class, if needed
    :param str computed: alias of the table with the computed class, if needed
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


def stored_figures(scope):
    """:return: SQL of a SELECT of a company's rows of the metric table: the figures and
    the decided classes
    """
    catalogue = scope.catalogue
    return SQL(
        "SELECT id, partner_id, %s, %s FROM client_metric WHERE company_id = %s",
        columns(catalogue.figures),
        columns(catalogue.decided),
        scope.company.id,
    )
