"""Real processes on PostgreSQL: started together, retried as Odoo does, or killed.

Every process is a fork of one that has loaded the registry, as in Odoo's server with
workers: it has its own connections and works in transactions of its own.
"""

import contextlib
import faulthandler
import os
import random
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from types import SimpleNamespace

import psycopg2

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.service import model as service

LIMIT = 120  # seconds that a process may take before it is given up
# Odoo waits up to 2, 4, 8 and 16 seconds before it tries again; here it waits less.
WAIT = 0.02

FORK = get_context("fork")


class Failed(Exception):
    """A scenario does not show what it should."""


@dataclass
class Outcome:
    """What became of a process.

    :param value: what its job returned
    :param Counter failures: how often a request had to be tried again, by error
    :param float seconds: how long the job took
    """

    value: object = None
    failures: Counter = field(default_factory=Counter)
    seconds: float = 0.0
    error: str | None = None


class Database:
    """A database, seen by this process and by those that it starts.

    :param dict context: context of every environment
    """

    def __init__(self, name):
        self.name = name
        self.registry = Registry(name)
        self.context = {"tracking_disable": True}

    @contextlib.contextmanager
    def environment(self):
        """An environment of the superuser whose changes are committed at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, self.context)

    def together(self, *jobs):
        """Run jobs at the same time, each in a process of its own.

        :param jobs: functions that take a `Worker`
        :return: an `Outcome` each, in their order
        """
        barrier = FORK.Barrier(len(jobs))
        children = [Child(self, job, barrier) for job in jobs]
        outcomes = [child.outcome() for child in children]
        errors = [outcome.error for outcome in outcomes if outcome.error]
        if errors:
            # Those who only waited for the one that failed have less to say.
            errors.sort(key=lambda error: "BrokenBarrierError" in error)
            raise Failed(errors[0])
        return outcomes

    def kill(self, job, seconds):
        """Start a job in a process and end it as `kill -9` does.

        :param float seconds: how long after its start
        :return: whether the job was still at work then
        """
        return Child(self, job, FORK.Barrier(1)).kill(seconds)


class Worker:
    """What a job works with, in its process."""

    def __init__(self, database, barrier):
        self.database = database
        self.failures = Counter()
        self._barrier = barrier

    def meet(self):
        """Wait until all jobs that were started together are here."""
        self._barrier.wait(LIMIT)

    def request(self, function, at_once=False):
        """Do what a request of a person does: one transaction, retried by Odoo.

        :param function: takes an environment
        :param bool at_once: all processes meet when the transaction has begun, and so
            none of them sees what the others are about to commit
        :return: what the function returns
        """
        with self.database.environment() as env:
            if at_once:
                env.cr.execute("SELECT 1")  # from here on, the snapshot stands
                self.meet()
            return service.retrying(partial(self._attempt, function, env), env)

    def cron(self, function):
        """Do what a cron does: nobody tries it again but the function itself."""
        with self.database.environment() as env:
            return function(env)

    def _attempt(self, function, env):
        try:
            result = function(env)
            env.cr.flush()
        except psycopg2.OperationalError as error:
            self.failures[type(error).__name__] += 1
            raise
        return result


class Child:
    """A process that does one job."""

    def __init__(self, database, job, barrier):
        sql_db.close_all()  # connections can't be shared
        self._connection, theirs = FORK.Pipe()
        self._process = FORK.Process(
            target=_main, args=(database, job, barrier, theirs), daemon=True
        )
        self._process.start()
        theirs.close()

    def outcome(self):
        """:return: the `Outcome`, when the process has ended"""
        outcome = self._receive() and self._receive()
        self._process.join()
        return outcome or Outcome(error=f"a process took more than {LIMIT} s or died")

    def kill(self, seconds):
        """:return: whether the job was still at work after these seconds"""
        self._receive()
        self._process.join(seconds)
        at_work = self._process.is_alive() and not self._connection.poll()
        self._process.kill()
        self._process.join()
        return at_work

    def _receive(self):
        try:
            return self._connection.recv()
        except EOFError:
            return None


def _main(database, job, barrier, connection):
    """Life of a process: say that it begins, do the job, tell the outcome."""
    faulthandler.dump_traceback_later(LIMIT, exit=True)
    random.seed(os.getpid())
    service.random = SimpleNamespace(
        uniform=lambda low, high: random.uniform(low, high * WAIT)
    )
    database.registry.check_signaling()
    worker = Worker(database, barrier)
    outcome = Outcome(failures=worker.failures)
    connection.send("begun")
    start = time.perf_counter()
    try:
        outcome.value = job(worker)
    except BaseException:
        outcome.error = traceback.format_exc()
        barrier.abort()
    outcome.seconds = time.perf_counter() - start
    connection.send(outcome)
