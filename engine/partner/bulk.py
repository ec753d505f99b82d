"""What a bulk operation does to many partners, by its action.

The values of an action are a dict as JSON keeps it: `tags` (ids), `value` (id or key of
an option), or `reason`.
"""

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.tools import SQL

from . import tags
from .assign import assign, differing
from .block import block

TAG_MODES = {"tag_add": "add", "tag_remove": "remove", "tag_replace": "replace"}
FIELDS = {
    "status": "client_status_id",
    "type": "client_type_id",
    "criterion_1": "client_criterion_1_id",
    "criterion_2": "client_criterion_2_id",
    "rating": "client_rating",
}


def field_of(action):
    """:return: name of the field of `res.partner` that an action changes"""
    if action in TAG_MODES:
        return "category_id"
    return FIELDS.get(action, "client_blocked")


def count_changes(env, action, values, partners, company):
    """:return: how many of the partners (ids) `apply` would change"""
    if action in TAG_MODES:
        changes = tags.differing(env, TAG_MODES[action], partners, values["tags"])
    elif action in FIELDS:
        name = FIELDS[action]
        value = _value(env, name, values)
        changes = differing(env, name, partners, value, company)
    else:
        changes = differing(env, "client_blocked", partners, action == "block", company)
    [[count]] = env.execute_query(SQL("SELECT COUNT(*) FROM (%s) changes", changes))
    return count


def apply(env, action, values, partners, company, **journal):
    """Do an action to partners, who are commercial ones unless it is about tags.

    :param partners: ids
    :param journal: `origin`, `res_model`, `res_id` of the journal lines
    :return: ids of the partners that changed
    """
    if action in TAG_MODES:
        mode = TAG_MODES[action]
        existing = env["res.partner.category"].sudo().browse(values["tags"]).exists()
        _check_not_deleted(env, existing)
        return tags.tag(env, mode, partners, existing.ids, **journal)
    clients = dict.fromkeys(partners, journal.pop("res_id", None))
    if action in FIELDS:
        name = FIELDS[action]
        value = _value(env, name, values)
        if isinstance(value, BaseModel) and value:
            _check_not_deleted(env, value.exists())
        return assign(env, name, clients, value, company, **journal)
    reason = values.get("reason") if action == "block" else None
    return block(env, clients, company, reason, **journal)


def _check_not_deleted(env, values):
    """Raise when none of the values of a background operation exists any more."""
    if not values:
        raise UserError(
            env._("What these clients were to get has been deleted meanwhile.")
        )


def _value(env, name, values):
    field = env["res.partner"]._fields[name]
    if field.type == "many2one":
        return env[field.comodel_name].sudo().browse(values["value"])
    return values["value"]
