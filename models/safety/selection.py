"""The records that a user has selected in a list, as the web client sends them."""

from odoo.exceptions import UserError
from odoo.fields import Domain

from .buttons import check_id

# The web client always sends `active_ids` and the domain of the list. Only this key
# says whether the user has selected all records of the domain, see
# `static/src/selection/action_menus.js`.
ALL_SELECTED = "client_all_selected"


def selected_domain(env, model, ids, domain=None):
    """The domain of the selected records.

    :param str model: name of the model
    :param ids: ids of the selected records
    :param domain: domain of the list, if the user has selected all of its records.
        They may be more than the ids, because a list sends a limited number of them
    :return: `Domain`; a search with it finds archived records only if `ids` names them
    :raise UserError: if the ids or the domain are not valid; it says what to do
    """
    try:
        if domain is None:
            return Domain("id", "in", [check_id(number) for number in ids or []])
        selected = Domain(domain)
        with env.cr.savepoint(flush=False):
            env[model].search(selected, limit=1)
    except UserError:
        raise
    except Exception as error:
        raise UserError(
            env._(
                "“%s” does not select clients. Select them in the list again.",
                str(ids if domain is None else domain)[:100],
            )
        ) from error
    return selected
