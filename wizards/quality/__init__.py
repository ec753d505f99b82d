from . import client_bulk_wizard_quality
