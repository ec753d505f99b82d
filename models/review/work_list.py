"""What a declaration of a work list says."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class WorkList:
    """One list of clients to work through in a quarterly review.

    :param str key: its name in the database, unique
    :param tuple quarters: the quarters of the year that it belongs to, 1 to 4
    :param str name: title, in the user's language
    :param str why: sentence that says which clients are on the list
    :param str todo: sentence that says what to do with them
    :param domain: domain of the clients; or function of the company's current date
        that returns it
    :param str filter: instead of the domain, the name of a filter of the search of the
        menu *Clients* (`views/partner/client_search_views.xml`)
    :param bool mends: a client that leaves the list has been mended. Otherwise (for
        example the ten best) somebody has to look at it before it leaves
    :param bool is_quality: the number of its clients tells how good the data are, and
        each report compares it with the last review
    :param tuple needs: models and fields of `res.partner` without which there is no
        such list, because another addon or room makes them
    :param bool is_figure: the list tells figures, although its domain reads no field
        that only users who see revenue may read
    :param str action: XML id of the action that opens the clients for bulk work
    """

    key: str
    quarters: tuple
    name: str
    why: str
    todo: str
    domain: object = None
    filter: str | None = None
    mends: bool = True
    is_quality: bool = False
    needs: tuple = field(default=())
    is_figure: bool = False
    action: str = "client_segmentation.client_action"
