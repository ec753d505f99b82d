from odoo import fields
from odoo.tests import tagged

from odoo.addons.client_segmentation.tests.bulk.bulk_case import BulkCase


@tagged("post_install", "-at_install")
class TestMailing(BulkCase):
    """Odoo's own mailings, e-mails and SMS meet the client file in the list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.new_clients(4)
        for number, client in enumerate(cls.clients):
            client.email = f"client{number}@example.com"
            client.phone = f"+41 44 668 18 0{number}"
        cls.mailing = cls.env["mailing.mailing"].create(
            {
                "subject": "New wines",
                "mailing_type": "mail",
                "mailing_model_id": cls.env["ir.model"]._get("res.partner").id,
                "body_html": "<p>Come and taste</p>",
            }
        )

    def listed(self, action):
        """:return: the partners in the list that a button of the mailing opens"""
        self.assertEqual(action["res_model"], "res.partner")
        return self.Partner.search(action["domain"], order="id")

    def test_who_opened_or_clicked_a_mailing_gets_a_tag(self):
        now = fields.Datetime.now()
        traces = self.env["mailing.trace"].create(
            [
                {
                    "mass_mailing_id": self.mailing.id,
                    "model": "res.partner",
                    "res_id": client.id,
                    "email": client.email,
                    "trace_status": "open" if client in self.clients[:2] else "sent",
                    "sent_datetime": now,
                }
                for client in self.clients
            ]
        )
        link = self.env["link.tracker"].create(
            {"url": "https://example.com", "mass_mailing_id": self.mailing.id}
        )
        self.env["link.tracker.click"].create(
            {"link_id": link.id, "mailing_trace_id": traces[1].id}
        )

        opened = self.listed(self.mailing.action_view_opened())
        clicked = self.listed(self.mailing.action_view_clicked())
        self.bulk(opened, "tag_add", tag_ids=self.wine)
        self.bulk(clicked, "rating", rating="5")

        self.assertEqual(self.wine.partner_ids.sorted("id"), self.clients[:2])
        self.assertEqual(
            self.clients.filtered_domain([("client_rating", "=", "5")]), self.clients[1]
        )

    def test_the_list_of_clients_offers_mail_sms_and_bulk_changes(self):
        bindings = self.env["ir.actions.actions"].get_bindings("res.partner")
        offered = {action["id"] for action in bindings["action"]}
        for name in (
            "mail.action_partner_mass_mail",
            "sms.res_partner_act_window_sms_composer_multi",
            "client_segmentation.client_bulk_tag_add_action",
        ):
            action = self.env.ref(name, raise_if_not_found=False)
            self.assertTrue(action, name)
            self.assertIn(action.id, offered, name)

    def test_a_filtered_group_gets_an_e_mail(self):
        self.clients[:2].client_status_id = self.vip
        group = self.Partner.search(
            [("client_status_id", "=", self.vip.id), ("id", "in", self.clients.ids)]
        )
        composer = (
            self.env["mail.compose.message"]
            .with_context(active_model="res.partner", active_ids=group.ids)
            .create(
                {
                    "composition_mode": "mass_mail",
                    "model": "res.partner",
                    "res_ids": str(group.ids),
                    "subject": "For our best clients",
                    "body": "<p>Come and taste</p>",
                }
            )
        )
        mails, _messages = composer._action_send_mail()
        self.assertEqual(mails.recipient_ids, group)

    def test_a_filtered_group_gets_an_sms(self):
        group = self.clients[:3]
        composer = (
            self.env["sms.composer"]
            .with_context(active_model="res.partner", active_ids=group.ids)
            .create(
                {
                    "composition_mode": "mass",
                    "res_model": "res.partner",
                    "res_ids": str(group.ids),
                    "mass_keep_log": False,
                    "body": "Come and taste",
                }
            )
        )
        messages = composer._action_send_sms()
        self.assertEqual(messages.partner_id, group)
