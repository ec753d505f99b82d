"""The admin user works in the language of the argument, and the demo speaks it;
click-odoo gives `env`.
"""

import sys

code = sys.argv[1]
lang = env["res.lang"].with_context(active_test=False).search([("code", "=", code)])
if not lang:
    raise SystemExit(f"ERROR: Odoo has no language {code}")
if not lang.active or code != "en_US":
    env["base.language.install"].create({"lang_ids": lang.ids}).lang_install()
env.ref("base.user_admin").lang = code
if hasattr(env.get("client.demo"), "_set_language"):
    env["client.demo"]._set_language(code)
