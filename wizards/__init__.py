from . import base_partner_merge, client_class_wizard
