from datetime import timedelta
from functools import partial

from odoo import api, fields, models

from ..engine import meetings, queue
from ..engine.turn import again

# The nightly pass looks at all meetings, whenever they ended.
LATELY = timedelta(days=1)


class ClientMetricQueue(models.Model):
    """Which clients of which companies have figures to compute again.

    Rows are only ever added, in the transaction that changed something: two of them
    never wait for each other. The refresh removes those that it has seen.
    """

    _name = "client.metric.queue"
    _description = "Client with Figures to Compute"
    _log_access = False

    partner_id = fields.Integer(required=True)
    company_id = fields.Integer(required=True)
    business_at = fields.Datetime(
        "New Business At", help="When a document was posted or a meeting held."
    )
    business_date = fields.Date("Date of the Business")

    @api.model
    def _add(self, pairs, business=None):
        """Queue clients.

        :param pairs: `(id of a commercial partner, id of a company)` each
        :param business: date by pair of the business that was not there before
        """
        pairs = {(client, company) for client, company in pairs if client and company}
        if not pairs:
            return
        now = fields.Datetime.now()
        queue.add(self.env, pairs, business, now, self._cron_to_call().id or None)

    def _cron_to_call(self):
        """:return: the `ir.cron` that drains the queue, once a transaction; empty when
        it has been called already, or deleted: the nightly pass remains
        """
        Cron = self.env["ir.cron"].sudo()
        cr, key = self.env.cr, "client_metric_queue"
        if key in cr.cache:
            return Cron
        cr.cache[key] = True
        forget = partial(cr.cache.pop, key, None)
        cr.postcommit.add(forget)
        cr.postrollback.add(forget)
        cron = Cron.browse(
            self.env["ir.model.data"]._xmlid_to_res_id(
                "client_segmentation.client_metric_queue_cron"
            )
        )
        cr.postcommit.add(cron._notifydb)  # wakes the cron workers
        return cron

    @api.model
    def _add_clients(self, clients):
        """Queue clients for every company that has figures of one of them, or will."""
        companies = queue.companies(self.env, clients.ids)
        self._add((client.id, company) for client in clients for company in companies)

    @api.model
    def _drain(self, limit=20000):
        """Refresh the figures of the queued clients, in one transaction.

        :return: number of queue rows done; none while another process is at it
        """
        if not queue.claim(self.env):
            return 0
        rows = queue.take(self.env, limit)
        clients = {}
        for partner, company, *business in rows:
            news = clients.setdefault(company, {}).setdefault(partner, [])
            if all(business):
                news.append(business)
        # In the same order as everybody, or two refreshes would wait for each other.
        companies = self.env["res.company"].sudo().browse(sorted(clients)).exists()
        for company in companies:
            queued = clients[company.id]
            existing = self.env["res.partner"].browse(queued).exists()
            self.env["client.metric"]._follow(
                company,
                existing.ids,
                {
                    client: [
                        max(column) for column in zip(*queued[client], strict=True)
                    ]
                    for client in existing.ids
                    if queued[client]
                },
            )
        return len(rows)

    @api.model
    def _add_meetings(self, lately=None):
        """Queue the clients of meetings that are over: nobody writes that they end.

        :param timedelta lately: look only at those that ended since then
        """
        now = fields.Datetime.now()
        if meetings.queue(self.env, now, since=lately and now - lately):
            cron = self._cron_to_call()
            if cron:
                cron._trigger()

    @api.model
    def _cron_drain(self):
        """Refresh until the queue is empty; what is done is committed."""
        cron = self.env["ir.cron"]
        again(self.env, partial(self._add_meetings, LATELY))
        while done := again(self.env, self._drain):
            if not cron._commit_progress(done, remaining=self.search_count([])):
                break
