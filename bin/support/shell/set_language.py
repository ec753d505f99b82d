"""Runs in Odoo's shell: the admin user works in the language DEMO_LANG."""

import os

code = os.environ["DEMO_LANG"]
lang = env["res.lang"].with_context(active_test=False).search([("code", "=", code)])
if not lang:
    raise SystemExit(f"ERROR: Odoo has no language {code}")
if not lang.active or code != "en_US":
    env["base.language.install"].create({"lang_ids": lang.ids}).lang_install()
env.ref("base.user_admin").lang = code
env.cr.commit()
