import logging

import psycopg2

from odoo import api, fields, models

from ...engine.metric.turn import again
from ..safety.buttons import without_defaults
from ..safety.words import in_words
from ..settings.parameter import positive_number

# The maximum number of stored ids of clients that the user may not change.
FORBIDDEN_KEPT = 1000
_logger = logging.getLogger(__name__)


class ClientBulkOperation(models.Model):
    """Run an operation: immediately, or slice by slice in the background."""

    _inherit = "client.bulk.operation"

    @api.model
    def _limit(self):
        """:return: maximum number of clients that are changed in the foreground"""
        return positive_number(self.env, "client_segmentation.bulk_limit", 5000)

    def _slice(self):
        """:return: number of partners in one transaction of the cron"""
        limit = self._limit()
        return min(limit, self._action(self.action).at_once or limit)

    @api.model
    def _start(self, action, values, ids, value_name, undo_of=None):
        """Start an operation: immediately or, for many partners, in the background.

        :param str action: name of an `Action`
        :param dict values: the values to set, see `Action.values`
        :param ids: ids of partners
        :param str value_name: name of the value
        :param undo_of: operation that this one undoes
        :return: the operation
        """
        # Default values in the caller's context must not get into the operation.
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
            operation._as_its_user()._allowed([])  # raises now if it is not allowed
            operation._call_cron()
        else:
            operation._work()
        return operation.sudo(False)

    def _call_cron(self):
        self.env.ref("client_segmentation.client_bulk_operation_cron").sudo()._trigger()

    @api.model
    def _cron_run(self):
        """Work until all operations are done, with a commit after each slice."""
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
        """:return: number of partners that running operations still have to process"""
        sums = ["asked_count:sum", "done_count:sum"]
        [(asked, done)] = self._read_group([("state", "=", "running")], [], sums)
        return (asked or 0) - (done or 0)

    def _work_in_cron(self):
        """Process the next slice. A failure only stops this operation."""

        def work():
            self.invalidate_recordset()
            if self.state == "running":  # it may have been cancelled
                self._work(self._slice())

        try:
            again(self.env, work)
        except psycopg2.OperationalError:
            raise  # the next run of the cron continues here
        except Exception as error:
            self.env.cr.rollback()
            _logger.exception("Bulk operation %s failed", self.id)
            self.invalidate_recordset()
            self.write({"state": "failed", "error": str(error)})
        if self.state != "running":
            self._tell_user()

    def _work(self, size=None):
        """Process the next `size` partners, or all, in one transaction."""
        ids = (self.partners or [])[self.done_count :][:size]
        as_user = self._as_its_user()
        allowed = as_user._allowed(ids)
        changed = as_user._apply(allowed)
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
        """:return: this operation with the user and the companies that started it"""
        context = {"allowed_company_ids": self.companies, "lang": self.user_id.lang}
        as_user = self.with_user(self.user_id).with_context(**context)
        return as_user.with_company(self.company_id)

    def _undo_depth(self):
        """:return: 0 if it is not an undo, 1 for an undo, 2 for the undo of an undo"""
        undone = self.sudo().undo_of_id
        return undone._undo_depth() + 1 if undone else 0

    def _allowed(self, ids, depth=None):
        """The partners that the user may change with this operation.

        :param ids: ids of partners
        :param int depth: see `_undo_depth`; default is the depth of this operation
        :return: ids of the partners that the user may change
        """
        operation = self.sudo()
        action, values = self._action(operation.action), operation.values
        if (self._undo_depth() if depth is None else depth) % 2:
            # The undo of a block unblocks; the undo of a status may set any status.
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
        """Send the result to the screen of the user who started the operation."""
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
        """:return: text for the user with the result"""
        env = self.with_context(lang=self.user_id.lang).env
        if self.state == "failed":
            return env._("It failed: %s", self.error)
        changed, unchanged = self.changed_count, self.unchanged_count
        if changed == 1:
            summary = env._("1 client changed.")
        else:
            summary = env._("%s clients changed.", changed)
        action = self._action(self.action)
        if (
            unchanged
            and not self.undo_of_id
            and (action.is_own_value or action.is_final)
        ):
            summary += " " + env._("%s stay as they are.", unchanged)
        elif unchanged and not self.undo_of_id:
            summary += " " + env._("%s already had the value.", unchanged)
        elif unchanged == 1:
            summary += " " + env._("1 was left as it is: it has changed since.")
        elif unchanged:
            summary += " " + env._(
                "%s were left as they are: they have changed since.", unchanged
            )
        if self.forbidden_count:
            summary += " " + env._("You may not change: %s.", self.forbidden_count)
        return summary
