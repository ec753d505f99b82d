"""Multiply the documents of `samples.py` by SQL, to create any number of invoices.

All columns of all rows come from a document that Odoo has posted. Only the client, the
day, a factor for the amounts, and the numbers differ. If the script is stopped while it
copies rows, it restores the indexes first; if it is killed, the indexes are missing.
"""

from database import step, without_indexes
from samples import COMPANIES, Samples

from odoo import fields
from odoo.tools import SQL

CHUNK = 50_000
YEARS = 4
# In the order in which rows depend on each other.
TABLES = (
    "account_move",
    "account_full_reconcile",
    "account_move_line",
    "account_partial_reconcile",
)
TAXES = "account_move_line_account_tax_rel"
# Columns that hold amounts of money besides the monetary fields.
MONEY = {"price_unit"}
OF_CLIENT = {
    "account_move": {
        "partner_id": "partner",
        "partner_shipping_id": "partner",
        "commercial_partner_id": "client",
    },
    "account_move_line": {"partner_id": "client"},
}
NUMBERS = {
    "account_move": {
        "name": "'BENCH/' || copy.n || '/' || sample.id",
        "sequence_prefix": "'BENCH/'",
        "sequence_number": "copy.n",
        "access_token": "NULL",
    },
    "account_move_line": {
        "move_name": "'BENCH/' || copy.n || '/' || sample.move_id",
        "matching_number": "NULL",
    },
}

# One row per invoice to create. Some clients have many invoices, most have few. One of
# five invoices goes to a contact, if the client has one. An invoice that is too new to
# be paid is a copy of the first sample, which is unpaid.
COPIES = """
SELECT n, partner.client,
       CASE WHEN pg_temp.pick(n, 46, 5) = 0 THEN partner.contact
            ELSE partner.client END AS partner,
       CASE WHEN sample.lasts > ago THEN company.first ELSE sample.number END AS number,
       %(today)s::date - ago - %(date)s::date AS shift,
       factor
  FROM (
      SELECT n,
             pg_temp.pick(n, 41, %(days)s) AS ago,
             pg_temp.pick(n, 42, 3) / 2 AS company,
             pg_temp.pick(n, 43, 1000000) AS kind,
             1 + (pow(pg_temp.pick(n, 44, 1000000) / 1e6, 2) * %(clients)s)::int
                 AS place,
             1 + (60 / (1 + pg_temp.pick(n, 45, 60)))::int AS factor
        FROM generate_series(%(first)s, %(last)s) AS n
  ) part
  JOIN bench_company company ON company.number = part.company
  JOIN bench_sample sample
    ON sample.number = company.first + part.kind %% company.samples
  JOIN bench_client partner ON partner.place = part.place
"""

CLIENTS = """
CREATE TEMP TABLE bench_client AS
SELECT ROW_NUMBER() OVER (ORDER BY pg_temp.pick(client.id, 40, 1000000000)) AS place,
       client.id AS client, COALESCE(MIN(contact.id), client.id) AS contact
  FROM res_partner client
  LEFT JOIN res_partner contact ON contact.parent_id = client.id
 WHERE client.ref ~ '^K[0-9]{7}$' AND client.parent_id IS NULL
 GROUP BY client.id;
ALTER TABLE bench_client ADD PRIMARY KEY (place);
ANALYZE bench_client
"""


