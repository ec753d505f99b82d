"""Nodes of views for classes that the view itself does not name."""

from copy import deepcopy

# What a row is copied from, by type of the view: the nodes of one known class.
KNOWN = "engagement"
PATTERNS = {
    "form": "//*[@name='client_classes']"
    "/field[@name='client_{0}' or @name='client_{0}_computed']",
    "list": "//field[@name='client_{0}']",
    "search": "//filter[@name='group_by_client_{0}']",
}


def add_rows(arch, view_type, dimensions):
    """Add the classes that a view of clients lacks to it, if it shows the known one: a
    badge with *Why?* on the form, a column of the list, a group of the search.

    :param arch: the view, an `lxml` element, which changes
    :param dimensions: all `Dimension` of the catalogue
    """
    pattern = PATTERNS.get(view_type)
    known = arch.xpath(pattern.format(KNOWN)) if pattern else []
    if not known:
        return
    last = known[-1]
    for dimension in dimensions:
        if arch.xpath(pattern.format(dimension.name)):
            continue
        for node in known:
            row = _row(node, dimension.name)
            last.addnext(row)
            last = row


def _row(node, name):
    """:return: a copy of a node of the known class, for another class"""
    row = deepcopy(node)
    for element in row.iter():
        for attribute, text in dict(element.attrib).items():
            if attribute.startswith("decoration-"):  # it names values
                del element.attrib[attribute]
                continue
            text = text.replace(f"client_{KNOWN}", f"client_{name}")
            element.set(attribute, text.replace(f"'{KNOWN}'", f"'{name}'"))
    return row
