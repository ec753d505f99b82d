"""The journal knows every decision, and only a lost client has a reason for it.

Until now, a decision that was the same as the computed class got no line, and a reason
could stay after its decision.
"""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE client_metric SET engagement_reason = NULL
         WHERE engagement_decided IS DISTINCT FROM 'lost'
           AND engagement_reason IS NOT NULL
        """
    )
    cr.execute(
        """
        INSERT INTO client_change (
            partner_id, company_id, qualifier, old_value, new_value,
            old_name, new_name, date, origin)
        SELECT metric.partner_id, metric.company_id, decision.qualifier,
               decision.value, decision.value, decision.value, decision.value,
               now() AT TIME ZONE 'UTC', 'hand'
          FROM client_metric metric
    CROSS JOIN LATERAL (
               VALUES ('client_revenue_class', metric.revenue_class_decided),
                      ('client_payment_class', metric.payment_class_decided),
                      ('client_engagement', metric.engagement_decided)
               ) decision(qualifier, value)
         WHERE decision.value IS NOT NULL
           AND NOT EXISTS (
               SELECT FROM client_change change
                WHERE change.partner_id = metric.partner_id
                  AND change.company_id = metric.company_id
                  AND change.qualifier = decision.qualifier
                  AND change.new_value = decision.value)
        """
    )
