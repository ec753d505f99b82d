from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...engine.quality import store
from .quality_case import QualityCase


@tagged("post_install", "-at_install")
class TestCheckedValues(QualityCase):
    """The results of the validators follow the values, whoever writes them."""

    def state(self, partner, field="email"):
        self.env.flush_all()
        self.env.invalidate_all()
        stored = self.quality.search([("partner_id", "=", partner.id)])
        return stored[f"{field}_state"]

    def test_they_are_there_at_once(self):
        client = self.new_client(email="info@weber", phone="12")
        self.assertEqual(self.state(client), "wrong")
        self.assertEqual(self.state(client, "phone"), "wrong")
        client.email = "info@weber.ch"
        self.assertEqual(self.state(client), "ok")
        client.email = False
        self.assertFalse(self.state(client))

    def test_the_country_decides_about_the_phone(self):
        client = self.new_client(phone="027 322 11 44")
        self.assertEqual(self.state(client, "phone"), "unknown")
        client.country_id = self.switzerland
        self.assertEqual(self.state(client, "phone"), "untidy")

    def test_who_has_nothing_to_check_has_no_record(self):
        client = self.new_client()
        self.assertFalse(self.quality.search([("partner_id", "=", client.id)]))

    def test_at_night_the_cron_finds_what_other_programs_wrote(self):
        client, other = self.new_client(email="info@weber.ch"), self.new_client("B")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET email = 'x@weber' WHERE id = ANY(%s)",
            [(client | other).ids],
        )
        self.assertEqual(self.state(client), "ok")
        with mute_logger("odoo.addons.base.models.ir_cron"):
            self.run_cron()
        self.assertEqual(self.state(client), "wrong")
        self.assertEqual(self.state(other), "wrong")
        self.assertFalse(store.outdated(self.env), "and a second night has no work")

    def run_cron(self):
        # The cron's own commits are for the real life.
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda *args, **kwargs: 1):
            self.quality._cron_check()

    def test_a_new_version_of_a_validator_checks_everything_again(self):
        client = self.new_client(email="info@weber.ch")
        self.run_cron()
        store._signature.cache_clear()
        self.addCleanup(store._signature.cache_clear)
        with patch.object(store, "RULES", "another"):
            self.assertIn(client.id, store.outdated(self.env))

    def test_the_day_of_the_email_is_the_day_of_its_last_change(self):
        client = self.new_client(email="info@weber.ch")
        self.age(client)
        stored = self.quality.search([("partner_id", "=", client.id)])
        first = stored.email_date
        client.email = "INFO@weber.ch"
        self.env.flush_all()
        stored.invalidate_recordset()
        self.assertEqual(stored.email_date, first, "the same e-mail")
        client.email = "other@weber.ch"
        self.env.flush_all()
        stored.invalidate_recordset()
        self.assertGreater(stored.email_date, first)

    def test_a_deleted_partner_leaves_nothing(self):
        client = self.new_client(email="info@weber.ch")
        self.env.flush_all()
        client.unlink()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT COUNT(*) FROM client_quality q"
            " WHERE NOT EXISTS (SELECT FROM res_partner p WHERE p.id = q.partner_id)"
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_the_form_says_what_could_not_be_checked(self):
        client = self.new_complete(phone="027 322 11 44", vat="1234", country_id=False)
        texts = client.client_finding_details["unchecked"]
        self.assertEqual(len(texts), 2)
        self.assertRegex(" ".join(texts), "phone.*no country.*VAT.*no country")
