"""The records that a user has selected in a list, as the web client sends them.

It always sends `active_ids` and the domain of the list. Whether the user has selected
all records of this domain, only the context key `client_all_selected` says, see
`static/src/selection/action_menus.js`.
"""

from odoo.exceptions import UserError
from odoo.fields import Domain

from .buttons import check_id

LONGEST = 100  # maximum number of characters of invalid values in a message


def selected(env, model, ids, domain=None):
    """The selected records.

    :param str model: name of the model
    :param ids: ids of the selected records
    :param domain: domain of the list, if the user has selected all of its records.
        They may be more than the ids, because a list sends a limited number of them
    :return: the empty recordset to search them with, because ticked records may be
        archived, and the `Domain` to search
    :raise UserError: if the ids or the domain are not valid; it says what to do
    """
    records = env[model]
    try:
        if domain is None:
            ids = [check_id(number) for number in ids or []]
            return records.with_context(active_test=False), Domain("id", "in", ids)
        of_list = Domain(domain)
        with env.cr.savepoint(flush=False):
            records.search(of_list, limit=1)
    except UserError:
        raise
    except Exception as error:
        raise UserError(
            env._(
                "“%s” does not select clients. Select them in the list again.",
                str(ids if domain is None else domain)[:LONGEST],
            )
        ) from error
    return records, of_list
