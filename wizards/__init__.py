from . import partner, block, bulk, metric, rule, review
