"""What is malformed, and what was meant, with and without the optional packages."""

from odoo.tests import BaseCase, tagged

from ...engine.quality import emails, phones, vats


def answers(check, *cases, **options):
    """:return: the cases whose answer is another one"""
    wrong = []
    for text, *arguments, state, fixed in cases:
        answer = check(text, *arguments, **options)
        if (answer.state, answer.fixed) != (state, fixed):
            wrong.append((text, answer))
    return wrong


@tagged("post_install", "-at_install")
class TestValidators(BaseCase):
    def test_emails(self):
        cases = (
            ("info@weber.ch", "ok", None),
            ("a.b+c@mail.weber-holz.ch", "ok", None),
            ("info@bücher.ch", "ok", None),
            ("Info@Weber.CH", "untidy", "info@weber.ch"),
            (" info@weber.ch\n", "untidy", "info@weber.ch"),
            ("mailto:info@weber.ch", "wrong", "info@weber.ch"),
            ("MAILTO: Info@weber.ch", "wrong", "info@weber.ch"),
            ("Anna Weber <anna@weber.ch>", "wrong", "anna@weber.ch"),
            ("<anna@weber.ch>", "wrong", "anna@weber.ch"),
            ("info @ weber.ch", "wrong", "info@weber.ch"),
            ("info@weber,ch", "wrong", "info@weber.ch"),
            ("info@weber. ch", "wrong", "info@weber.ch"),
            ("info(at)weber.ch", "wrong", "info@weber.ch"),
            ("info@weber.ch;", "wrong", "info@weber.ch"),
            ("info@\u200bweber.ch", "wrong", "info@weber.ch"),
            # More than one right value, or none
            ("anna muster@weber.ch", "wrong", None),
            ("a@weber.ch, b@weber.ch", "wrong", None),
            ("a@weber.ch;b@weber.ch", "wrong", None),
            ("info@weber", "wrong", None),
            ("info.weber.ch", "wrong", None),
            ("info@@weber.ch", "wrong", None),
            ("info..x@weber.ch", "wrong", None),
            (".info@weber.ch", "wrong", None),
            ("none", "wrong", None),
            ("@", "wrong", None),
        )
        self.assertFalse(answers(emails.check, *cases))
        self.assertTrue(emails.email_validator, "the package is there in the tests")
        plain = [case for case in cases if "ü" not in case[0]]
        self.assertFalse(answers(emails.check, *plain, library=None))
        for empty in (None, "", "  "):
            self.assertIsNone(emails.check(empty))

    def test_phones(self):
        right = "+41 27 322 11 44"
        cases = (
            (right, "CH", "ok", None),
            (right, None, "ok", None),
            ("027 322 11 44", "CH", "untidy", right),
            ("0041273221144", "CH", "untidy", right),
            ("0041 27 322 11 44", None, "untidy", right),
            ("41 27 322 11 44", "CH", "untidy", right),
            ("+41 (0)27 322 11 44", "CH", "untidy", right),
            ("tel:+41273221144", "FR", "untidy", right),
            ("027.322.11.44", "CH", "untidy", right),
            ("02 512 34 56", "BE", "untidy", "+32 2 512 34 56"),
            ("01 42 68 53 00", "FR", "untidy", "+33 1 42 68 53 00"),
            # Not a number of the country, two numbers, a word
            ("027 322 11", "CH", "wrong", None),
            ("027 322 11 44 55 66", "CH", "wrong", None),
            ("027 322 11 44 / 079 123 45 67", "CH", "wrong", None),
            ("ask Anna", "CH", "wrong", None),
            ("+999 123 456 789", "CH", "wrong", None),
            ("12", "CH", "wrong", None),
            ("027 322 11 44", None, "unknown", None),
        )
        self.assertTrue(phones.phonenumbers, "the package is there in the tests")
        self.assertFalse(answers(phones.check, *cases))
        self.assertIsNone(phones.check("", "CH"))

    def test_without_the_package_a_phone_is_only_checked_roughly(self):
        cases = (
            ("027 322 11 44", "CH", "unknown", None),
            ("+41 27 322 11 44", "CH", "unknown", None),
            ("ask Anna", "CH", "wrong", None),
            ("12", "CH", "wrong", None),
            ("027 322 11 44 / 079 123 45 67", "CH", "wrong", None),
        )
        self.assertFalse(answers(phones.check, *cases, library=None))

    def test_vat_numbers(self):
        swiss = "CHE-109.322.551 MWST"
        cases = (
            (swiss, "CH", "ok", None),
            ("CHE109322551MWST", "CH", "untidy", swiss),
            ("che 109 322 551 mwst", "CH", "untidy", swiss),
            ("CHE-109.322.551MWST", None, "untidy", swiss),
            ("CHE-109.322.551 TVA", "CH", "ok", None),
            # A company number, maybe without VAT; a wrong check digit
            ("CHE-109.322.551", "CH", "wrong", None),
            ("CHE-109.322.552 MWST", "CH", "wrong", None),
            ("123456", "CH", "wrong", None),
            ("BE0477472701", "BE", "ok", None),
            ("BE 0477.472.701", "BE", "untidy", "BE0477472701"),
            ("be0477472701", "BE", "untidy", "BE0477472701"),
            ("0477.472.701", "BE", "untidy", "0477472701"),
            ("BE0477472702", "BE", "wrong", None),
            ("FR23334175221", "FR", "ok", None),
            ("FR 23 334 175 221", "FR", "untidy", "FR23334175221"),
            ("FR23334175222", "FR", "wrong", None),
            # The prefix says the country
            ("BE0477472701", "CH", "ok", None),
            ("BE0477472702", None, "wrong", None),
            # Odoo has rules of its own, or nobody has any
            ("DE123456788", "DE", "ok", None),
            ("12/345/67890", "DE", "unknown", None),
            ("0477472701", None, "unknown", None),
            ("12345", "AQ", "unknown", None),
            ("/", "CH", "ok", None),
            (" / ", "CH", "untidy", "/"),
        )
        self.assertFalse(answers(vats.check, *cases))
        self.assertIsNone(vats.check(None, "CH"))

    def test_what_is_right_is_right_when_it_is_checked_again(self):
        texts = ("Info@Weber.CH", "mailto:info@weber.ch", "info@weber,ch")
        for text in texts:
            fixed = emails.check(text).fixed
            self.assertEqual(emails.check(fixed).state, "ok")
        for text in ("027 322 11 44", "0041 27 322 11 44"):
            fixed = phones.check(text, "CH").fixed
            self.assertEqual(phones.check(fixed, "CH").state, "ok")
        for text, country in (("che109322551tva", "CH"), ("fr 23 334 175 221", "FR")):
            fixed = vats.check(text, country).fixed
            self.assertEqual(vats.check(fixed, country).state, "ok")
