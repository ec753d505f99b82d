from . import client_status_rule_try
