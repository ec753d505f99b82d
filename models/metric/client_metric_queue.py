import logging
import time
from datetime import timedelta
from functools import partial

from odoo import api, fields, models

from ...engine.metric import queue
from ...engine.metric.turn import again

_logger = logging.getLogger(__name__)
# When to look again, while another process refreshes.
LATER = timedelta(seconds=5)
# The nightly pass looks at all meetings, whenever they ended.
LATELY = timedelta(days=1)
# Seconds in which a process calls the cron no more than once: to wake the cron workers
# costs a posting more than its row in the queue does. The cron waits as long for rows
# that come without a call, before it ends.
PAUSE = 1
CRON = "client_segmentation.client_metric_queue_cron"
# Key of the data of a transaction that will call the cron.
CALLED = "client_segmentation.queue_called"
# When this process has called the cron, by name of the database.
_last_calls = {}


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
        queue.add(self.env, pairs, business, now, self._cron_to_call())

    @api.model
    def _cron_to_call(self):
        """See to it that the queue is drained when this transaction has ended.

        :return: id of the `ir.cron` that a trigger is to be written for; None when one
            has been written already, or just now by this process, or when the cron has
            been deleted: the nightly pass remains
        """
        cr = self.env.cr
        # Forgotten with the savepoint, if the trigger is taken back.
        data = cr.precommit.data
        if CALLED in data:
            return None
        data[CALLED] = True
        cron = self.env["ir.model.data"]._xmlid_to_res_id(CRON)
        if not cron:
            return None
        call = not self._is_called(cr.dbname)
        now = time.monotonic()
        cr.postcommit.add(partial(self._wake, cron, called_at=now if call else None))
        return cron if call else None

    @api.model
    def _is_called(self, database):
        """:return: whether this process has just called the cron: it is still there
        for what is committed now
        """
        return time.monotonic() < _last_calls.get(database, float("-inf")) + PAUSE

    @api.model
    def _wake(self, cron, called_at):
        """Wake the cron workers after a commit.

        :param cron: id of the `ir.cron`
        :param called_at: when the trigger was written that has been committed; None
            without one: the workers would find nothing to do
        """
        database = self.env.cr.dbname
        if self._is_called(database):
            return
        _last_calls[database] = called_at or time.monotonic()
        try:
            if not called_at:  # a long transaction: it began while the cron was called
                with self.env.registry.cursor() as cr:
                    queue.call(cr, cron, fields.Datetime.now())
            self.env["ir.cron"]._notifydb()
        except Exception:  # what has been committed must not end in an error
            _logger.exception("The queue of figures waits for the next run of its cron")

    @api.model
    def _add_clients(self, clients):
        """Queue clients for every company that has figures of one of them, or will."""
        companies = queue.companies(self.env, clients.ids)
        self._add((client.id, company) for client in clients for company in companies)

    @api.model
    def _drain(self, limit=20000):
        """Refresh the figures of the queued clients, in one transaction.

        :return: number of queue rows done; None while another process is at it
        """
        if not queue.claim(self.env):
            return None
        rows = queue.take(self.env, limit)
        clients = {}
        for partner, company, *business in rows:
            own = clients.setdefault(company, {}).setdefault(partner, [])
            if all(business):
                own.append(business)
        # In the same order as everybody, or two refreshes would wait for each other.
        companies = self.env["res.company"].sudo().browse(sorted(clients)).exists()
        for company in companies:
            queued = clients[company.id]
            existing = self.env["res.partner"].browse(queued).exists()
            self.env["client.metric"]._refresh_and_run_rules(
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
        if queue.enqueue_held(self.env, now, since=lately and now - lately):
            cron = self._cron_to_call()
            if cron:
                queue.call(self.env.cr, cron, now)

    @api.model
    def _cron_drain(self, pause=PAUSE):
        """Refresh until the queue is empty; what is done is committed.

        :param pause: seconds to wait for more rows when there were some: who posts
            one document after the other does not compete with a refresh for each
        """
        cron = self.env["ir.cron"]
        again(self.env, partial(self._add_meetings, LATELY))
        while done := again(self.env, self._drain):
            left = cron._commit_progress(done, remaining=self.search_count([]))
            time.sleep(pause)
            if not left:
                break
        if done is None:  # whoever is at it does not see the newest rows
            queue.call(
                self.env.cr,
                self.env["ir.model.data"]._xmlid_to_res_id(CRON),
                fields.Datetime.now() + LATER,
            )
