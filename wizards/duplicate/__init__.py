from . import base_partner_merge_values, base_partner_merge_block
