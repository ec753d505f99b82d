from dataclasses import dataclass, field

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..safety.buttons import for_one
from .res_lang import is_same_language


@dataclass
class LanguageCase:
    """What is wrong with the language of a document.

    :param kind: `place`: the client's language is not confirmed, and its place speaks
        another one. `none`: the client has no language. `texts`: texts of the document
        are in another language than the client's
    :param written: code of the language of the document or its texts
    :param wanted: code of the language that it should have, None if that language is
        not installed
    :param speaks: the language of the client or of the place, such as de
    :param texts: dict of the new texts, by record and name of the field
    """

    kind: str
    written: str | None = None
    wanted: str | None = None
    speaks: str | None = None
    texts: dict = field(default_factory=dict)


class ClientLanguageLine(models.AbstractModel):
    """A line of a document with a text that Odoo writes in the client's language."""

    _name = "client.language.line"
    _description = "Line in the Client's Language"

    def _client_texts(self, lang):
        """The texts that Odoo writes in this line, if nobody changes them.

        :param str lang: code of a language
        :return: list of texts; the same text is at the same position for each language
        """
        return []

    def _client_written_texts(self, lang):
        """:return: for each of `_client_texts`, a list of the spellings in which Odoo
        may have stored it
        """
        return [[text] for text in self._client_texts(lang)]


class ClientLanguageDocument(models.AbstractModel):
    """Says on top of a draft that it is in another language than its client's.

    Odoo prints a document in the language of its partner. The texts of its lines are
    stored: Odoo writes them in the language that the partner has when the line is made.
    So texts stay in the old language if the partner or its language changes later.

    A text counts as untouched if it is exactly what Odoo writes in another installed
    language. Only such texts are ever rewritten. In which language a person has typed a
    text, nobody can know.
    """

    _name = "client.language.document"
    _description = "Document in the Client's Language"

    client_language_message = fields.Char(
        compute="_compute_client_language", groups="base.group_user"
    )
    client_language_case = fields.Char(
        compute="_compute_client_language",
        groups="base.group_user",
        help="Which button mends the language: see the view.",
    )

    def _client_language_is_open(self):
        """:return: whether this document can still be changed"""
        raise NotImplementedError

    def _client_language_lines(self):
        """:return: the lines of this document, see `client.language.line`"""
        raise NotImplementedError

    # Name of the field with the terms of the company.
    _client_terms_field = None

    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_client_language(self):
        has_choice = len(self.env["res.lang"].get_installed()) > 1
        for document in self:
            case = document._client_language_case() if has_choice else None
            document.client_language_message = case and document._client_says(case)
            kind = case and case.kind
            if kind == "place" and not case.wanted:
                kind = "missing"
            document.client_language_case = kind

    def _client_language_case(self):
        """:return: `LanguageCase` of this document, None if its language is right"""
        self.ensure_one()
        partner = self.partner_id
        if not partner or not self._client_language_is_open():
            return None
        if not partner._filtered_access("read"):
            return None
        place = partner.client_place_id
        spoken = not place.is_bilingual and place.language
        langs = self.env["res.lang"]
        if (
            spoken
            and not partner.client_language_confirmed
            and not is_same_language(spoken, partner.lang)
        ):
            return LanguageCase(
                "place",
                written=partner.lang,
                wanted=langs._client_installed(spoken, place.country_id),
                speaks=spoken,
            )
        if not partner.lang:
            return LanguageCase("none")
        written, texts = self._client_other_texts(partner.lang)
        if not texts:
            return None
        return LanguageCase(
            "texts",
            written=written,
            wanted=partner.lang,
            speaks=partner.lang,
            texts=texts,
        )

    def _client_says(self, case):
        """:return: text for people about a `LanguageCase`"""
        name = self.env["res.lang"]._client_language_name
        words = {
            "client": self.partner_id.display_name,
            "place": self.partner_id.client_place_id.name,
            "language": name(case.speaks),
            "other": name(case.written),
            "count": len(case.texts),
        }
        if case.kind == "none":
            return self.env._(
                "%(client)s has no language: this document is printed in the language "
                "of the user who prints it.",
                **words,
            )
        if case.kind == "texts":
            if len(case.texts) == 1:
                return self.env._(
                    "%(client)s speaks %(language)s; one text of this document is "
                    "written in %(other)s.",
                    **words,
                )
            return self.env._(
                "%(client)s speaks %(language)s; %(count)s texts of this document are "
                "written in %(other)s.",
                **words,
            )
        if not case.written:
            return self.env._(
                "%(client)s has no language. In %(place)s, people speak %(language)s.",
                **words,
            )
        if not case.wanted:
            return self.env._(
                "In %(place)s, people speak %(language)s, which is not installed; this "
                "document is written in %(other)s.",
                **words,
            )
        return self.env._(
            "In %(place)s, people speak %(language)s; this document for %(client)s is "
            "written in %(other)s.",
            **words,
        )

    def _client_other_texts(self, lang):
        """The untouched texts in another language.

        :param str lang: code of the language that they should have
        :return: code of the language of the first one, and the new texts by record and
            name of the field
        """
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        others = [code for code in codes if not is_same_language(code, lang)]
        # The source text of a product is often in one of the languages.
        written, texts = None, {}
        items = [
            (line, "name", line._client_texts(lang), line._client_written_texts)
            for line in self._client_language_lines().filtered("name")
        ]
        if name := self._client_terms_field:
            items.append((self, name, self._client_terms(lang), self._client_old_terms))
        for record, name, right, written_in in items:
            found = self._client_rewritten(record[name], right, written_in, others)
            if found:
                written = written or found[0]
                texts[record, name] = found[1]
        return written, texts

    @api.model
    def _client_rewritten(self, text, right, written_in, others):
        """:param text: a text of the document
        :param right: what Odoo writes in the right language
        :param written_in: function of another language, see `_client_written_texts`
        :return: pair of the language of an untouched text and its new text; None if it
            has the right language, or somebody has changed it
        """
        if not text or text in right:
            return None
        for other in others:
            for spellings, new in zip(written_in(other), right, strict=False):
                if new and text in spellings:
                    return other, new
        return None

    def _client_old_terms(self, lang):
        """:return: see `_client_written_texts`"""
        return [[terms] for terms in self._client_terms(lang)]

    def _client_terms(self, lang):
        """:return: list of the terms of the company in a language, see
        `client.language.line`
        """
        company = self.company_id.sudo().with_context(lang=lang)
        get_param = self.env["ir.config_parameter"].sudo().get_param
        if not get_param("account.use_invoice_terms") or company.terms_type == "html":
            return []
        terms = company.invoice_terms
        return [terms] if terms and html2plaintext(terms).strip() else []

    def _client_rewrite(self, lang):
        """Rewrite the untouched texts in a language.

        :return: number of texts that changed
        """
        _written, texts = self._client_other_texts(lang)
        for (record, name), text in texts.items():
            record[name] = text
        return len(texts)

    @for_one("write")
    def action_client_rewrite_texts(self):
        case = self._client_language_case()
        if case and case.kind == "texts":
            self._client_rewrite(case.wanted)

    @for_one("write", changes="res.partner")
    def action_client_switch_language(self):
        """The client gets the language of its place, and the document too."""
        case = self._client_language_case()
        if case and case.kind == "place" and case.wanted:
            self.partner_id._client_set_language(case.wanted)
            self._client_rewrite(case.wanted)

    @for_one("read", changes="res.partner")
    def action_client_keep_language(self):
        """The language of the client is right: do not ask again."""
        self.partner_id.action_confirm_client_language()
