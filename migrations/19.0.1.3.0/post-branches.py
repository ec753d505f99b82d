"""A company counts its branches: reports show their documents, too."""

SHIPPED = "[('company_id', 'in', company_ids)]"
BRANCHES = "[('is_selected_company', '=', True)]"


def migrate(cr, version):
    if version:
        show_branches(cr)


def show_branches(cr):
    """Rules that a user has changed stay as they are."""
    cr.execute(
        """
        UPDATE ir_rule
           SET domain_force = %(branches)s
          FROM ir_model_data data
         WHERE data.module = 'client_segmentation'
           AND data.model = 'ir.rule'
           AND data.name IN ('client_revenue_report_rule_company',
                             'client_discount_report_rule_company')
           AND data.res_id = ir_rule.id
           AND TRIM(ir_rule.domain_force) = %(shipped)s
        """,
        {"branches": BRANCHES, "shipped": SHIPPED},
    )
