from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """A language that is not the default of new partners was set by somebody."""
    partners = api.Environment(cr, SUPERUSER_ID, {})["res.partner"]
    cr.execute(
        """
        UPDATE res_partner
           SET client_language_confirmed = TRUE
         WHERE lang != %s
           AND client_language_confirmed IS NULL
        """,
        [partners._client_default_language() or "en_US"],
    )
