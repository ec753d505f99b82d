import logging

import psycopg2

from odoo import api, fields, models

from ...engine.metric.turn import again
from ..safety.buttons import without_defaults
from ..safety.words import in_words

# Ids of clients that the user may not change, from which some names are shown.
FORBIDDEN_KEPT = 1000
_logger = logging.getLogger(__name__)


class ClientBulkOperation(models.Model):
    """How an operation runs: at once, or slice by slice in the background."""

    _inherit = "client.bulk.operation"

    @api.model
    def _limit(self):
        """:return: number of clients up to which the user waits for the end"""
        parameter = self.env["ir.config_parameter"].sudo()
        return int(parameter.get_param("client_segmentation.bulk_limit", 5000))

    def _slice(self):
        """:return: number of partners in one transaction of the cron"""
        limit = self._limit()
        return min(limit, self._action(self.action).at_once or limit)

    @api.model
    def _start(self, action, values, ids, value_name, undo_of=None):
        """Do something to partners, at once or, if they are many, in the background.

        :param str action: name of an `Action`
        :param dict values: what to set, see `Action.values`
        :param ids: ids of partners
        :param str value_name: what the value is called
        :param undo_of: operation that this one undoes
        :return: the operation
        """
        # No default of whoever calls gets into what has been done.
        operation = without_defaults(self.sudo()).create(
            {
                "action": action,
                "field_name": self._action(action).field,
                "values": values,
                "partners": ids,
                "asked_count": len(ids),
                "value_name": value_name,
                "company_id": self.env.company.id,
                "companies": self.env.companies.ids,
                "user_id": self.env.uid,
                "undo_of_id": undo_of.id if undo_of else False,
                "in_background": len(ids) > self._limit(),
            }
        )
        if operation.in_background:
            operation._as_its_user()._allowed([])  # tell at once who may not do it
            operation._call_cron()
        else:
            operation._work()
        return operation.sudo(False)

    def _call_cron(self):
        self.env.ref("client_segmentation.client_bulk_operation_cron").sudo()._trigger()

    @api.model
    def _cron_run(self):
        """Work until nothing is left; what is done is committed."""
        cron = self.env["ir.cron"]
        while operation := self.search(
            [("state", "=", "running")], order="id", limit=1
        ):
            before = operation.done_count
            operation._work_in_cron()
            done = operation.done_count - before
            if not cron._commit_progress(done, remaining=self._count_left()):
                break

    @api.model
    def _count_left(self):
        """:return: number of partners that running operations have still to look at"""
        sums = ["asked_count:sum", "done_count:sum"]
        [(asked, done)] = self._read_group([("state", "=", "running")], [], sums)
        return (asked or 0) - (done or 0)

    def _work_in_cron(self):
        """Do the next slice; a failure stops this operation and no other."""

        def work():
            self.invalidate_recordset()
            if self.state == "running":  # else somebody has just cancelled it
                self._work(self._slice())

        try:
            again(self.env, work)
        except psycopg2.OperationalError:
            raise  # the next run of the cron goes on here
        except Exception as error:
            self.env.cr.rollback()
            _logger.exception("Bulk operation %s failed", self.id)
            self.invalidate_recordset()
            self.write({"state": "failed", "error": str(error)})
        if self.state != "running":
            self._tell_user()

    def _work(self, size=None):
        """Do the next `size` partners, or all: never more than one transaction."""
        ids = (self.partners or [])[self.done_count :][:size]
        own = self._as_its_user()
        allowed = own._allowed(ids)
        changed = own._apply(allowed)
        forbidden = sorted(set(ids) - set(allowed))
        values = {
            "done_count": self.done_count + len(ids),
            "changed_count": self.changed_count + len(changed),
            "forbidden_count": self.forbidden_count + len(forbidden),
        }
        if forbidden and not self.forbidden:
            values["forbidden"] = forbidden[:FORBIDDEN_KEPT]
        if values["done_count"] >= self.asked_count:
            values |= {"state": "done", "date_end": fields.Datetime.now()}
        self.write(values)

    def _as_its_user(self):
        """:return: this operation in the eyes of who started it"""
        context = {"allowed_company_ids": self.companies, "lang": self.user_id.lang}
        own = self.with_user(self.user_id).with_context(**context)
        return own.with_company(self.company_id)

    def _undo_depth(self):
        """:return: 0 if it undoes none, 1 for an undo, 2 for the undo of an undo"""
        undone = self.sudo().undo_of_id
        return undone._undo_depth() + 1 if undone else 0

    def _allowed(self, ids, depth=None):
        """Whom the user may change like this.

        :param int depth: see `_undo_depth`, if another than that of this operation
        :return: ids of those partners
        """
        operation = self.sudo()
        action, values = self._action(operation.action), operation.values
        if (self._undo_depth() if depth is None else depth) % 2:
            # To undo a blocking is to unblock, and a status goes back to any other.
            action, values = self._action(action.undo_is or action.name), {}
        return self._changeable_ids(action, values, ids)

    @in_words
    def _apply(self, ids):
        """:return: ids of the partners that changed"""
        operation = self.sudo()
        action, company = self._action(operation.action), operation.company_id
        journal = {"origin": "bulk", "res_model": self._name, "res_id": self.id}
        if undone := operation.undo_of_id:
            return action.undo(self.env, undone.id, ids, company, **journal)
        return action.apply(self.env, operation.values, ids, company, **journal)

    def _tell_user(self):
        """Send what came out to the screen of who started it."""
        self.user_id._bus_send(
            "simple_notification",
            {
                "title": self.with_context(lang=self.user_id.lang).display_name,
                "message": self._summary(),
                "type": "success" if self.state == "done" else "warning",
                "sticky": True,
            },
        )

    def _summary(self):
        """:return: what came out, in a sentence or two for the user"""
        env = self.with_context(lang=self.user_id.lang).env
        if self.state == "failed":
            return env._("It failed: %s", self.error)
        summary = env._("%s clients changed.", self.changed_count)
        if self.unchanged_count and self.undo_of_id:
            summary += " " + env._(
                "%s were left as they are: they have changed since.",
                self.unchanged_count,
            )
        elif self.unchanged_count:
            summary += " " + env._("%s had it already.", self.unchanged_count)
        if self.forbidden_count:
            summary += " " + env._("%s you may not change.", self.forbidden_count)
        return summary
