import logging

import psycopg2

from odoo.exceptions import UserError
from odoo.tools import SQL

from .engine.metric.first import empty_table
from .engine.partner.installation import values_of_contacts
from .engine.place import partners as places
from .engine.search import key as search_key
from .models.place.client_place import LOADED

_logger = logging.getLogger(__name__)

MODULE = "client_segmentation"
# Columns that all partners get before Odoo would fill them partner by partner.
COLUMNS = {
    "client_type_id": "int4",
    "client_organisation": "varchar",
    "client_rating": "varchar DEFAULT '0'",
    "client_place_id": "int4",
    "client_region_id": "int4",
}


def pre_init_hook(env):
    """Add columns to existing partners by SQL, because there may be a million of them.

    Refuse a folder with another name, because Odoo uses it as the name of the addon.
    """
    folder = __package__.rpartition(".")[2]
    if folder != MODULE:
        raise UserError(
            env._(
                "The addon lies in a folder called “%(folder)s”. Rename the folder to "
                "“%(name)s”, update the list of apps, and install it again.",
                folder=folder,
                name=MODULE,
            )
        )
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
    # New databases have it. The owner of a database may create it.
    try:
        with cr.savepoint(flush=False):
            cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except psycopg2.Error as error:
        _logger.warning("The search of clients will be slow: no pg_trgm (%s)", error)


def post_init_hook(env):
    """Set figures, type, status, kind of organisation and first day of existing
    partners. Status and type are what the rules would have made of their history.

    PostgreSQL rewrites the table while the search has no index yet. This is much faster
    than an UPDATE of a million partners, which would update every index.
    """
    env.cr.execute(
        """
        CREATE TEMP TABLE client_beginnings (
            partner_id int, company_id int, status_id int, type_id int)
        """
    )
    companies = env["res.company"].search([])
    with empty_table(env):
        for company in companies:
            env["client.metric"]._refresh(company)
    for company in companies:
        env["client.status.rule"]._store_beginnings(company, "client_beginnings")
    env.flush_all()
    env.cr.execute("CREATE INDEX ON client_beginnings (partner_id)")
    env.cr.execute("ANALYZE client_beginnings")
    env.cr.execute(
        """
        CREATE FUNCTION pg_temp.client_since(client int) RETURNS date
        LANGUAGE sql STABLE AS $$
            SELECT MIN(first_invoice_date) FROM client_metric WHERE partner_id = client
        $$
        """
    )
    # The column holds one value per company.
    env.cr.execute(
        """
        CREATE FUNCTION pg_temp.client_status(client int) RETURNS jsonb
        LANGUAGE sql STABLE AS $$
            SELECT jsonb_object_agg(company_id, status_id)
              FROM client_beginnings
             WHERE partner_id = client
        $$
        """
    )
    types = SQL(
        """
        CASE WHEN customer_rank > 0 THEN %s WHEN supplier_rank > 0 THEN %s ELSE %s END
        """,
        env.ref("client_segmentation.client_type_client").id,
        env.ref("client_segmentation.client_type_supplier").id,
        env.ref("client_segmentation.client_type_prospect").id,
    )
    contacts = values_of_contacts(env.cr, types)
    env.cr.execute(
        SQL(
            """
            ALTER TABLE res_partner
            ALTER client_type_id TYPE int4 USING COALESCE(
                (%(contact)s ->> 0)::int4, %(types)s
            ),
            ALTER client_organisation TYPE varchar USING COALESCE(
                %(contact)s ->> 1,
                CASE WHEN is_company THEN 'company' ELSE 'individual' END
            ),
            ALTER client_status_id TYPE jsonb USING COALESCE(
                client_status_id, pg_temp.client_status(commercial_partner_id)
            ),
            ALTER client_since TYPE date USING COALESCE(
                client_since, pg_temp.client_since(commercial_partner_id)
            ),
            ALTER client_language_confirmed TYPE bool USING lang != %(lang)s
            %(more)s
            """,
            more=SQL("").join(
                SQL(", %s", column)
                for column in (
                    *search_key.missing_columns(env.cr),
                    *places.columns(env.cr),
                )
            ),
            # Somebody has set a language that is not the default of new partners.
            lang=env["res.partner"]._client_default_language() or "en_US",
            types=types,
            contact=contacts,
        )
    )
    env.cr.execute("DROP FUNCTION pg_temp.client_contacts()")
    places.forget(env.cr)
    # Clients that are no customers for Odoo, but of which a payment is known.
    env.cr.execute(
        SQL(
            """
            UPDATE res_partner client
               SET client_type_id = beginning.type_id
              FROM client_beginnings beginning
             WHERE client.id = beginning.partner_id
               AND client.customer_rank = 0
               AND client.client_type_id != beginning.type_id
               AND beginning.type_id != %s
            """,
            env.ref("client_segmentation.client_type_prospect").id,
        )
    )
    env.cr.execute("DROP TABLE client_beginnings")
    env.cr.execute("DROP FUNCTION pg_temp.client_status(int)")
    env.cr.execute("DROP FUNCTION pg_temp.client_since(int)")
    # Contacts have the same values as their client; most of them have got them above.
    env.cr.execute(
        """
        UPDATE res_partner p
           SET client_type_id = client.client_type_id,
               client_organisation = client.client_organisation
          FROM res_partner client
         WHERE client.id = p.commercial_partner_id
           AND client.id != p.id
           AND (client.client_type_id, client.client_organisation)
               IS DISTINCT FROM (p.client_type_id, p.client_organisation)
        """
    )
    search_key.create_indexes(env.cr)
    env.invalidate_all()
    env["utm.source"]._hide_unused_of_apps()


