from odoo import SUPERUSER_ID, api, models
from odoo.tools import ormcache

from ...engine.rules.candidates import Terms, has_filter


class ClientStatusRule(models.Model):
    """What the rules say, kept in memory, and whose rights their filters have."""

    _inherit = "client.status.rule"

    @api.model
    def _terms_for(self, triggers, company_id):
        """What the rules say that are on in a company, and whose filters their authors
        may use there.

        :param tuple triggers: of which triggers
        :return: tuple of `engine.status.Terms`, in the order of the rules
        """
        return tuple(
            terms
            for terms in self._all_terms_for(triggers, company_id)
            if self._may_filter(terms, company_id)
        )

    @api.model
    def _may_filter(self, terms, company_id):
        """:return: whether a rule has no filter, or its author works in a company"""
        if not terms.domain or terms.author == SUPERUSER_ID:
            return True
        author = self.env["res.users"].sudo().browse(terms.author)
        return author.active and company_id in author._get_company_ids()

    @api.model
    @ormcache("triggers", "company_id", cache="stable")
    def _all_terms_for(self, triggers, company_id):
        """What the rules switched on in a company say, in their order.

        :param tuple triggers: of which triggers
        :return: tuple of `engine.status.Terms`
        """
        rules = (
            self.sudo()
            .with_context(active_test=True)
            .search(
                [
                    ("trigger", "in", triggers),
                    ("company_id", "in", (company_id, False)),
                ]
            )
        )
        return tuple(rule._terms() for rule in rules)

    def _terms(self):
        self.ensure_one()
        rule = self.sudo()
        filtered = has_filter(rule.filter_domain)
        return Terms(
            id=rule.id,
            trigger=rule.trigger,
            target=rule.to_status_id.id,
            sources=rule.from_status_ids._ids,
            along=(rule.from_type_id.id, rule.to_type_id.id)
            if rule.from_type_id
            else None,
            domain=rule.filter_domain if filtered else "",
            months=rule.months,
            starts_at=rule.starts_at,
            has_actions=bool(rule.action_server_ids),
            author=rule._filter_author() if filtered else SUPERUSER_ID,
        )

    def _filter_author(self):
        return (self.filter_user_id or self.write_uid).id or SUPERUSER_ID

    def _running_state(self):
        """:return: what tells how these rules run"""
        return [
            (rule._terms(), rule.active, rule.company_id.id, rule.sequence)
            for rule in self
        ]

    def _tell_actions_changed(self):
        """Everybody reads these rules anew: which have actions is kept in memory."""
        if self:
            self.env.registry.clear_cache("stable")
