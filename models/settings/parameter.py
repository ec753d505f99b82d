"""Numbers among the system parameters, which administrators type as text."""

import logging

_logger = logging.getLogger(__name__)


def positive_number(env, key, default):
    """Read a system parameter. One that is not valid counts as missing, with a warning
    in the log, because a wrong text must not stop the work of users.

    :param str key: name of the parameter
    :param int default: number without the parameter
    :return: a whole number above zero
    """
    text = env["ir.config_parameter"].sudo().get_param(key)
    if not text:
        return default
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number > 0:
        return number
    _logger.warning(
        "The system parameter %s is %r, not a whole number above zero: %s is used",
        key,
        text,
        default,
    )
    return default
