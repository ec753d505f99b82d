"""The demo clientele: `env["client.demo"]._load()`."""

import logging
import time
from contextlib import contextmanager

from odoo import api, fields, models

from . import clients, companies, invoices, payments, plan, relations, tables

_logger = logging.getLogger(__name__)


class ClientDemo(models.AbstractModel):
    """A small Swiss, Belgian and French clientele with three years of invoices.

    The same day gives the same figures on every machine.
    """

    _name = "client.demo"
    _description = "Demo Clientele"

    @api.model
    def _load(self):
        """Create everything; does nothing when it is there already."""
        if self.env.ref(f"{companies.NAMESPACE}.company_ch", raise_if_not_found=False):
            return
        admin = self.env.ref("base.user_admin")
        context = {"lang": "en_US", **invoices.FAST}
        env = self.with_user(admin).sudo().with_context(**context).env
        today = fields.Date.context_today(self)
        with _timed("two companies"):
            own = companies.load(env, today)
            terms = companies.payment_terms(env)
        with _timed("clients"):
            sales = plan.sales(tables.rows("clients"), today)
            partners = clients.load(env, sales, today)
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
            relations.load_personal_details(own["be"], partners)
            relations.load_meetings(env, partners, today)


@contextmanager
def _timed(what):
    start = time.monotonic()
    yield
    _logger.info("Demo: %s in %.1f s", what, time.monotonic() - start)
