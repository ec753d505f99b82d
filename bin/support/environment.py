"""Odoo and the virtual environment, made by one run at a time."""

from .locks import exclusive
from .odoo_home import find_odoo
from .venv import Venv

BUSY = "waiting for process {pid}, which prepares the environment of this checkout"


def prepare_environment():
    """Get what is missing; returns the `Odoo` and the `Venv`."""
    with exclusive("environment", BUSY, wait=True):
        odoo = find_odoo()
        venv = Venv()
        venv.ensure()
    return odoo, venv


def prepare_venv():
    """The same without an Odoo, which the linters do not need."""
    with exclusive("environment", BUSY, wait=True):
        venv = Venv()
        venv.ensure()
    return venv
