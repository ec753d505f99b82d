from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...engine.partner.gate import blocked_anywhere
from ...models.block.parent_change import may_unblock
from ...models.block.refusal import messages


class BasePartnerMerge(models.TransientModel):
    """A merge of a blocked client and one that is not blocked asks the person. Without
    an answer, and in merges by code, the remaining client is blocked.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    client_block_message = fields.Text(
        compute="_compute_client_block_message", groups="base.group_user"
    )
    client_unblocks = fields.Boolean(
        "Leave the remaining client unblocked",
        groups="client_segmentation.group_client_unblock",
        help="Otherwise the remaining client is blocked.",
    )

    @api.depends("partner_ids")
    @api.depends_context("uid", "lang", "tz")
    def _compute_client_block_message(self):
        for wizard in self:
            partners = wizard.partner_ids._origin
            texts = []
            for company in wizard._client_to_unblock(partners):
                clients = partners.with_company(company)
                texts += messages(clients.filtered("client_gets_no_documents"))
            if texts:
                texts.append(self.env._("The remaining client will be blocked."))
            wizard.client_block_message = "\n".join(dict.fromkeys(texts))

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        # Read as the superuser: who may not unblock has no access to the field.
        unblocks = len(self) == 1 and self.sudo().client_unblocks
        if unblocks and not may_unblock(self.env):
            raise AccessError(self.env._("You may not unblock clients."))
        partners = self.env["res.partner"].browse(partner_ids).exists()
        statuses = self._client_to_unblock(partners) if unblocks else {}
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        self._client_unblock(partners.exists(), statuses)
        return result

    def _client_to_unblock(self, partners):
        """:return: dict by company of the user in which some of these clients are
        blocked and others are not: the status of one that is not
        """
        clients = partners.sudo().filtered("client_is_commercial")
        blocked = blocked_anywhere(self.env, clients)
        companies = self.env.user.company_ids.filtered(
            lambda company: company.id in {one for _client, one in blocked}
        )
        statuses = {}
        for company in companies:
            free = clients.filtered(
                lambda client, company=company: (client.id, company.id) not in blocked
            )
            if free:
                statuses[company] = free[0].with_company(company).client_status_id
        return statuses

    def _client_unblock(self, partners, statuses):
        """Unblock the remaining client where the person has decided so.

        :param dict statuses: see `_client_to_unblock`
        """
        if len(partners) != 1:  # nothing was merged
            return
        client = partners.commercial_partner_id
        for company, status in statuses.items():
            client = client.with_company(company)
            if client.client_blocked:
                client.client_blocked = False
            if client.client_status_id.sudo().blocks_documents:
                client.client_status_id = status
