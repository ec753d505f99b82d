"""Nobody sees a button, menu or action that ends in an access error."""

import logging

from odoo import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..metric.engine_case import EngineCase
from .button_walk import Presser

_logger = logging.getLogger(__name__)
OURS = "client_segmentation.group_client_"
ROLES = {
    "employee": "base.group_user",
    "user": f"{OURS}user",
    "status changer": "base.group_partner_manager",
    "unblocker": f"{OURS}unblock",
    "revenue reader": f"{OURS}revenue",
    "manager": f"{OURS}manager",
    "manager who edits": f"base.group_partner_manager,{OURS}manager",
    "administrator": "base.group_system",
    "administrator of both": f"base.group_system,{OURS}manager",
    "accountant": "account.group_account_invoice",
    "auditor": "account.group_account_readonly",
    "salesperson": "sales_team.group_sale_salesman",
    "salesperson who is a user": f"sales_team.group_sale_salesman,{OURS}user",
}
# Some of what the users of a role press.
MEANT = {
    "user": ("action_open_client_changes", "client_menu"),
    "status changer": ("action_block_client", "status_pin", "Change Tags"),
    "unblocker": ("action_open_client_changes",),
    "revenue reader": ("action_explain_client_class", "client_menu_top"),
    "manager": (
        "client_status_menu",
        "client_what_if_menu",
        "client_review_menu",
        "action_close",
        "action_reopen",
    ),
    "manager who edits": (
        "action_explain_client_class",
        "action_mark",
        "action_try",
        "action_unblock_client",
        "action_undo",
    ),
    "administrator of both": ("action_verify_client_figures",),
}
LOUD = ("odoo.addons.base.models.ir_access", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestButtons(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {
            role: new_test_user(
                cls.env,
                f"press_{number}",
                groups,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for number, (role, groups) in enumerate(ROLES.items())
            if all(cls.env.ref(group, False) for group in groups.split(","))
        }
        cls._make_clients()
        cls.env.flush_all()
        cls.env.invalidate_all()
        # What the pages of the browser call.
        cls.pages = {
            "client_what_if": cls._what_if,
            "client_class_history": cls._class_history,
            "client_loss_test": cls._loss_test,
            "client_review_ten": cls._ten_minutes,
            "action_spreadsheet_dashboard": cls._overview,
        }

    @classmethod
    def _make_clients(cls):
        """Clients in all conditions that a button depends on."""
        free, blocked, pinned = (cls.new_client(name) for name in ("A", "B", "C"))
        cls.bill(free, 500)
        blocked.write({"client_blocked": True, "client_blocked_reason": "Unpaid"})
        pinned.client_status_pinned = True
        cls.clients = free | blocked | pinned
        cls.clients |= cls.new_contact(free)
        cls.Metric._refresh(cls.company)
        free._decide_client_class("engagement", "lost", "Moved away")
        rule = cls._ours("client_status_rule_first_invoice")
        rule.failure_ids._log(rule, "It failed", free.ids, cls.company)
        responsible = cls.roles["manager"]
        for year, state in ((2025, "closed"), (2026, "open")):
            review = cls.env["client.review"].create(
                {"year": year, "quarter": "1", "user_id": responsible.id}
            )
            if state == "closed":
                review.action_close()
        operations = cls.env["client.bulk.operation"]
        for user in cls.roles.values():
            done = operations._start("rating", {"value": "3"}, free.ids, "★★★")
            stopped = operations._start("rating", {"value": "4"}, free.ids, "★★★★")
            done.user_id = stopped.user_id = user
            stopped.state = "cancelled"

    @classmethod
    def _what_if(cls, env, _action):
        pages = env["client.what.if"]
        result = pages.preview({})
        if result["can_apply"]:
            pages.apply({**result["own"], "vip_share": 50})

    @classmethod
    def _class_history(cls, env, _action):
        day = str(cls.days_ago(30))
        env["client.class.history"].compare(day, str(cls.days_ago(0)))

    @classmethod
    def _loss_test(cls, env, _action):
        env["client.loss.test"].without(cls.clients.ids)

    @classmethod
    def _ten_minutes(cls, env, _action):
        reviews = env["client.review"]
        review = reviews.browse(reviews.current() or ())
        page = review.ten_clients()
        for client in page["clients"][:1] if page else ():
            review.see_client(client["id"], "Looked at")
            review.unsee_client(client["id"])

    @classmethod
    def _overview(cls, env, action):
        dashboard = action["params"]["dashboard_id"]
        env["spreadsheet.dashboard"].browse(dashboard).read(["name"])

    @classmethod
    def samples(cls, model):
        """:return: the clients, or the newest and the oldest records of a model"""
        if model == "res.partner":
            return cls.clients
        records = cls.env[model].sudo().with_context(active_test=False)
        if records._abstract or records._transient:
            return records.browse()
        if "user_id" in records._fields and model.startswith("client."):
            return records.search([("user_id", "in", cls.users().ids)])
        newest = records.search([], limit=3, order="id DESC")
        return newest | records.search([], limit=1, order="id")

    @classmethod
    def users(cls):
        return cls.env["res.users"].concat(*cls.roles.values())

    def walk(self, role):
        presser = Presser(self.env, self.roles[role], self.samples, self.pages)
        with mute_logger(*LOUD):
            presser.press_menus()
            presser.press_bound_actions()
            presser.press_views()
        return presser

    def test_no_button_ends_in_an_access_error(self):
        """And nothing is hidden from users who may press it."""
        faults, pressed = [], {}
        for role in self.roles:
            presser = self.walk(role)
            faults += [f"{role}: {fault}" for fault in sorted(presser.faults)]
            pressed[role] = " ".join(presser.pressed)
            _logger.info("%s: %s pressed", role, len(presser.pressed))
        self.assertFalse(faults, "\n" + "\n".join(faults))
        for role, words in MEANT.items():
            for word in words:
                self.assertIn(word, pressed[role], role)
        self.assertNotIn("action_block_client", pressed["user"])
        self.assertNotIn("Change Tags", pressed["accountant"])
