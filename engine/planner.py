"""Settings of PostgreSQL for heavy queries."""

WITHOUT_JIT = "client_without_jit"


def without_jit(env):
    """Let PostgreSQL compile no more expressions in this transaction.

    With its default settings it compiles the many expressions of a heavy query first
    (JIT), which takes as long as the query itself. It is one short query for each
    transaction, so call this before heavy queries only. It also works on a read-only
    connection, and on a PostgreSQL that cannot compile.
    """
    cache = env.cr.cache
    if cache.get(WITHOUT_JIT):
        return
    env.cr.execute("SET LOCAL jit = off")
    cache[WITHOUT_JIT] = True
    # The setting ends with the transaction, the cache does not.
    for end in (env.cr.postcommit, env.cr.postrollback):
        end.add(lambda: cache.pop(WITHOUT_JIT, None))


def for_all_clients(env):
    """Settings for a query over all clients: `without_jit`, and memory for its sorts.

    With PostgreSQL's default of 4 MB, they are written to disk. It is not more than
    64 MB, because a query has several sorts and hash tables at a time.

    In a database without statistics, for example right after it was restored,
    PostgreSQL expects few rows everywhere, and would compare each row with each.
    """
    without_jit(env)
    env.cr.execute(
        """
        SELECT set_config('work_mem', '64MB', TRUE)
          FROM pg_settings WHERE name = 'work_mem' AND setting::int < 65536
         UNION ALL
        SELECT set_config('enable_nestloop', 'off', TRUE)
         WHERE (SELECT COUNT(*) FROM pg_stats
                 WHERE schemaname = CURRENT_SCHEMA AND (tablename, attname) IN (
                       ('account_move', 'state'),
                       ('account_move_line', 'display_type'),
                       ('account_partial_reconcile', 'max_date'))) < 3
        """
    )
