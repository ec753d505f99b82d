from odoo import api, fields, models

from ...engine.duplicate.lookup import similar
from ..block.refusal import messages
from ..partner.client_change import ImportRun
from ..safety.buttons import for_one
from .reasons import reasons_in_words

# What somebody types before the form looks for clients that are alike.
TYPED = (
    "name",
    "client_name2",
    "email",
    "phone",
    "vat",
    "company_registry",
    "zip",
    "city",
    "street",
    "is_company",
    "type",
)
COMPLETE = (*TYPED, "country_id", "lang", "website", "client_key_note", "comment")
# The number of similar clients that a message counts.
MOST = 5


class ResPartner(models.Model):
    """A new client that looks like an old one: warnings, which refuse nothing.

    They name only clients that the user may read. Archived clients count as well: who
    types an archived client again would lose its history.
    """

    _inherit = "res.partner"

    client_similar_id = fields.Many2one(
        "res.partner",
        "Looks Like",
        compute="_compute_client_similar",
        groups="base.group_user",
        exportable=False,
    )
    client_similar_text = fields.Char(
        "Why They Look Alike",
        compute="_compute_client_similar",
        groups="base.group_user",
        exportable=False,
    )
    client_duplicate_count = fields.Integer(
        "Possible Duplicates",
        compute="_compute_client_duplicate_count",
        groups="client_segmentation.group_client_user",
        exportable=False,
    )

    @api.depends(*TYPED, "parent_id", "country_id", "company_id")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_client_similar(self):
        for partner in self:
            found = []
            if not partner._origin.id:  # only while it is typed
                found = partner._client_similar()
            partner.client_similar_id = found[0][0] if found else False
            partner.client_similar_text = partner._client_similar_text(found)

    def _client_similar(self):
        """:return: list of pairs: a partner that looks like this new one and that the
        user may read, and the reasons in words; the surest first
        """
        self.ensure_one()
        values = {name: self[name] for name in TYPED}
        if not any(values[name] for name in ("name", "email", "phone", "vat")):
            return []
        values |= {
            "client_id": self.parent_id.commercial_partner_id._origin.id,
            "company_id": self.company_id.id,
            "country_id": self.country_id.id,
        }
        if self.is_company:  # a client of its own
            values["client_id"] = False
        rows = similar(self.env, values)
        partners = self.env["res.partner"].with_context(active_test=False)
        found = partners.search([("id", "in", [partner for partner, *_rest in rows])])
        # Odoo's own warning names these.
        shown = self.same_vat_partner_id | self.same_company_registry_partner_id
        known = found.filtered(
            lambda one: (
                one.client_gets_no_documents
                or not one.active
                or one.id not in shown.ids
            )
        )
        return [
            (known.browse(partner), reasons_in_words(self.env, reasons))
            for partner, _sure, reasons in rows
            if partner in known.ids
        ]

    def _client_similar_text(self, found):
        """:param found: see `_client_similar`
        :return: text about the first one, and the number of the others
        """
        if not found:
            return False
        partner, reasons = found[0]
        texts = [reasons]
        if not partner.active:
            texts.append(self.env._("It is archived."))
        if partner.client_gets_no_documents:
            texts += messages(partner.commercial_partner_id)
        if len(found) > 1:
            others = len(found) - 1
            texts.append(self.env._("Others that look alike: %s.", min(others, MOST)))
        return ". ".join(text.rstrip(".") for text in texts) + "."

    @api.model
    def name_create(self, name):
        result = super().name_create(name)
        is_quick = result and not ImportRun.of(self.env)
        if is_quick and self.env.user._is_internal():
            self.browse(result[0])._client_tell_similar()
        return result

    def _client_tell_similar(self):
        """Tell the user, who has just created this client in a document, which client
        it looks like.
        """
        new = self.new(self._client_typed())
        found = [
            (partner, text)
            for partner, text in new._client_similar()
            if partner.id != self.id
        ]
        if not found:
            return
        self.env.user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "title": self.env._("“%s” looks like an existing client", self.name),
                "message": self.env._(
                    "“%(client)s”: %(text)s",
                    client=found[0][0].display_name,
                    text=self._client_similar_text(found),
                ),
                "sticky": True,
            },
        )

    def _client_typed(self):
        """:return: dict of the values of this partner to compare"""
        names = (*TYPED, "parent_id", "country_id", "company_id")
        return self._convert_fields_to_values(names)

    def _compute_client_duplicate_count(self):
        for partner in self:
            pairs = self.env["client.duplicate"]
            domain = pairs._of_partners(partner)
            partner.client_duplicate_count = (
                pairs.search_count(domain) if partner._origin.id else 0
            )

    @for_one("read", shows="client.duplicate")
    def action_open_client_duplicates(self):
        """:return: action with the possible duplicates of this client"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_segmentation.client_duplicate_action"
        )
        domain = list(self.env["client.duplicate"]._of_partners(self))
        return {**action, "domain": domain, "context": {}}

    def _client_better_first(self):
        """:return: these partners, the one to keep in a merge first: the partner of a
        company of this database; one who can log in; one that is not archived; the one
        with more posted documents; the more complete one; the older one
        """
        partners = self.sudo()
        counts = dict(
            self.env["account.move"]
            .sudo()
            ._read_group(
                [("partner_id", "in", self.ids), ("state", "=", "posted")],
                ["partner_id"],
                ["__count"],
            )
        )
        own = set(self.env["res.company"]._client_tree().partners)
        better = partners.sorted(
            lambda partner: (
                partner.id not in own,
                not partner.with_context(active_test=False).user_ids,
                not partner.active,
                -counts.get(partner, 0),
                -sum(bool(partner[name]) for name in COMPLETE),
                partner.id,
            )
        )
        return better.with_env(self.env)
