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
    quality,
    duplicate,
    settings,
)
