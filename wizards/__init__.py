from . import partner, block, bulk, metric, rule, quality, duplicate, review
