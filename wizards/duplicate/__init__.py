from . import base_partner_merge_block, base_partner_merge_values
