import sys

from odoo.tools import config

# Odoo reports an error when its tests are imported by a server that runs none.
if config["test_enable"] or "odoo.tests.common" in sys.modules:
    from . import patience
