"""Odoo's *Data Recycle* proposes clients without activity, and archives them."""

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.client_segmentation.tests.common import InvoicingCase


@tagged("post_install", "-at_install")
class TestRecycle(InvoicingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env.ref("client_segmentation_recycle.data_recycle_model_silent")
        names = ("Silent", "Invoiced", "Invoiced by B", "Young")
        cls.silent, cls.ours, cls.theirs, cls.young = map(cls.new_client, names)
        old = cls.silent | cls.ours | cls.theirs
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE res_partner SET create_date = '2015-01-01' WHERE id = ANY(%s)",
            [old.ids],
        )
        cls.env.invalidate_all()
        cls.invoice(cls.ours)
        cls.invoice(cls.theirs, company=cls.other_company)

    def proposed(self):
        self.rule.action_recycle_records()
        records = self.env["data_recycle.record"].search(
            [("recycle_model_id", "=", self.rule.id)]
        )
        return self.Partner.browse(records.mapped("res_id"))

    def test_only_clients_without_activity_in_any_company_are_proposed(self):
        found = self.proposed() & (self.silent | self.ours | self.theirs | self.young)
        self.assertEqual(found, self.silent)

    def test_nothing_is_archived_before_somebody_confirms_it(self):
        self.assertIn(self.silent, self.proposed())
        self.assertTrue(self.silent.active)
        records = self.env["data_recycle.record"].search(
            [("recycle_model_id", "=", self.rule.id)]
        )
        records.filtered(lambda one: one.res_id == self.silent.id).action_validate()
        self.assertFalse(self.silent.active)

    def test_a_message_or_a_meeting_is_activity(self):
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": fields.Datetime.now(),
                "stop": fields.Datetime.now(),
                "partner_ids": [Command.set(self.silent.ids)],
            }
        )
        self.env.flush_all()
        self.assertNotIn(self.silent, self.proposed())
