"""Places that follow the cities and postcodes of `base_location`."""

from odoo.tools import SQL

from odoo.addons.client_segmentation.engine.place import load
from odoo.addons.client_segmentation.engine.place.names import (
    network,
    plain,
    zip_key,
)

# Places of the files of `client_segmentation` begin with the code of a country.
SHIPPED = SQL(r"origin ~ '^[A-Z]{2}\|'")


def follow(cr, ids=None):
    """Make the places what the postcodes are.

    What they do not say (language, coordinates) is that of the place of the files with
    the same postcode and name.

    :param ids: ids of `res.city.zip`; default: all
    :return: list of the postcodes of the places that were written
    """
    load.prepare(cr)
    post = network(SQL("country.code"))
    cr.execute(
        SQL(
            """
            INSERT INTO client_place (
                   country_id, zip, name, municipality, region_id, language,
                   is_bilingual, latitude, longitude, other_names, origin, is_own,
                   active)
            SELECT DISTINCT ON (zip.id)
                   city.country_id, zip.name, city.name, ours.municipality,
                   COALESCE(state.client_region_id, ours.region_id), ours.language,
                   ours.is_bilingual, ours.latitude, ours.longitude, ours.other_names,
                   'zip|' || zip.id, FALSE, TRUE
              FROM res_city_zip zip
              JOIN res_city city ON city.id = zip.city_id
              JOIN res_country country ON country.id = city.country_id
              LEFT JOIN res_country_state state ON state.id = city.state_id
              LEFT JOIN client_place ours
                ON ours.zip_key = %(zip_key)s
               AND ours.plain_names LIKE '%%|' || %(plain)s || '|%%'
               AND ours.%(shipped)s
             WHERE %(wanted)s
             ORDER BY zip.id, ours.id
                ON CONFLICT (origin) DO UPDATE
               SET (country_id, zip, name, municipality, region_id, language,
                    is_bilingual, latitude, longitude, other_names) = ROW(
                    EXCLUDED.country_id, EXCLUDED.zip, EXCLUDED.name,
                    EXCLUDED.municipality, EXCLUDED.region_id, EXCLUDED.language,
                    EXCLUDED.is_bilingual, EXCLUDED.latitude, EXCLUDED.longitude,
                    EXCLUDED.other_names)
             WHERE NOT client_place.is_own
               AND (client_place.country_id, client_place.zip, client_place.name,
                    client_place.region_id)
                   IS DISTINCT FROM (EXCLUDED.country_id, EXCLUDED.zip, EXCLUDED.name,
                                     EXCLUDED.region_id)
            RETURNING zip
            """,
            zip_key=zip_key(post, SQL("zip.name")),
            plain=plain(SQL("city.name")),
            shipped=SHIPPED,
            wanted=SQL("TRUE") if ids is None else SQL("zip.id IN %s", tuple(ids)),
        )
    )
    zips = [zip_ for [zip_] in cr.fetchall()]
    cr.execute(
        """
        DELETE FROM client_place
         WHERE origin LIKE 'zip|%' AND NOT is_own
           AND substr(origin, 5)::int NOT IN (SELECT id FROM res_city_zip)
        RETURNING zip
        """
    )
    zips += [zip_ for [zip_] in cr.fetchall()]
    # In a country with postcodes there, the places of the files are not used.
    cr.execute(
        SQL(
            """
            UPDATE client_place
               SET active = NOT active
             WHERE %s AND NOT is_own
               AND active = EXISTS (
                   SELECT FROM client_place followed
                    WHERE followed.origin LIKE 'zip|%%'
                      AND followed.country_id = client_place.country_id)
            RETURNING zip
            """,
            SHIPPED,
        )
    )
    zips += [zip_ for [zip_] in cr.fetchall()]
    load.update_keys(cr)
    return zips
