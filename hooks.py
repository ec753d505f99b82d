import logging

import psycopg2

from odoo.tools import SQL

from .engine import search_key

_logger = logging.getLogger(__name__)

# What every partner has from the start, added at once instead of partner by partner.
COLUMNS = {
    "client_type_id": "int4",
    "client_organisation": "varchar",
    "client_rating": "varchar DEFAULT '0'",
}


def pre_init_hook(env):
    """Add the columns of existing partners by SQL: there may be a million."""
    _create_trigram(env.cr)
    for column, definition in COLUMNS.items():
        env.cr.execute(
            SQL(
                "ALTER TABLE res_partner ADD COLUMN IF NOT EXISTS %s %s",
                SQL.identifier(column),
                SQL(definition),
            )
        )
        env.cr.execute(
            SQL(
                "ALTER TABLE res_partner ALTER COLUMN %s DROP DEFAULT",
                SQL.identifier(column),
            )
        )


def _create_trigram(cr):
    # New databases have it. PostgreSQL lets every owner of a database create it.
    try:
        with cr.savepoint(flush=False):
            cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except psycopg2.Error as error:
        _logger.warning("The search of clients will be slow: no pg_trgm (%s)", error)


def post_init_hook(env):
    """Give existing partners a type, from what was invoiced, an organisation, and
    their figures."""
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            UPDATE res_partner p
               SET client_type_id = CASE
                       WHEN client.customer_rank > 0 THEN %(client)s
                       WHEN client.supplier_rank > 0 THEN %(supplier)s
                       ELSE %(prospect)s
                   END,
                   client_organisation = CASE
                       WHEN client.is_company THEN 'company'
                       ELSE 'individual'
                   END
              FROM res_partner client
             WHERE client.id = p.commercial_partner_id
            """,
            client=env.ref("client_segmentation.client_type_client").id,
            supplier=env.ref("client_segmentation.client_type_supplier").id,
            prospect=env.ref("client_segmentation.client_type_prospect").id,
        )
    )
    env.invalidate_all()
    for company in env["res.company"].search([]):
        env["client.metric"]._refresh(company)


def uninstall_hook(env):
    """Leave nothing behind that stock Odoo does not know."""
    search_key.drop(env.cr)
