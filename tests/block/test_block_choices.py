"""The clients that a document offers: blocked clients are shown, but not to choose."""

from lxml import etree

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..branch_case import BranchCase
from .block_case import REASON, DoorsCase

NAMES = ("Weber Bau", "Weber Holz", "Weber Metall")


class ChoiceCase:
    """The field of the client in the form of an invoice, as the browser uses it."""

    def context_of(self, company, move_type="out_invoice", state="draft"):
        view = self.env["account.move"].get_view(
            self.env.ref("account.view_move_form").id
        )
        [node] = etree.fromstring(view["arch"]).xpath(
            "//field[@name='partner_id'][@context]"
        )
        values = {"company_id": company.id, "move_type": move_type, "state": state}
        values["context"] = {"default_move_type": move_type}
        self.domain = safe_eval(node.get("domain"), dict(values))
        return safe_eval(node.get("context"), values)

    def block(self, client, company=None):
        client.with_company(company or self.company).write(
            {"client_blocked": True, "client_blocked_reason": REASON}
        )

    def offered(self, user, company=None, text="Weber", **document):
        """:return: `(plain, formatted)` names of the offered clients by name_search and
        by the drop-down
        """
        company = company or user.company_id
        context = self.context_of(company, **document)
        partners = self.as_user(self.Partner, user, user.company_id)
        partners = partners.with_context(**context)
        pairs = partners.name_search(text, self.domain)
        found = partners.web_name_search(text, {"display_name": {}}, self.domain)
        self.assertEqual([one["id"] for one in found], [pair[0] for pair in pairs])
        return (
            [name.split("\n")[0] for _id, name in pairs],
            [one["__formatted_display_name"] for one in found],
            {one["id"] for one in found if one.get("client_is_refused")},
        )


@tagged("post_install", "-at_install")
class TestChoices(ChoiceCase, DoorsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.held.unlink()
        cls.clients = cls.Partner
        for name in NAMES:
            cls.clients |= cls.new_client(name)
        cls.build, cls.wood, cls.metal = cls.clients

    def test_a_blocked_client_keeps_its_place_and_is_marked(self):
        free = self.offered(self.accountant)
        self.assertEqual(free, (list(NAMES), list(NAMES), set()))
        self.block(self.wood)
        names, formatted, refused = self.offered(self.accountant)
        self.assertEqual(names, ["Weber Bau", "Weber Holz (blocked)", "Weber Metall"])
        self.assertEqual(formatted[1], "Weber Holz \t `Blocked`")
        self.assertEqual(formatted[::2], ["Weber Bau", "Weber Metall"])
        self.assertEqual(refused, set(self.wood.ids))

    def test_the_mark_speaks_the_language_of_the_user(self):
        """Until it is translated, the text is the English one; here it is."""
        self.speak("fr_FR")
        self.block(self.wood)
        self.accountant.lang = "fr_FR"
        names, formatted, _refused = self.offered(self.accountant)
        french = self.env(context={"lang": "fr_FR"})
        self.assertEqual(
            names[1], french._("%(client)s (blocked)", client="Weber Holz")
        )
        self.assertIn(french._("Blocked"), formatted[1])

    def test_the_second_line_and_a_contact_are_marked_too(self):
        self.build.client_name2 = "Lausanne"
        self.new_contact(self.wood, "Eva Weber")
        self.block(self.build)
        self.block(self.wood)
        names, formatted, _refused = self.offered(self.accountant)
        self.assertIn("Weber Bau \t --Lausanne-- \t `Blocked`", formatted)
        self.assertIn("Weber Holz \t --Eva Weber-- \t `Blocked`", formatted)
        self.assertIn("Weber Holz, Eva Weber (blocked)", names)

    def test_a_status_that_blocks_marks_as_well(self):
        self.wood.client_status_id = self.on_hold
        self.assertEqual(self.offered(self.accountant)[2], set(self.wood.ids))

    def test_bills_and_posted_documents_mark_nobody(self):
        self.block(self.wood)
        for document in ({"move_type": "in_invoice"}, {"state": "posted"}):
            with self.subTest(**document):
                names, *_ = self.offered(self.accountant, **document)
                self.assertEqual(names, list(NAMES))

    def test_other_searches_do_not_mark(self):
        self.block(self.wood)
        own = self.as_user(self.Partner, self.accountant)
        self.assertEqual([name for _id, name in own.name_search("Weber")], [*NAMES])
        self.assertNotIn("blocked", self.as_user(self.wood, self.user).display_name)

    def test_the_portal_is_told_nothing(self):
        self.block(self.wood)
        portal = self.new_portal_user()
        portal.partner_id.parent_id = self.wood
        own = self.as_user(self.Partner, portal).with_context(
            **self.context_of(self.company)
        )
        for partners in (own, own.sudo()):
            names = str(partners.name_search("Weber"))
            names += str(partners.web_name_search("Weber", {"display_name": {}}))
            self.assertNotIn("lock", names)

    def test_it_is_the_company_of_the_document_that_counts(self):
        self.block(self.wood, self.other_company)
        self.accountant.company_ids |= self.other_company
        self.assertFalse(self.offered(self.accountant)[2])
        refused = self.offered(self.accountant, self.other_company)[2]
        self.assertEqual(refused, set(self.wood.ids))

    def test_nobody_asks_about_a_company_of_others(self):
        self.block(self.wood, self.other_company)
        self.assertFalse(self.offered(self.accountant, self.other_company)[2])
        own = self.as_user(self.wood, self.accountant)
        for wrong in (self.other_company.id, "1", [1], 2**70, True):
            own = own.with_context(client_document_company=wrong)
            self.assertFalse(own.client_is_refused)
            self.assertFalse(own.client_refusal)
        for wrong in ({}, {"a": 1}, [[1]], "x", -1):
            own = own.with_context(client_document_company=wrong)
            self.assertEqual(len(own.name_search("Weber")), 3)

    def test_search_more_marks_them_and_the_refusal_says_why(self):
        self.block(self.wood)
        context = self.context_of(self.company)
        partners = self.as_user(self.Partner, self.accountant).with_context(**context)
        for kind in ("list", "kanban"):
            view = partners.get_view(view_type=kind)
            self.assertIn("client_is_refused", view["arch"], kind)
        found = partners.web_search_read(
            [("id", "in", self.clients.ids)],
            {"client_is_refused": {}, "client_refusal": {}},
        )["records"]
        self.assertEqual(
            [one["client_is_refused"] for one in found], [False, True, False]
        )
        self.assertRegex(found[1]["client_refusal"], f"{REASON}.*ask.*Berta Boss")
        self.assertFalse(found[0]["client_refusal"])

    def test_chosen_all_the_same_it_is_taken_back_with_the_reason(self):
        """A scanned code, or a contact that was just created in the form."""
        self.block(self.wood)
        draft = self.draft(self.build)
        with Form(self.as_user(draft, self.accountant)) as form:
            with self.assertLogs("odoo.tests.form", "WARNING") as logs:
                form.partner_id = self.wood
            self.assertIn(REASON, str(logs.output))
            self.assertEqual(form.partner_id, self.build)
            form.partner_id = self.metal
        self.assertEqual(draft.partner_id, self.metal)

    def test_a_new_document_begins_without_the_blocked_client(self):
        self.block(self.wood)
        moves = self.as_user(self.env["account.move"], self.accountant).with_context(
            default_move_type="out_invoice", default_partner_id=self.wood.id
        )
        with self.assertLogs("odoo.tests.form", "WARNING") as logs:
            form = Form(moves)
        self.assertIn(REASON, str(logs.output))
        self.assertFalse(form.partner_id)

    def test_a_drop_down_takes_the_same_queries_for_few_and_many(self):
        counts = []
        for number in range(40):
            client = self.new_client(f"Zander {number:02}")
            if number % 2:
                self.block(client)
            elif number % 3:
                client.client_status_id = self.on_hold
        context = self.context_of(self.company)
        partners = self.as_user(self.Partner, self.accountant).with_context(**context)
        for limit in (8, 8, 40):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = partners.web_name_search(
                "Zander", {"display_name": {}}, self.domain, limit=limit
            )
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(found), limit)
        self.assertEqual(counts[1], counts[2], counts)
        self.assertLessEqual(counts[1], 8)


