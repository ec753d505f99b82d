from markupsafe import Markup

from odoo import models
from odoo.tools import is_html_empty

from ...engine.duplicate.merge import merge_pairs
from ...engine.partner.contacts import update_contacts
from ...engine.partner.merge import pinned_companies, rename_in_operations
from ...engine.partner.undo import OPERATION

# Notes of the merged clients follow each other in the remaining one. Notes of the first
# group belong to the client, so a contact has those of its client.
CLIENT_NOTES = ("client_key_note",)
NOTES = ("client_likes", "client_problems", "client_competitor_reason")
# Only one value is possible. The others are told in a note of the remaining client.
SINGLE = (
    "client_name2",
    "client_source_id",
    "client_criterion_1_id",
    "client_criterion_2_id",
)


class BasePartnerMerge(models.TransientModel):
    """What a merge would lose: notes, pins, second lines, dismissed duplicates."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """All of this happens before: afterwards, the merged clients belong to the
        remaining one. Odoo prefers the values of the remaining one.
        """
        merge_pairs(self.env, src_partners.ids, dst_partner.id)
        rename_in_operations(self.env, src_partners.ids, dst_partner.id)
        lost = self._client_lost_values(src_partners, dst_partner)
        values = self._client_joined_notes(src_partners, dst_partner)
        if dst_partner == dst_partner.commercial_partner_id:
            clients = src_partners.filtered("client_is_commercial")
            self._client_forget_undo(clients, dst_partner)
            self._client_keep_pins(clients, dst_partner)
            since = (dst_partner | clients).sudo().mapped("client_since")
            if any(since):
                values["client_since"] = min(filter(None, since))
        if values:
            dst_partner.sudo().write(values)
        if lost:
            dst_partner.sudo().message_post(
                body=self.env._("Not taken over by the merge: %s", "; ".join(lost))
            )
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """The contacts of the merged clients get what the remaining client has."""
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        partners = self.env["res.partner"].browse(partner_ids).exists()
        if len(partners) == 1 and partners.client_is_commercial:
            names = partners._client_fields()
            update_contacts(self.sudo().env, partners.ids, names)
        return result

    def _client_joined_notes(self, src_partners, dst_partner):
        """:return: dict of the notes that differ, one after the other"""
        target, sources = dst_partner.sudo(), src_partners.sudo()
        clients = sources.filtered("client_is_commercial")
        joined = {}
        for name in (*CLIENT_NOTES, *NOTES):
            others = clients if name in CLIENT_NOTES else sources
            texts = [(one[name] or "").strip() for one in (target, *others)]
            texts = list(dict.fromkeys(filter(None, texts)))
            if len(texts) > 1:
                joined[name] = "\n".join(texts)
        comments = [one.comment for one in (target, *sources)]
        comments = [one for one in dict.fromkeys(comments) if not is_html_empty(one)]
        if len(comments) > 1:
            joined["comment"] = Markup("<br>").join(comments)
        return joined

    def _client_lost_values(self, src_partners, dst_partner):
        """:return: list of texts about values that the remaining client does not get,
        because it has others
        """
        target, lost = dst_partner.sudo(), []
        clients = src_partners.sudo()
        if target == target.commercial_partner_id:
            clients = clients.filtered("client_is_commercial")
        labels = self.env["ir.model.fields"].get_field_string("res.partner")
        for name in SINGLE:
            if name != "client_name2" and target != target.commercial_partner_id:
                continue
            for source in clients:
                value = source[name]
                if value and target[name] and value != target[name]:
                    text = value if isinstance(value, str) else value.display_name
                    label = labels.get(name) or target._fields[name].string
                    lost.append(f"{label}: {text}")
        return list(dict.fromkeys(lost))

    def _client_keep_pins(self, clients, dst_partner):
        """A status that somebody has pinned stays, with its pin, if the remaining
        client has no pin in that company. Blocks are kept in another way.
        """
        for client in clients.sudo():
            for company in pinned_companies(self.env, client.id):
                company = self.env["res.company"].sudo().browse(company).exists()
                own = client.with_company(company)
                kept = dst_partner.sudo().with_company(company)
                status = own.client_status_id
                if not company or kept.client_status_pinned or status.blocks_documents:
                    continue
                kept.write(
                    {"client_status_id": status.id, "client_status_pinned": True}
                )

    def _client_forget_undo(self, clients, dst_partner):
        """If the remaining client has a value of its own that a bulk operation has set
        on a merged client, the undo of that operation must not change it.
        """
        changes = self.env["client.change"].sudo()
        lines = changes.search(
            [("partner_id", "in", clients.ids), ("res_model", "=", OPERATION)]
        )
        own = lines.filtered(lambda line: line._is_value_of(dst_partner))
        own.write({"res_model": False, "res_id": False})
