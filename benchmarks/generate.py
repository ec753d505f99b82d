"""Fill a database with any number of realistic partners.

    python benchmarks/generate.py -c odoo.conf -d bench --clients 1000000
    python benchmarks/generate.py -c odoo.conf -d bench --clients 250000 \\
        --invoices 2000000

It works with the addon and without it. A second run adds what is missing, and second
name lines if the addon has been installed since. The same number always gives the same
partners. Four of five partners are clients, the fifth is a contact of a client.

The invoices belong to two companies with two currencies each. They cover four years
until today, with payments, credit notes and exchange differences. This part needs a
PostgreSQL role that may switch off triggers.
"""

# A script of its own, not part of a request: what is there stays when it is stopped.
# pylint: disable=invalid-commit

import csv
from pathlib import Path

import names
from database import environment, parser, step
from invoices import TABLES, Invoices

from odoo.tools import SQL

PLACES = sorted((Path(__file__).parents[1] / "data/place").glob("[a-z][a-z].csv"))
CHUNK = 100_000
BLOCK = 5

# Parts of the name of partner `n`; `pick` is a number below `size`, always the same.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION pg_temp.pick(n bigint, salt int, size int) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
    SELECT ((hashint8extended(n, salt) & 1073741823) % size)::int
$$;

CREATE OR REPLACE FUNCTION pg_temp.one(n bigint, salt int, VALUES_ text[])
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT VALUES_[1 + pg_temp.pick(n, salt, cardinality(VALUES_))]
$$;

