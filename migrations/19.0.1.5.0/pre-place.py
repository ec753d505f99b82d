"""The columns of places are added by SQL, so that Odoo does not fill them partner by
partner. `post-place.py` fills them.
"""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        ALTER TABLE res_partner
          ADD COLUMN IF NOT EXISTS client_place_id int4,
          ADD COLUMN IF NOT EXISTS client_region_id int4
        """
    )
