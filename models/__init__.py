from . import (
    safety,
    lists,
    partner,
    metric,
    rule,
    block,
    bulk,
    analysis,
    place,
    review,
    settings,
)