@tagged("post_install", "-at_install")
class TestBranchChoices(ChoiceCase, BranchCase):
    """A block of the company holds in its branches; its reason stays there."""

    def setUp(self):
        super().setUp()
        self.block(self.client)
        groups = "account.group_account_invoice"
        self.cashier = self.member_of("cashier", groups, self.kiosk)
        self.visitor = self.member_of("visitor", groups, self.kiosk, self.company)
        self.names = f"{self.client.name} (blocked)"

    def refusal(self, user):
        own = self.as_user(self.client, user, self.kiosk)
        return own.with_context(**self.context_of(self.kiosk)).client_refusal

    def test_the_branch_offers_it_marked(self):
        for user in (self.cashier, self.visitor):
            self.assertEqual(self.offered(user, self.kiosk)[0], [self.names])

    def test_who_works_in_the_branch_only_learns_who_can_help(self):
        boss = self.member_of(
            "boss", "client_segmentation.group_client_unblock", self.company
        )
        boss.name = "Claire"
        text = self.refusal(self.cashier)
        self.assertRegex(text, "blocked in Bureau Lavaux and its branches.*Claire")
        self.assertNotIn(REASON, text)
        self.assertNotIn(self.env.user.name, text)
        self.assertIn(REASON, self.refusal(self.visitor))

    def test_nor_the_status_of_the_company(self):
        self.client.client_blocked = False
        self.client.client_status_id = self.env["client.status"].create(
            {"name": "Bad debt", "blocks_documents": True}
        )
        self.assertNotIn("Bad debt", self.refusal(self.cashier))
        self.assertIn("Bad debt", self.refusal(self.visitor))

    def test_a_note_on_a_document_of_the_branch_does_not_tell_it(self):
        draft = self.draft(self.client, company=self.kiosk)
        self.assertTrue(draft._client_keep_waiting())
        note = draft.message_ids[0].body
        self.assertIn("blocked in Bureau Lavaux", note)
        self.assertNotIn(REASON, note)
