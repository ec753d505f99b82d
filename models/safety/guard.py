class Guard:
    """Base of all guards, with the attributes that Odoo needs on each base class."""

    __slots__ = ()
    _name = None
    _module = None
    _inherits = {}
    _depends = {}

    @classmethod
    def _fits(cls, model):
        """:return: whether a class of the registry can have this guard"""
        return True
