"""Many clients and posted invoices, copied by SQL, so that a pass takes a while."""

from stage import post

from odoo.tools import SQL

REF = "mass"
COMPANIES = 3


def ensure(books, clients, invoices):
    """Create clients with the reference `REF`, with invoices in `COMPANIES`
    companies; the figures are up to date.
    """
    with books.environment() as env:
        if env["res.partner"].search_count([("ref", "=", REF)], limit=1):
            return
    client = books.client()
    [[model]] = books.drafts(client, 1, 1)
    books.together(lambda worker: worker.request(post([model])))
    with books.environment() as env:
        for number in range(1, COMPANIES):
            env["res.company"].create({"name": f"Company of the mass {number}"})
        copy_clients(env, client, clients)
        _copy_invoices(env, model, clients, invoices)
    with books.environment() as env:
        env.cr.execute("ANALYZE res_partner, account_move, account_move_line")
        env["client.metric"]._cron_refresh()


def copy_clients(env, model, count, ref=REF):
    """Copy the client `model` so many times; `ref` finds the copies."""
    _copy(
        env,
        "res_partner",
        SQL("SELECT nextval('res_partner_id_seq') AS id, n FROM %s n", _numbers(count)),
        SQL("id = %s", model),
        id=SQL("source.id"),
        commercial_partner_id=SQL("source.id"),
        name=SQL("'Client of the mass ' || n"),
        complete_name=SQL("'Client of the mass ' || n"),
        ref=SQL("%s", ref),
    )


def _copy_invoices(env, model, clients, count):
    """The companies share a journal: for the figures that makes no difference."""
    # Not a branch: its documents would belong to the company above as well.
    roots = [("parent_id", "=", False)]
    companies = env["res.company"].search(roots, order="id", limit=COMPANIES).ids
    env.cr.execute(
        SQL(
            """
            CREATE TEMP TABLE mass_invoice ON COMMIT DROP AS
            SELECT nextval('account_move_id_seq') AS id,
                   n,
                   client.id AS client_id,
                   (%(companies)s::int[])[1 + n %% %(count)s] AS company_id
              FROM %(numbers)s n
              JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS rank
                      FROM res_partner WHERE ref = %(ref)s) client
                ON client.rank = n / %(count)s %% %(clients)s
            """,
            companies=companies,
            count=len(companies),
            numbers=_numbers(count),
            ref=REF,
            clients=clients,
        )
    )
    source = SQL("SELECT * FROM mass_invoice")
    whose = {
        "partner_id": SQL("source.client_id"),
        "company_id": SQL("source.company_id"),
    }
    day = SQL("CURRENT_DATE - (n * 37 %% 900)::int")
    _copy(
        env,
        "account_move",
        source,
        SQL("id = %s", model),
        **whose,
        id=SQL("source.id"),
        commercial_partner_id=SQL("source.client_id"),
        name=SQL("'MASS/' || n"),
        sequence_prefix=SQL("'MASS/'"),
        sequence_number=SQL("n"),
        date=day,
        invoice_date=day,
        amount_untaxed_signed=SQL("10 + n %% 990"),
    )
    _copy(
        env,
        "account_move_line",
        source,
        SQL("move_id = %s", model),
        **whose,
        id=SQL("nextval('account_move_line_id_seq')"),
        move_id=SQL("source.id"),
        date=day,
        invoice_date=day,
    )


def _numbers(count):
    return SQL("generate_series(1, %s)", count)


def _copy(env, table, source, condition, **columns):
    """Insert copies of the rows of a table, one for each row of `source`; `columns`
    are those that differ.
    """
    rows = env.execute_query(
        SQL(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND is_generated = 'NEVER'",
            table,
        )
    )
    names = [name for (name,) in rows]
    comma = SQL(", ")
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM (%s) source, %s model WHERE %s",
            SQL.identifier(table),
            comma.join(map(SQL.identifier, names)),
            comma.join(
                columns.get(name) or SQL.identifier("model", name) for name in names
            ),
            source,
            SQL.identifier(table),
            SQL("model.%s", condition),
        )
    )
