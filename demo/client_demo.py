"""The demo clientele: `env["client.demo"]._load()`."""

import logging
import time
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools.gc import disabling_gc

from . import (
    clients,
    companies,
    invoices,
    payments,
    plan,
    relations,
    tables,
    texts,
)

_logger = logging.getLogger(__name__)


class ClientDemo(models.AbstractModel):
    """A small Swiss, Belgian and French clientele with three years of invoices.

    The same day gives the same figures on every machine.
    """

    _name = "client.demo"
    _description = "Demo Clientele"

    @api.model
    def _load(self, lang=None):
        """Create everything; does nothing when it is there already.

        :param str lang: code of the language of the notes, by default that of the
            administrator
        """
        if self._company("ch"):
            return
        admin = self.env.ref("base.user_admin")
        lang = lang or admin.lang or "en_US"
        context = {"lang": "en_US", **invoices.FAST}
        with disabling_gc():
            self.with_user(admin).sudo().with_context(**context)._load_all(lang)

    @api.model
    def _set_language(self, lang):
        """Translate the names, and the notes that nobody has changed.

        :param str lang: code of an active language
        """
        company = self._company("be")
        if not company:
            return
        # The company that keeps personal details.
        env = self.sudo().with_company(company).with_context(**invoices.FAST).env
        texts.translate_names(env)
        texts.rewrite_notes(env, lang)
        relations.rename_meetings(env, lang)

    @api.model
    def _top_clients(self, limit=10):
        """The best clients of the Swiss company in the last twelve months.

        :return: a list of dicts, the best first: ``rank``, ``name``, ``revenue``
            (untaxed, in the company's ``currency``), ``revenue_class``, ``status``
        """
        company = self._company("ch")
        if not company:
            return []
        partners = self.env["res.partner"].with_company(company).sudo()
        best = partners.search(
            [("client_revenue_rank", ">", 0)], order="client_revenue_rank", limit=limit
        )
        labels = dict(
            partners._fields["client_revenue_class"]._description_selection(self.env)
        )
        return [
            {
                "rank": client.client_revenue_rank,
                "name": client.name,
                "revenue": round(client.client_revenue),
                "currency": company.currency_id.name,
                "revenue_class": labels[client.client_revenue_class],
                "status": client.client_status_id.name,
            }
            for client in best
        ]

    @api.model
    def _company(self, code):
        xmlid = f"{companies.NAMESPACE}.company_{code}"
        return self.env.ref(xmlid, raise_if_not_found=False)

    @api.model
    def _load_all(self, lang):
        env = self.env
        today = fields.Date.context_today(self)
        with _timed("two companies"):
            own = companies.load(env, today)
            terms = companies.payment_terms(env)
        with _timed("clients"):
            sales = plan.sales(tables.rows("clients"), today)
            partners = clients.load(env, sales, today, lang)
            relations.load_companies(own, partners)
            texts.translate_names(env)
        for code, company in own.items():
            sold = [sale for sale in sales if sale.company == code]
            with _timed(f"{len(sold)} invoices of {company.name}"):
                moves = invoices.load(company, sold, partners, terms)
            with _timed("credit notes"):
                invoices.load_credits(company, sold, moves, partners)
            with _timed("payments"):
                payments.load(company, sold, moves, today)
        with _timed("statuses, personal details and meetings"):
            relations.load_statuses(own, partners)
            relations.load_personal_details(own["be"], partners, lang)
            relations.load_meetings(env, partners, today, lang)
        with _timed("figures"):
            for company in own.values():
                # With the rules, so that a VIP by revenue has the status VIP as well.
                env["client.metric"]._refresh_and_run_rules(company)
            relations.load_lost(own, partners, lang)
        # Two prospects are clients that somebody has typed a second time.
        env["client.duplicate"]._find()


@contextmanager
def _timed(what):
    start = time.monotonic()
    yield
    _logger.info("Demo: %s in %.1f s", what, time.monotonic() - start)
