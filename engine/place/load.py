"""Load the places and regions of the files in `data/place`.

The rows are copied into a temporary table and compared there, so an update of the addon
writes only what differs, and nothing if the files are the same. Each shipped record
knows what it was shipped as (`origin`), so references to it survive an update. What
people have changed or added has the mark `is_own` and is never touched.
"""

import hashlib
from pathlib import Path

from odoo.tools import SQL

from ..search.fold import FUNCTIONS
from . import partners, states
from .names import network, plain, town_key, zip_key

FILES = Path(__file__).parents[2] / "data" / "place"
PLACES = ("ch.csv", "be.csv", "fr.csv")
REGIONS = "regions.csv"
# Other definitions of the columns below need another checksum, and so are loaded.
EDITION = "1"
LANGUAGES = ("de", "fr", "it", "nl")


def checksum():
    """:return: str that changes with the files"""
    digest = hashlib.sha256(EDITION.encode())
    for name in (REGIONS, *PLACES):
        digest.update((FILES / name).read_bytes())
    return digest.hexdigest()


def load(cr):
    """Load all files; the caller compares the checksum."""
    prepare(cr)
    _load_regions(cr)
    _load_places(cr)
    states.fill(cr)


def prepare(cr):
    """Create the SQL functions that the comparison of names needs."""
    cr.execute("SELECT to_regproc('client_fold_german') IS NULL")
    if cr.fetchone()[0]:
        cr.execute(FUNCTIONS)


def _copy(cr, table, name):
    with (FILES / name).open(encoding="utf-8") as file:
        cr.copy_expert(f"COPY {table} FROM STDIN (FORMAT csv, HEADER)", file)


def _load_regions(cr):
    cr.execute(
        """
        CREATE TEMP TABLE client_shipped (
            country text, kind text, code text, parent text,
            name text, de text, fr text, it text, nl text, other_names text
        ) ON COMMIT DROP
        """
    )
    _copy(cr, "client_shipped", REGIONS)
    # Odoo keeps translations of its languages, also of those that are not used yet.
    cr.execute(
        SQL(
            """
            INSERT INTO client_region
                   (country_id, kind, code, name, other_names, origin, is_own)
            SELECT country.id, shipped.kind, shipped.code,
                   jsonb_build_object('en_US', shipped.name) || COALESCE(
                       (SELECT jsonb_object_agg(lang.code, translated.name)
                          FROM res_lang lang
                          JOIN (VALUES %s) AS translated(lang, name)
                            ON translated.lang = split_part(lang.code, '_', 1)
                         WHERE translated.name IS NOT NULL), '{}'),
                   shipped.other_names,
                   concat_ws('|', shipped.country, shipped.kind, shipped.code), FALSE
              FROM client_shipped shipped
              JOIN res_country country ON country.code = shipped.country
                ON CONFLICT DO NOTHING
            """,
            SQL(", ").join(
                SQL("(%s, %s)", lang, SQL.identifier("shipped", lang))
                for lang in LANGUAGES
            ),
        )
    )
    cr.execute(
        """
        UPDATE client_region region
           SET parent_id = parent.id
          FROM client_shipped shipped
          JOIN client_region parent
            ON parent.origin = concat_ws('|', shipped.country, 'region', shipped.parent)
         WHERE region.origin
               = concat_ws('|', shipped.country, shipped.kind, shipped.code)
           AND NOT region.is_own
           AND region.parent_id IS DISTINCT FROM parent.id
        """
    )
    cr.execute("DROP TABLE client_shipped")