class Invoices:
    """Adds invoices until there are `count`, each with `lines` lines, and commits."""

    def __init__(self, env, count, lines):
        self.env, self.cr = env, env.cr
        self.count, self.lines = count, lines

    def run(self):
        done, self.base = self._done()
        if done >= self.count:
            return
        with step("Samples booked by Odoo"):
            self._book()
        self.cr.execute(CLIENTS)
        self.cr.execute("SELECT COUNT(*) FROM bench_client")
        [self.clients] = self.cr.fetchone()
        self.cr.commit()
        with without_indexes(self.cr, [*TABLES, TAXES]):
            while done < self.count:
                last = min(done + CHUNK, self.count)
                with step(f"Invoices {done + 1} to {last}"):
                    self._copy(done + 1, last)
                done = last

    def _done(self):
        """:return: number of the last invoice, and for each table the id before the
        first of ours
        """
        self.cr.execute(
            "SELECT COALESCE(MAX(sequence_number), 0) FROM account_move"
            " WHERE sequence_prefix = 'BENCH/'"
        )
        return self.cr.fetchone()[0], self._last_ids()

    def _last_ids(self):
        last = {}
        for table in TABLES:
            self.cr.execute(SQL("SELECT COALESCE(MAX(id), 0) FROM %s", _name(table)))
            [last[table]] = self.cr.fetchone()
        return last

    def _book(self):
        """Book the samples, and keep their rows in tables, numbered within a sample."""
        self.cr.execute(
            "CREATE TEMP TABLE bench_sample (number int PRIMARY KEY, lasts int);"
            "CREATE TEMP TABLE bench_company (number int, first int, samples int)"
        )
        self.size = dict.fromkeys(TABLES, 0)
        number = 0
        for position, values in enumerate(COMPANIES):
            samples = Samples(self.env, *values, self.lines)
            self.date = samples.date
            self.cr.execute(
                "INSERT INTO bench_company VALUES (%s, %s, %s)",
                [position, number, len(samples.booked)],
            )
            for moves in samples.booked:
                self._keep(number, moves)
                number += 1
        self.base = self._last_ids()
        self.env.flush_all()

    def _keep(self, number, moves):
        self.env.flush_all()
        lines = moves.line_ids
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        lasts = (max(moves.mapped("date")) - self.date).days
        self.cr.execute(
            "INSERT INTO bench_sample VALUES (%s, %s)", [number, max(lasts, 0)]
        )
        rows = {
            "account_move": moves,
            "account_full_reconcile": lines.full_reconcile_id,
            "account_move_line": lines,
            "account_partial_reconcile": partials,
        }
        references = self._references()
        for table, records in rows.items():
            self.size[table] = max(self.size[table], len(records))
            columns = [
                SQL(
                    "array_position(%s::int[], %s) AS %s",
                    rows[to].ids,
                    _name(name),
                    _name(name),
                )
                if (to := references.get((table, name)))
                else _name(name)
                for name in self._columns(table)
            ]
            self._store(f"bench_{table}", number, columns, table, "id", records.ids)
        columns = [
            SQL(
                "array_position(%s::int[], account_move_line_id) AS line_id", lines.ids
            ),
            SQL("account_tax_id"),
        ]
        self._store(
            f"bench_{TAXES}", number, columns, TAXES, "account_move_line_id", lines.ids
        )

    def _store(self, into, number, columns, table, key, ids):
        query = SQL(
            "SELECT %s AS number, %s FROM %s WHERE %s = ANY(%s)",
            number,
            SQL(", ").join(columns),
            _name(table),
            _name(key),
            ids,
        )
        how = "INSERT INTO %s %s" if number else "CREATE TEMP TABLE %s AS %s"
        self.cr.execute(SQL(how, _name(into), query))

    def _references(self):
        """:return: which column of which table refers to which of our tables"""
        references = {(table, "id"): table for table in TABLES}
        for table in TABLES:
            model = self.env[table.replace("_", ".")]
            for name, field in model._fields.items():
                if field.type == "many2one" and field.store:
                    target = field.comodel_name.replace(".", "_")
                    if target in TABLES:
                        references[table, name] = target
        return references

    def _columns(self, table):
        self.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY 1",
            [table],
        )
        return [name for (name,) in self.cr.fetchall()]

    def _copy(self, first, last):
        self.cr.execute("SET LOCAL session_replication_role = replica")
        self.cr.execute(
            SQL(
                "CREATE TEMP TABLE bench_copy ON COMMIT DROP AS " + COPIES,
                first=first,
                last=last,
                today=fields.Date.today(),
                date=self.date,
                days=YEARS * 365,
                clients=self.clients - 1,
            )
        )
        self.cr.execute("ANALYZE bench_copy")
        references = self._references()
        for table in TABLES:
            model = self.env[table.replace("_", ".")]
            columns = self._columns(table)
            values = [self._value(model, name, references) for name in columns]
            self._insert(table, columns, values)
        lines = self._place("account_move_line", "line_id")
        self._insert(
            TAXES,
            ("account_move_line_id", "account_tax_id"),
            (lines, SQL("account_tax_id")),
        )
        for table in TABLES:
            self.cr.execute(
                SQL(
                    "SELECT setval(%s, (SELECT MAX(id) FROM %s))",
                    f"{table}_id_seq",
                    _name(table),
                )
            )
        self.cr.commit()

    def _insert(self, table, columns, values):
        self.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM bench_copy copy JOIN %s sample"
                " ON sample.number = copy.number",
                _name(table),
                SQL(", ").join(map(_name, columns)),
                SQL(", ").join(values),
                _name(f"bench_{table}"),
            )
        )

    def _place(self, table, column):
        """:return: SQL of the id of a copied row, from its place in the sample"""
        return SQL(
            "%s + copy.n * %s + sample.%s",
            self.base[table],
            self.size[table],
            _name(column),
        )

    def _value(self, model, name, references):
        """:return: SQL of a column of a copied row"""
        table, field = model._table, model._fields.get(name)
        if target := references.get((table, name)):
            return self._place(target, name)
        if number := NUMBERS.get(table, {}).get(name):
            return SQL(number)
        if who := OF_CLIENT.get(table, {}).get(name):
            return SQL("copy.%s", _name(who))
        column = SQL("sample.%s", _name(name))
        if field and field.type == "date":
            return SQL("%s + copy.shift", column)
        if field and (field.type == "monetary" or name in MONEY):
            return SQL("%s * copy.factor", column)
        return column


def _name(name):
    return SQL.identifier(name)
