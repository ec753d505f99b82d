"""Calls as by RPC, and the traces of each call.

`public_methods` finds, by introspection, every method that a file of this addon (or of
one of its integrations) defines on any model and that RPC may call. `Walker` calls one
of them as a user, rolls back, and says what the call touched, raised and returned.
"""

import inspect
import traceback
from collections import namedtuple

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tools import SQL

from ...engine.partner.gate import GATES, gate

OURS = "odoo.addons.client_segmentation"
# What RPC can hand over as any argument.
WRONG = (
    None,
    0,
    "",
    [],
    {},
    "x",
    ["a"],
    {"a": 1},
    "\x00\u202e",
    2**70,
    [["id", "in", [["name", "=", {}]]]],
)
# What a client may put into its context to lead the code astray.
HOSTILE = {
    "active_domain": "x",
    "active_ids": ["a"],
    "active_model": "res.partner",
    "client_class": ["x"],
    "client_criterion_number": "x",
    "client_visited_statuses": {},
    "cron_id": 1,
    "default_company_id": 2**31 - 1,
    "default_name": "x",
    "import_file": True,
}
LOCKS = "locks of the gates"
Outcome = namedtuple("Outcome", "touched signals error fault result")


def public_methods(env):
    """:return: pairs of model name and method name, sorted"""
    return sorted(
        (model, name)
        for model, cls in env.registry.items()
        for name in _own_names(cls)
        if _is_public(env[model], name)
    )


def _own_names(cls):
    return {
        name
        for base in cls.mro()
        if is_ours(base.__module__)
        for name, value in vars(base).items()
        if inspect.isroutine(value) and not name.startswith("_")
    }


def is_ours(module):
    return module.startswith(OURS) and ".tests" not in module


def _is_public(model, name):
    try:
        return bool(get_public_method(model, name))
    except AccessError:
        return False


def parameters(model, name):
    """:return: number of the arguments of a method, without the recordset"""
    signature = inspect.signature(getattr(type(model), name))
    kinds = (
        inspect.Parameter.POSITIONAL_ONLY,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
    )
    return sum(one.kind in kinds for one in signature.parameters.values()) - 1


def is_about_model(model, name):
    """:return: whether the method is called without ids"""
    return getattr(getattr(type(model), name), "_api_model", False)


class Walker:
    """Calls methods as RPC does, each in a savepoint of its own."""

    def __init__(self, env, clients):
        """:param clients: ids of commercial partners whose gates are looked at"""
        self.env = env
        self.gates = [*{1, GATES, *map(gate, clients)}]
        self.calls = 0
        self.tables = self._tables()
        env.cr.execute(
            "SELECT oid, relname FROM pg_class"
            " WHERE relkind = 'r' AND relname = ANY(%s)"
            " AND relnamespace = current_schema::regnamespace",
            [sorted(self.tables)],
        )
        self._oids = dict(env.cr.fetchall())
        self.look()

    def _tables(self):
        """:return: names of all tables with something of ours, and their models"""
        models = {
            model._table: model._name
            for model in self.env.values()
            if model._auto and not model._abstract
            if is_ours_model(model)
            or any(_is_ours_field(field) for field in model._fields.values())
        }
        relations = {
            field.relation: model._name
            for model in self.env.values()
            for field in model._fields.values()
            if field.type == "many2many" and field.store and _is_ours_field(field)
        }
        return models | relations

    def call(self, user, model, name, arguments, context=None):
        """:return: `Outcome` of one call"""
        self.calls += 1
        env, registry = self.env, self.env.registry
        self._forget_signals()
        error = fault = result = None
        savepoint = env.cr.savepoint(flush=False)
        try:
            records = env(user=user.id, context={}, su=False)[model]
            options = {"context": context or {}}
            result = repr(call_kw(records, name, arguments, options))
            env.cr.flush()
        except Exception as raised:  # whatever it is, it is judged
            # What breaks a constraint of the database, Odoo puts into words of its own.
            if not isinstance(raised, psycopg2.IntegrityError):
                error, fault = raised, _fault(raised)
        self._go_back(savepoint)
        before, self._seen = self._seen, self._versions()
        touched = {
            self.tables.get(table, table)
            for table, version in self._seen.items()
            if version != before[table]
        }
        signals = set(registry.cache_invalidated)
        if registry.registry_invalidated:
            signals.add("registry")
        if signals:  # what was read meanwhile has been rolled back
            registry.clear_cache(*signals - {"registry"})
        self._forget_signals()
        return Outcome(touched, signals, error, fault, result)

    def look(self):
        """Remember what is there: whatever comes after, a call has done."""
        self._seen = self._versions()

    def _go_back(self, savepoint):
        cr = self.env.cr
        self.env.transaction.clear()
        for hooks in (cr.precommit, cr.postcommit, cr.prerollback, cr.postrollback):
            hooks.clear()
        cr.cache.clear()
        savepoint.close(rollback=True)

    def _forget_signals(self):
        self.env.registry.registry_invalidated = False
        self.env.registry.cache_invalidated.clear()

    def _versions(self):
        """Rows written so far, also those rolled back since, and locks of the gates."""
        cr = self.env.cr
        cr.execute(
            SQL(
                """
                SELECT oid::int, pg_stat_get_xact_tuples_inserted(oid)
                                 + pg_stat_get_xact_tuples_updated(oid)
                                 + pg_stat_get_xact_tuples_deleted(oid)
                  FROM UNNEST(%s::oid[]) oid
             UNION ALL
                SELECT 0, SUM(xmax::text::bigint)
                  FROM client_block_gate WHERE id = ANY(%s)
                """,
                list(self._oids),
                self.gates,
            )
        )
        return {self._oids.get(oid, LOCKS): count for oid, count in cr.fetchall()}


def is_ours_model(model):
    """:return: whether this addon, or one of its integrations, has made a model"""
    return model._original_module.startswith("client_segmentation")


def _is_ours_field(field):
    return any(name.startswith("client_segmentation") for name in field._modules)


def _fault(error):
    """:return: what is wrong with an error, None if a person can read it

    Raw errors that Odoo's own method raises from the same arguments are Odoo's.
    """
    if isinstance(error, UserError):
        return None
    frames = [
        (frame.f_globals.get("__name__", ""), frame.f_code.co_name, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_globals.get("__name__", "").startswith("odoo")
    ]
    own = [at for at, (module, *_) in enumerate(frames) if is_ours(module)]
    if not own:
        return None
    module, name, line = frames[own[-1]]
    called = [called for _module, called, _line in frames[own[-1] + 1 :][:1]]
    if called == [name]:  # super() refuses it
        return None
    return f"{type(error).__name__} {error} ({module.rpartition('.')[2]}:{line})"
