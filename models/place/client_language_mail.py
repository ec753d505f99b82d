from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..safety.buttons import for_one
from .res_lang import is_same_language


class ClientLanguageMail(models.AbstractModel):
    """Says on top of an e-mail that it is in another language than its recipient's.

    Odoo renders the template of an e-mail about a document in the language of the
    partner of the document, or in the one that the template names. The person may have
    chosen other recipients. Without a template, the person writes the text: then only
    the language of the recipient is named.
    """

    _name = "client.language.mail"
    _description = "E-mail in the Recipient's Language"

    client_language_message = fields.Char(
        compute="_compute_client_language", groups="base.group_user"
    )
    client_language_case = fields.Char(
        compute="_compute_client_language",
        groups="base.group_user",
        help="`text`: the text of the template can be rewritten. `typed`: somebody has "
        "changed it. `info`: there is no template.",
    )

    def _client_mail_document(self):
        """:return: the one document that the e-mail is about, or None"""
        raise NotImplementedError

    # Name of the field with the partners that get the e-mail.
    _client_recipients_field = None

    @api.depends_context("lang", "uid")
    def _compute_client_language(self):
        has_choice = len(self.env["res.lang"].get_installed()) > 1
        for mail in self:
            document = mail._client_mail_document() if has_choice else None
            case = mail._client_mail_case(document) if document else None
            mail.client_language_case = case and case[0]
            mail.client_language_message = case and case[1]

    def _client_mail_case(self, document):
        """:return: pair of the case and its text; None if the language is right"""
        partner, wanted = self._client_mail_wanted()
        written = self._client_mail_written(document)
        if not wanted or is_same_language(wanted, written):
            return None
        name = self.env["res.lang"]._client_language_name
        words = {
            "client": partner.display_name,
            "language": name(wanted),
            "other": name(written),
        }
        if not self.template_id:
            return "info", self.env._("%(client)s speaks %(language)s.", **words)
        case = "text" if self._client_mail_is_untouched(document, written) else "typed"
        return case, self.env._(
            "%(client)s speaks %(language)s; this e-mail is written in %(other)s.",
            **words,
        )

    def _client_mail_wanted(self):
        """:return: the first recipient and its language; no language if the recipients
        have several
        """
        recipients = self[self._client_recipients_field]._filtered_access("read")
        recipients = recipients.filtered(lambda one: one.partner_share and one.lang)
        languages = {partner.lang.split("_")[0] for partner in recipients}
        if len(languages) != 1:
            return recipients[:1], None
        return recipients[0], recipients[0].lang

    def _client_mail_written(self, document):
        """:return: code of the language of the text"""
        if not self.template_id:
            return self.env.lang
        if self.lang and "{" not in self.lang:
            return self.lang
        template = self.template_id.sudo()
        return template._render_lang(document.ids)[document.id] or self.env.lang

    def _client_mail_rendered(self, document, lang):
        """:return: dict of subject and body of the template in a language"""
        template = self.template_id.with_context(template_preview_lang=lang)
        values = template._generate_template(document.ids, {"subject", "body_html"})
        values = values[document.id]
        return {"subject": values.get("subject"), "body": values.get("body_html")}

    def _client_mail_is_untouched(self, document, lang):
        """:return: whether nobody has changed the text of the template"""
        rendered = self._client_mail_rendered(document, lang)
        return all(
            _plain(self[name]) == _plain(rendered[name]) for name in ("subject", "body")
        )

    @for_one("write")
    def action_client_rewrite_mail(self):
        """Write the e-mail in the language of the recipient.

        :return: action that shows it again
        """
        document = self._client_mail_document()
        case = self._client_mail_case(document) if document else None
        if case and case[0] == "text":
            _partner, wanted = self._client_mail_wanted()
            rendered = self._client_mail_rendered(document, wanted)
            # Odoo computes texts and recipients from the language.
            recipients = self[self._client_recipients_field]
            self.lang = wanted
            self.write({**rendered, self._client_recipients_field: recipients.ids})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "large"},
        }


def _plain(text):
    """:return: the words of a text, whatever its markup"""
    return " ".join(html2plaintext(text or "").split())
