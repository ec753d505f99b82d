"""Rename the keys of three triggers of the status rules to match their labels."""

KEYS = {
    "first_invoice": "invoice_posted",
    "first_payment": "payment_received",
    "first_meeting": "meeting_held",
}


def migrate(cr, version):
    if version:
        for old, new in KEYS.items():
            rename(cr, {"old": old, "new": new})


def rename(cr, keys):
    """Rename a trigger in the rules, in the options of the field, and in the default
    values and filters of users.
    """
    cr.execute(
        "UPDATE client_status_rule SET trigger = %(new)s WHERE trigger = %(old)s", keys
    )
    # The option stays the same record, with its translations.
    cr.execute(
        """
        UPDATE ir_model_fields_selection option
           SET value = %(new)s
          FROM ir_model_fields field
         WHERE field.id = option.field_id
           AND field.model = 'client.status.rule'
           AND field.name = 'trigger'
           AND option.value = %(old)s
           AND NOT EXISTS (
               SELECT FROM ir_model_fields_selection other
                WHERE other.field_id = option.field_id AND other.value = %(new)s)
        """,
        keys,
    )
    cr.execute(
        """
        UPDATE ir_model_data data
           SET name = prefix || %(new)s
          FROM (VALUES ('selection__client_status_rule__trigger__')) _ (prefix)
         WHERE module = 'client_segmentation'
           AND name = prefix || %(old)s
           AND NOT EXISTS (
               SELECT FROM ir_model_data other
                WHERE other.module = data.module AND other.name = prefix || %(new)s)
        """,
        keys,
    )
    cr.execute(
        """
        UPDATE ir_default
           SET json_value = REPLACE(json_value, %(old)s, %(new)s)
          FROM ir_model_fields field
         WHERE field.id = ir_default.field_id
           AND field.model = 'client.status.rule'
           AND field.name = 'trigger'
        """,
        keys,
    )
    # In a domain the key is in quotes.
    for quote in ("'", '"'):
        cr.execute(
            """
            UPDATE ir_filters
               SET domain = REPLACE(domain, %(old)s, %(new)s)
             WHERE model_id = 'client.status.rule'
            """,
            {side: f"{quote}{key}{quote}" for side, key in keys.items()},
        )
