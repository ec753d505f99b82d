"""The cards of clients, which are the first view on a phone."""

from lxml import etree

from odoo.tests import tagged

from ..common import ClientCase

WORK_LISTS = ("top", "falling", "silent", "at_risk", "slow", "new")
CONTACT = {"phone", "email"}
FIGURES = {"client_revenue", "client_revenue_rank", "client_revenue_class"}


@tagged("post_install", "-at_install")
class TestCards(ClientCase):
    def _arch(self, action, kind, user=None):
        """:return: the view that an action opens, as `user` gets it"""
        views = self._ours(action).view_ids
        view = views.filtered(lambda line: line.view_mode == kind).view_id
        partners = self.as_user(self.Partner, user or self.env.user)
        return etree.fromstring(partners.get_view(view.id, kind)["arch"])

    def _fields(self, user):
        arch = self._arch("client_action", "kanban", user)
        return {node.get("name") for node in arch.iter("field")}

    def test_who_invoices_sees_revenue_rank_and_class_on_the_card(self):
        self.assertLessEqual(CONTACT | FIGURES, self._fields(self.new_accountant()))

    def test_a_user_of_the_client_file_sees_phone_and_email_but_no_figures(self):
        fields = self._fields(self.new_client_user())
        self.assertLessEqual(CONTACT, fields)
        self.assertFalse(fields & {*self.Partner._client_metric_fields()})
        self.assertNotIn("Revenue", self._text(self.new_client_user("second")))

    def _text(self, user):
        return " ".join(self._arch("client_action", "kanban", user).itertext())

    def test_the_cards_of_a_work_list_have_the_order_of_its_rows(self):
        for name in WORK_LISTS:
            with self.subTest(name):
                orders = {
                    self._arch(f"client_action_{name}", kind).get("default_order")
                    for kind in ("list", "kanban")
                }
                self.assertEqual(len(orders), 1)
                self.assertTrue(all(orders))

    def test_a_large_screen_opens_the_list_and_its_board_has_a_column_per_status(self):
        actions = ["client_action", *(f"client_action_{name}" for name in WORK_LISTS)]
        for name in actions:
            with self.subTest(name):
                self.assertEqual(self._ours(name).view_mode.split(",")[0], "list")
                board = self._arch(name, "kanban")
                self.assertEqual(board.get("default_group_by"), "client_status_id")
