import logging
import time
from datetime import timedelta
from functools import partial

from odoo import api, fields, models

from ...engine.metric import queue
from ...engine.metric.turn import again
from ...engine.partner.contacts import update_contacts

_logger = logging.getLogger(__name__)
# Time until the cron runs again if another process is refreshing.
LATER = timedelta(seconds=5)
# The cron of the queue only looks at meetings that ended in this period. The nightly
# refresh looks at all meetings.
LATELY = timedelta(days=1)
# A process triggers the cron at most once in this number of seconds, because waking the
# cron workers takes longer than inserting a row in the queue. Before it ends, the cron
# waits for this time too, for rows that were added without a trigger.
PAUSE = 1
CRON = "client_segmentation.client_metric_queue_cron"
# Key in the data of a transaction that will trigger the cron.
CALLED = "client_segmentation.queue_called"
# Time of the last trigger by this process, by name of the database.
_last_calls = {}


class ClientMetricQueue(models.Model):
    """The queue of clients whose figures must be computed again, per company.

    A transaction that changes documents only inserts rows, so two such transactions
    never wait for each other. The refresh deletes the rows that it has processed.
    """

    _name = "client.metric.queue"
    _description = "Client with Figures to Compute"
    _log_access = False

    partner_id = fields.Integer(required=True, help="0 for all clients.")
    company_id = fields.Integer(required=True)
    reason = fields.Char(
        help="What else there is to do: “invoice” (posted for the first time), "
        "“arrived” (with the history of another client), “contacts” (get the status "
        "of their client)."
    )
    business_at = fields.Datetime(
        "New Business At", help="When a document was posted or a meeting was held."
    )
    business_date = fields.Date("Date of the Business")

    @api.model
    def _add(self, pairs, business=None, reason=None):
        """Queue clients, also for the companies above, which count their branches.

        :param pairs: pairs `(id of a commercial partner, id of a company)`
        :param business: dict of dates by pair, for pairs with new business
        :param reason: see the field
        """
        pairs = {(client, company) for client, company in pairs if client and company}
        if not pairs:
            return
        pairs, business = self._with_companies_above(pairs, business or {})
        now = fields.Datetime.now()
        queue.add(self.env, pairs, business, now, self._cron_to_call(), reason)

    @api.model
    def _add_all(self, companies):
        """Queue all clients of these companies."""
        if companies:
            pairs = [(0, company) for company in companies.ids]
            now = fields.Datetime.now()
            queue.add(self.env, pairs, now=now, cron=self._cron_to_call())

    @api.model
    def _with_companies_above(self, pairs, business):
        """:return: `pairs` and `business` of `_add`, with the companies above"""
        above = self.env["res.company"]._client_tree().above
        dates = {}
        for client, company in pairs:
            date = business.get((client, company))
            for higher in above(company):
                dates.setdefault((client, higher), []).append(date)
        return dates.keys(), {
            pair: max(filter(None, found))
            for pair, found in dates.items()
            if any(found)
        }

    @api.model
    def _cron_to_call(self):
        """Make sure that the cron processes the queue after this transaction.

        :return: id of the `ir.cron` to trigger. None if this transaction has triggered
            it already, if this process has just triggered it, or if the cron has been
            deleted (then the nightly refresh processes the queue)
        """
        cr = self.env.cr
        # A rollback to a savepoint clears these data together with the trigger.
        data = cr.precommit.data
        if CALLED in data:
            return None
        data[CALLED] = True
        cron = self.env["ir.model.data"]._xmlid_to_res_id(CRON)
        if not cron:
            return None
        must_call = not self._is_called(cr.dbname)
        called_at = time.monotonic() if must_call else None
        cr.postcommit.add(partial(self._wake, cron, called_at=called_at))
        return cron if must_call else None

    @api.model
    def _is_called(self, database):
        """:return: whether this process has just triggered the cron, so the cron will
        still see what is committed now
        """
        return time.monotonic() < _last_calls.get(database, float("-inf")) + PAUSE

    @api.model
    def _wake(self, cron, called_at):
        """Wake the cron workers after a commit.

        :param cron: id of the `ir.cron`
        :param called_at: when this transaction wrote its trigger. None if it wrote
            none; without a trigger the workers would do nothing
        """
        database = self.env.cr.dbname
        if self._is_called(database):
            return
        _last_calls[database] = called_at or time.monotonic()
        try:
            if not called_at:  # a long transaction, which outlasted the earlier trigger
                with self.env.registry.cursor() as cr:
                    queue.call(cr, cron, fields.Datetime.now())
            self.env["ir.cron"]._notifydb()
        except Exception:  # the transaction is committed and must not fail now
            _logger.exception("The queue of figures waits for the next run of its cron")

    @api.model
    def _companies_of(self, clients):
        """:return: ids of the companies that have or will have figures of clients"""
        return queue.companies(self.env, clients.ids)

    @api.model
    def _add_clients(self, clients, reason=None):
        """Queue clients for all companies that have or will have figures of them."""
        companies = self._companies_of(clients)
        pairs = [(client.id, company) for client in clients for company in companies]
        self._add(pairs, reason=reason)

    @api.model
    def _drain(self, limit=20000):
        """Refresh the figures of the queued clients, in one transaction.

        :return: number of processed rows; None if another process is refreshing
        """
        if not queue.claim(self.env):
            return None
        rows = queue.take(self.env, limit)
        clients, reasons = {}, {}
        for partner, company, reason, *business in rows:
            of_client = clients.setdefault(company, {}).setdefault(partner, [])
            if all(business):
                of_client.append(business)
            reasons.setdefault((company, reason), set()).add(partner)
        # All refreshes use the same order. Otherwise two of them could deadlock.
        companies = self.env["res.company"].sudo().browse(sorted(clients)).exists()
        for company in companies:
            queued = clients[company.id]
            existing = self.env["res.partner"].browse(queued).exists()
            self.env["client.metric"]._refresh_and_run_rules(
                company,
                None if 0 in queued else existing.ids,
                {
                    client: [
                        max(column) for column in zip(*queued[client], strict=True)
                    ]
                    for client in existing.ids
                    if queued[client]
                },
                **{
                    name: reasons.get((company.id, reason), set()) & set(existing.ids)
                    for name, reason in (("buying", "invoice"), ("arrived", "arrived"))
                },
            )
        if waiting := set().union(
            *(
                found
                for (_company, reason), found in reasons.items()
                if reason == "contacts"
            )
        ):
            update_contacts(self.env, waiting)
        return len(rows)

    @api.model
    def _add_meetings(self, lately=None):
        """Queue the clients of meetings that have ended. No write happens at that time.

        :param timedelta lately: only consider meetings that ended in this last period
        """
        now = fields.Datetime.now()
        if queue.enqueue_held(self.env, since=lately and now - lately):
            cron = self._cron_to_call()
            if cron:
                queue.call(self.env.cr, cron, now)

    @api.model
    def _cron_drain(self, pause=PAUSE):
        """Refresh until the queue is empty, with a commit after each step.

        :param pause: seconds to wait for more rows after each step, so a user who posts
            many documents does not compete with a refresh for each of them
        """
        cron = self.env["ir.cron"]
        again(self.env, partial(self._add_meetings, LATELY))
        while done := again(self.env, self._drain, alone=queue.wait_for_claim):
            time_left = cron._commit_progress(done, remaining=self.search_count([]))
            time.sleep(pause)
            if not time_left:
                break
        if done is None:  # the other process does not see the newest rows
            queue.call(
                self.env.cr,
                self.env["ir.model.data"]._xmlid_to_res_id(CRON),
                fields.Datetime.now() + LATER,
            )