CREATE OR REPLACE FUNCTION pg_temp.slug(name text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT trim('-' FROM regexp_replace(
        translate(lower(name), 'äöüéèêàçëîïôœ', 'aoueeeaceiioo'),
        '[^a-z0-9]+', '-', 'g'))
$$;
"""

# One row is one partner: what its number says that it is.
PARTNERS = """
SELECT n, family, first, trade, form, part.country, kind, title, digits, zip, city,
       CASE kind
           WHEN 'contact' THEN first || ' ' || family
           WHEN 'person' THEN first || ' ' || family
           ELSE title
       END AS name
  FROM (
    SELECT n,
           replace(CASE WHEN pg_temp.pick(n, 1, 10) < 7
               THEN pg_temp.one(n, 2, %(families)s)
               ELSE pg_temp.one(n, 3, %(starts)s) || pg_temp.one(n, 4, %(ends)s)
           END, '-', ' ') AS family,
           pg_temp.one(n, 5, %(firsts)s) AS first,
           pg_temp.one(n, 6, %(trades)s) AS trade,
           pg_temp.one(n, 7, %(forms)s) AS form,
           pg_temp.one(n, 8, ARRAY['ch', 'ch', 'be', 'fr']) AS country,
           CASE WHEN n %% 5 = 0 THEN 'contact'
                WHEN n %% 5 = 1 THEN 'person'
                ELSE 'company' END AS kind,
           lpad(pg_temp.pick(n, 9, 1000000000)::text, 9, '0') AS digits
      FROM generate_series(%(first)s, %(last)s) AS n
  ) part
  CROSS JOIN LATERAL (
    SELECT CASE WHEN n = 777 THEN %(rare)s
                ELSE trim(family || ' ' || trade || ' ' || form) END AS title
  ) whole
  JOIN bench_country AS many ON many.country = part.country
  JOIN bench_address AS address
    ON address.country = part.country
   AND address.number = pg_temp.pick(n, 20, many.count)
"""

# Column by column; those that the database has not are left out.
COLUMNS = {
    "id": "%(offset)s + n",
    "name": "name",
    "complete_name": """CASE kind WHEN 'contact'
        THEN lag(name) OVER (ORDER BY n) || ', ' || name ELSE name END""",
    "commercial_company_name": """CASE kind WHEN 'contact'
        THEN lag(name) OVER (ORDER BY n) WHEN 'company' THEN name END""",
    "parent_id": "CASE kind WHEN 'contact' THEN %(offset)s + n - 1 END",
    "commercial_partner_id": """%(offset)s + n
        - CASE kind WHEN 'contact' THEN 1 ELSE 0 END""",
    "is_company": "kind = 'company'",
    "type": "'contact'",
    "active": "pg_temp.pick(n, 10, 50) > 0",
    "partner_share": "TRUE",
    "ref": "CASE WHEN kind != 'contact' THEN 'K' || lpad(n::text, 7, '0') END",
    "email": """CASE WHEN pg_temp.pick(n, 11, 10) < 8 THEN CASE kind
        WHEN 'company' THEN 'info@' || pg_temp.slug(title) || n || '.' || country
        ELSE pg_temp.slug(first) || '.' || pg_temp.slug(family) || n || '@'
             || pg_temp.one(n, 12, ARRAY['bluewin.ch', 'gmail.com', 'skynet.be',
                                         'orange.fr', 'gmx.ch', 'outlook.com'])
        END END""",
    "phone": """CASE WHEN pg_temp.pick(n, 13, 10) < 8 THEN CASE country
        WHEN 'ch' THEN pg_temp.one(n, 14, ARRAY['+41 ', '+41 ', '+41 ', '0'])
             || pg_temp.one(n, 15, ARRAY['21', '22', '31', '41', '44', '79'])
             || ' ' || substr(digits, 1, 3) || ' ' || substr(digits, 4, 2)
             || ' ' || substr(digits, 6, 2)
        WHEN 'be' THEN '+32 ' || pg_temp.one(n, 15, ARRAY['2', '4', '81'])
             || ' ' || substr(digits, 1, 3) || ' ' || substr(digits, 4, 2)
             || ' ' || substr(digits, 6, 2)
        ELSE '+33 ' || substr(digits, 1, 1) || ' ' || substr(digits, 2, 2)
             || ' ' || substr(digits, 4, 2) || ' ' || substr(digits, 6, 2)
             || ' ' || substr(digits, 8, 2)
        END END""",
    "vat": """CASE WHEN kind = 'company' AND pg_temp.pick(n, 16, 10) < 7
        THEN CASE country
        WHEN 'ch' THEN 'CHE-' || substr(digits, 1, 3) || '.' || substr(digits, 4, 3)
             || '.' || substr(digits, 7, 3) || ' MWST'
        WHEN 'be' THEN 'BE0' || digits
        ELSE 'FR' || lpad(pg_temp.pick(n, 17, 100)::text, 2, '0') || digits
        END END""",
    "company_registry": """CASE WHEN kind = 'company' AND country != 'ch'
        AND pg_temp.pick(n, 18, 10) < 5 THEN digits END""",
    "street": "'Rue de la Gare ' || 1 + pg_temp.pick(n, 19, 120)",
    "zip": "CASE WHEN pg_temp.pick(n, 23, 20) > 0 THEN zip END",
    # Some towns are written in another way.
    "city": """CASE WHEN pg_temp.pick(n, 24, 20) > 0 THEN city
        ELSE upper(city) END""",
    "country_id": "(SELECT id FROM res_country c WHERE c.code = upper(country))",
    "lang": "'en_US'",
    "customer_rank": "(pg_temp.pick(n, 21, 10) < 7)::int",
    "supplier_rank": "(pg_temp.pick(n, 22, 10) < 1)::int",
    "autopost_bills": "'ask'",
    "color": "0",
    "message_bounce": "0",
    "create_uid": "1",
    "write_uid": "1",
    "create_date": "now() AT TIME ZONE 'UTC'",
    "write_date": "now() AT TIME ZONE 'UTC'",
    "client_organisation": """CASE kind WHEN 'person' THEN 'individual'
        ELSE 'company' END""",
    "client_rating": "'0'",
}

SECOND_LINES = """
UPDATE res_partner
   SET client_name2 = pg_temp.one(id, 30, %(second_lines)s)
 WHERE ref ~ '^K[0-9]{7}$' AND is_company AND client_name2 IS NULL
   AND pg_temp.pick(id, 31, 4) = 0
"""


def generate(cr, count):
    """Add partners until there are `count` of ours, and commit."""
    cr.execute(FUNCTIONS)
    create_addresses(cr)
    cr.execute(
        """
        SELECT coalesce(max(substr(ref, 2)::int), 0),
               coalesce(min(id - substr(ref, 2)::int),
                        (SELECT max(id) FROM res_partner))
          FROM res_partner
         WHERE ref ~ '^K[0-9]{7}$'
        """
    )
    done, offset = cr.fetchone()
    vocabulary = {
        "families": names.FAMILY_NAMES,
        "starts": names.FAMILY_STARTS,
        "ends": names.FAMILY_ENDS,
        "firsts": names.FIRST_NAMES,
        "trades": names.TRADES,
        "forms": names.LEGAL_FORMS,
        "rare": names.RARE_NAME,
        "offset": offset,
    }
    cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = 'res_partner'"
    )
    known = {name for (name,) in cr.fetchall()}
    columns = {name: value for name, value in COLUMNS.items() if name in known}
    insert = (
        f"INSERT INTO res_partner ({', '.join(columns)})"
        f" SELECT {', '.join(columns.values())} FROM ({PARTNERS}) partner"
    )
    done += -done % BLOCK  # the contact at the end of a block has no reference
    count += -count % BLOCK
    while done < count:
        last = min(done + CHUNK, count)
        with step(f"Partners {done + 1} to {last}"):
            cr.execute(SQL(insert, first=done + 1, last=last, **vocabulary))
            cr.execute("SELECT setval('res_partner_id_seq', max(id)) FROM res_partner")
            cr.commit()
        done = last
    if "client_name2" in known:
        with step("Second lines"):
            cr.execute(SECOND_LINES, {"second_lines": names.SECOND_LINES})
            cr.commit()
    vacuum(cr, ["res_partner"])


def create_addresses(cr):
    """The postcodes and towns of the countries, as the addon has them."""
    cr.execute("CREATE TEMP TABLE bench_address (country text, zip text, city text)")
    for file in PLACES:
        with open(file, encoding="utf-8") as text:
            rows = [
                (row["country"].lower(), row["zip"], row["name"])
                for row in csv.DictReader(text)
            ]
        cr.execute_values("INSERT INTO bench_address VALUES %s", rows)
    cr.execute(
        """
        ALTER TABLE bench_address ADD number int;
        UPDATE bench_address SET number = numbered.number
          FROM (SELECT ctid, ROW_NUMBER() OVER (
                       PARTITION BY country ORDER BY zip, city) - 1 AS number
                  FROM bench_address) numbered
         WHERE bench_address.ctid = numbered.ctid;
        CREATE TEMP TABLE bench_country AS
        SELECT country, COUNT(*)::int FROM bench_address GROUP BY country;
        CREATE INDEX ON bench_address (country, number);
        ANALYZE bench_address;
        ANALYZE bench_country;
        """
    )


def vacuum(cr, tables):
    """Let PostgreSQL know what it has, as it would overnight."""
    with step("Vacuum and statistics"):
        cr.commit()
        cr._cnx.autocommit = True
        for table in tables:
            cr.execute(SQL("VACUUM ANALYZE %s", SQL.identifier(table)))
        cr._cnx.autocommit = False


def main():
    command = parser("Fill a database with plausible partners.")
    command.add_argument("--clients", type=int, default=1_000_000, metavar="N")
    command.add_argument("--invoices", type=int, default=0, metavar="N")
    command.add_argument(
        "--lines", type=int, default=2, choices=(1, 2), help="lines of each invoice"
    )
    options = command.parse_args()
    with environment(options) as env:
        generate(env.cr, options.clients)
        if options.invoices:
            Invoices(env, options.invoices, options.lines).run()
            vacuum(env.cr, TABLES)


if __name__ == "__main__":
    main()
