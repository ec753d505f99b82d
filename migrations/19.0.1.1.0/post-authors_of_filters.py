"""Rights: set the authors of the filters of status rules, remove client names from bulk
operations, simplify the record rules about clients.
"""

from odoo import SUPERUSER_ID, api

COMPANY_OF_CLIENT = (
    ", '|', ('partner_id.company_id', '=', False), "
    "('partner_id.company_id', 'parent_of', company_ids)]"
)


def migrate(cr, version):
    if version:
        sign_filters(cr)
        forget_names(cr)
        look_once(cr)
        guard_queue(api.Environment(cr, SUPERUSER_ID, {}))


def sign_filters(cr):
    """A filter has the rights of its author: the user who last changed the rule."""
    cr.execute(
        """
        UPDATE client_status_rule
           SET filter_user_id = COALESCE(
                   NULLIF(write_uid, %(root)s), NULLIF(create_uid, %(root)s), %(root)s)
         WHERE filter_user_id IS NULL
           AND TRIM(COALESCE(filter_domain, '[]')) NOT IN ('', '[]')
        """,
        {"root": SUPERUSER_ID},
    )


def forget_names(cr):
    """Operations store the ids of forbidden clients instead of their names, and show
    the names only to users who may read the clients.
    """
    cr.execute(
        "SELECT 1 FROM information_schema.columns WHERE column_name = 'forbidden_names'"
        " AND table_schema = current_schema AND table_name = 'client_bulk_operation'"
    )
    if not cr.fetchone():
        return
    # One row per operation: its partners that have these names.
    cr.execute(
        """
        UPDATE client_bulk_operation operation
           SET forbidden = (
               SELECT jsonb_agg(partner.id ORDER BY partner.id)
                 FROM jsonb_array_elements_text(operation.partners) asked
                 JOIN res_partner partner ON partner.id = asked::int
                WHERE partner.complete_name = ANY(string_to_array(
                      TRIM(TRAILING ' …' FROM operation.forbidden_names), ', ')))
         WHERE operation.forbidden_names IS NOT NULL
           AND operation.forbidden IS NULL;
        ALTER TABLE client_bulk_operation DROP COLUMN forbidden_names
        """
    )


def look_once(cr):
    """Remove a condition from the addon's rules, because the rules on contacts already
    contain it. Rules that a user has changed stay as they are.
    """
    cr.execute(
        """
        UPDATE ir_rule
           SET domain_force = REPLACE(domain_force, %(company)s, ']')
          FROM ir_model_data data
         WHERE data.module = 'client_segmentation'
           AND data.model = 'ir.rule'
           AND data.name IN ('client_change_rule_company', 'client_metric_rule_company')
           AND data.res_id = ir_rule.id
        """,
        {"company": COMPANY_OF_CLIENT},
    )


def guard_queue(env):
    """Create the new rule. An update does not create missing records of this addon,
    because a user may have deleted them.
    """
    env["ir.rule"]._load_records(
        [
            {
                "xml_id": "client_segmentation.client_metric_queue_rule_company",
                "noupdate": True,
                "values": {
                    "name": "Clients with figures to compute: own companies",
                    "model_id": env["ir.model"]._get_id("client.metric.queue"),
                    "domain_force": "[('company_id', 'in', company_ids)]",
                },
            }
        ]
    )