def uninstall_hook(env):
    """Remove everything that Odoo would not remove itself, and keep Odoo's own data."""
    search_key.drop(env.cr)
    env["ir.config_parameter"].set_param(LOADED, False)
    _forget_names_of_mixins(env)
    _release_dependents(env)


def _forget_names_of_mixins(env):
    """Remove the external ids that other addons have given to parts of our own models,
    for example *Discuss* to the states of activities. Odoo deletes these parts with the
    model, but not their ids.
    """
    env.cr.execute(
        """
          WITH own_model AS (
            SELECT res_id AS id
              FROM ir_model_data
             WHERE model = 'ir.model'
          GROUP BY res_id
            HAVING bool_and(module = %(module)s)
        )
        DELETE FROM ir_model_data data
         WHERE data.module != %(module)s
           AND (data.model = 'ir.model.inherit' AND data.res_id IN (
                    SELECT id FROM ir_model_inherit
                     WHERE model_id IN (TABLE own_model))
                OR data.model = 'ir.model.fields.selection' AND data.res_id IN (
                    SELECT selection.id
                      FROM ir_model_fields_selection selection
                      JOIN ir_model_fields field ON field.id = selection.field_id
                     WHERE field.model_id IN (TABLE own_model)))
        """,
        {"module": MODULE},
    )


def _release_dependents(env):
    """Remove the fields of this addon from the dependencies of other fields.

    When Odoo deletes a field, it also deletes inherited fields that depend on it, even
    fields of other addons: `res.users.contact_address` depends on the second line of
    the name.
    """
    registry = env.registry
    own_fields = _own_fields(env)
    for field, paths in list(registry.field_depends.items()):
        kept = [
            path
            for path in paths
            if own_fields.isdisjoint(_fields_on_path(registry, field.model_name, path))
        ]
        if len(kept) < len(paths):
            registry.field_depends[field] = tuple(kept)
    registry._discard_fields([])  # clears what Odoo has derived from the dependencies


def _own_fields(env):
    """:return: set of the fields that only this addon defines"""
    env.cr.execute(
        """
        SELECT field.model, field.name
          FROM ir_model_fields field
          JOIN ir_model_data data
            ON data.model = 'ir.model.fields' AND data.res_id = field.id
         GROUP BY field.id
        HAVING bool_and(data.module = %s)
        """,
        [MODULE],
    )
    return {
        env.registry[model]._fields[name]
        for model, name in env.cr.fetchall()
        if model in env.registry and name in env.registry[model]._fields
    }


def _fields_on_path(registry, model, path):
    """:return: generator of the fields in a dotted path"""
    for name in path.split("."):
        field = registry[model]._fields.get(name) if model else None
        if field is None:
            return
        yield field
        model = field.comodel_name
