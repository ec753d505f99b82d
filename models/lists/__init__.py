from . import (
    client_label,
    client_qualifier,
    client_type,
    client_status,
    client_criterion,
    client_criterion_value,
    client_rating,
    ir_fields_converter,
    ir_model_fields,
    utm_source,
)