def _load_places(cr):
    cr.execute(
        """
        CREATE TEMP TABLE client_shipped (
            country text, zip text, name text, municipality text, region text,
            language text, is_bilingual bool, latitude numeric, longitude numeric,
            other_names text
        ) ON COMMIT DROP
        """
    )
    for name in PLACES:
        _copy(cr, "client_shipped", name)
    columns = [
        *("country_id", "zip", "name", "municipality", "region_id", "language"),
        *("is_bilingual", "latitude", "longitude", "other_names"),
    ]
    identifiers = [SQL.identifier(column) for column in columns]
    excluded = [SQL("EXCLUDED.%s", column) for column in identifiers]
    current = [SQL("client_place.%s", column) for column in identifiers]
    cr.execute(
        SQL(
            """
            INSERT INTO client_place (%(columns)s, origin, active, is_own)
            SELECT country.id, shipped.zip, shipped.name,
                   COALESCE(shipped.municipality, shipped.name), region.id,
                   shipped.language, shipped.is_bilingual, shipped.latitude,
                   shipped.longitude, shipped.other_names,
                   concat_ws('|', shipped.country, shipped.zip, shipped.name),
                   TRUE, FALSE
              FROM client_shipped shipped
              JOIN res_country country ON country.code = shipped.country
              LEFT JOIN (SELECT region.id, region.code, owner.code AS country
                           FROM client_region region
                           JOIN res_country owner ON owner.id = region.country_id
                        ) region
                ON region.code = shipped.region AND region.country = %(network)s
                ON CONFLICT (origin) DO UPDATE
               SET (%(columns)s) = ROW(%(excluded)s)
             WHERE NOT client_place.is_own
               AND (%(current)s) IS DISTINCT FROM (%(excluded)s)
            """,
            columns=SQL(", ").join(identifiers),
            excluded=SQL(", ").join(excluded),
            current=SQL(", ").join(current),
            network=network(SQL("shipped.country")),
        )
    )
    cr.execute(
        """
        DELETE FROM client_place
         WHERE origin ~ '^[A-Z]{2}[|]' AND NOT is_own
           AND origin NOT IN (
               SELECT concat_ws('|', country, zip, name) FROM client_shipped)
        """
    )
    cr.execute("DROP TABLE client_shipped")
    update_keys(cr)
    cr.execute("ANALYZE client_place")


def update_keys(cr, ids=None):
    """Compute the columns that addresses are compared with, where they differ.

    :param ids: ids of places; default: all
    """
    post = network(SQL("country.code"))
    named = SQL(
        "regexp_split_to_table(concat_ws('|', place.name, place.other_names), '\\|')"
    )
    cr.execute(
        SQL(
            """
            UPDATE client_place
               SET zip_key = found.zip_key, plain_names = found.plain_names,
                   town_keys = found.town_keys
              FROM (SELECT place.id, %(zip_key)s AS zip_key,
                           (SELECT '|' || string_agg(DISTINCT %(plain)s, '|') || '|'
                              FROM %(named)s AS name) AS plain_names,
                           (SELECT '|' || string_agg(DISTINCT %(town_key)s, '|') || '|'
                              FROM %(named)s AS name) AS town_keys
                      FROM client_place place
                      JOIN res_country country ON country.id = place.country_id
                     WHERE %(wanted)s) found
             WHERE client_place.id = found.id
               AND (client_place.zip_key, client_place.plain_names,
                    client_place.town_keys)
                   IS DISTINCT FROM (found.zip_key, found.plain_names, found.town_keys)
            """,
            zip_key=zip_key(post, SQL("place.zip")),
            named=named,
            plain=plain(SQL("name")),
            town_key=town_key(post, SQL("name")),
            wanted=SQL("TRUE") if ids is None else SQL("place.id IN %s", tuple(ids)),
        )
    )


def resolve_again(cr, zips):
    """Look up the partners with some postcodes again, after their places changed.

    :param zips: the postcodes, as in places
    """
    digits = tuple({"".join(filter(str.isdigit, zip_)).lstrip("0") for zip_ in zips})
    if digits:
        number = SQL(r"ltrim(regexp_replace(zip, '\D', '', 'g'), '0')")
        partners.update(cr, SQL("zip != '' AND %s IN %s", number, digits))
