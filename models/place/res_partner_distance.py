from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.place.distance import kilometres, own_or_place
from ...engine.search.figure_condition import COMPARE
from ..partner.sql_field import searched_field, sql_field

DISTANCE = ("client_distance", "client_distance_range")
# Upper limits in km, and names.
RANGES = [
    ("010", "Up to 10 km"),
    ("030", "10 to 30 km"),
    ("050", "30 to 50 km"),
    ("100", "50 to 100 km"),
    ("200", "100 to 200 km"),
    ("999", "More than 200 km"),
]


class ResPartner(models.Model):
    """The distance from the address of the current company, as the crow flies."""

    _inherit = "res.partner"

    client_distance = sql_field(searched_field(fields.Integer))(
        "Distance (km)",
        compute="_compute_client_distance",
        search="_search_client_distance",
        aggregator="avg",
        groups="base.group_user",
        help="From the address of your company, as the crow flies: from the "
        "coordinates of the addresses if they are known, else of the towns.",
    )
    client_distance_range = sql_field(searched_field(fields.Selection))(
        RANGES,
        "Range of Distance",
        compute="_compute_client_distance",
        search="_search_client_distance_range",
        groups="base.group_user",
        help="Empty: the distance is not known.",
    )

    @api.depends("client_place_id", "partner_latitude", "partner_longitude")
    @api.depends_context("company")
    def _compute_client_distance(self):
        self.client_distance = 0
        self.client_distance_range = False
        stored = self._origin
        if not stored:
            return
        query = stored._as_query(ordered=False)
        columns = [
            self._field_to_sql(query.table, name, query) for name in ("id", *DISTANCE)
        ]
        self.env["client.place"].flush_model()
        found = {
            partner: values
            for partner, *values in self.env.execute_query(query.select(*columns))
        }
        for partner in self:
            distance, limit = found.get(partner._origin.id, (None, None))
            partner.client_distance = distance or 0
            partner.client_distance_range = limit

    @api.model
    def _client_origin(self):
        """:return: (latitude, longitude) of the current company, or None"""
        # The address of the company is no secret for its users.
        partner = self.env.company.sudo().partner_id
        own = (partner.partner_latitude, partner.partner_longitude)
        place = partner.client_place_id
        if any(own):
            return own
        at = (place.latitude, place.longitude)
        return at if any(at) else None

    @api.model
    def _client_distance_sql(self, alias, query):
        """:return: SQL of the distance in km, or NULL"""
        origin = self._client_origin()
        if origin is None:
            return SQL("NULL::int4")
        for name in ("partner_latitude", "partner_longitude"):
            self._check_field_access(self._fields[name], "read")
        place = "client_place"
        if query is not None:
            place = query.make_alias(alias, "client_place_id_distance")
            query.add_join(
                "LEFT JOIN",
                place,
                "client_place",
                SQL(
                    "%s = %s",
                    SQL.identifier(place, "id"),
                    self._field_to_sql(alias, "client_place_id", query),
                ),
            )
        distance = SQL(
            "%s",
            kilometres(origin, *own_or_place(alias, place)),
            to_flush=self._fields["partner_latitude"],
        )
        distance = SQL("%s", distance, to_flush=self._fields["partner_longitude"])
        if query is not None:
            return distance
        return SQL(
            "(SELECT %s FROM res_partner AS located"
            " LEFT JOIN client_place ON client_place.id = located.client_place_id"
            " WHERE located.id = %s)",
            kilometres(origin, *own_or_place("located", "client_place")),
            SQL.identifier(alias, "id"),
        )

    @api.model
    def _client_field_to_sql(self, alias, name, query):
        if name not in DISTANCE:
            return super()._client_field_to_sql(alias, name, query)
        distance = self._client_distance_sql(alias, query)
        if name == "client_distance":
            return distance
        limits = [limit for limit, _label in RANGES]
        return SQL(
            "(%s)[1 + width_bucket(%s, %s)]",
            limits,
            distance,
            # The first distance that is in the next range.
            [int(limit) + 1 for limit in limits[:-1]],
        )

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        # Clients whose distance is not known come last in both directions.
        if field_name in DISTANCE:
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    @api.model
    def _search_client_distance(self, operator, value):
        self._check_field_access(self._fields["client_distance"], "read")
        if operator not in (*COMPARE, "in"):
            return NotImplemented
        value = self._client_comparable("client_distance", operator, value) or 0

        def to_sql(model, alias, query):
            distance = model._field_to_sql(alias, "client_distance", query)
            if operator != "in":
                compared = SQL("%s %s %s", distance, SQL(operator), value)
                return SQL("COALESCE(%s, FALSE)", compared)
            numbers = [number for number in value or () if number is not False]
            conditions = [SQL("%s = ANY(%s)", distance, numbers)]
            if value and False in value:
                conditions.append(SQL("COALESCE(%s, 0) = 0", distance))
            return SQL("(%s)", SQL(" OR ").join(conditions))

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _search_client_distance_range(self, operator, value):
        self._check_field_access(self._fields["client_distance_range"], "read")
        if operator != "in":
            return NotImplemented
        wanted = [limit for limit, _label in RANGES if limit in value]

        def to_sql(model, alias, query):
            limit = model._field_to_sql(alias, "client_distance_range", query)
            conditions = [SQL("%s = ANY(%s)", limit, wanted)]
            if False in value:
                conditions.append(SQL("%s IS NULL", limit))
            return SQL("(%s)", SQL(" OR ").join(conditions))

        return Domain.custom(to_sql=to_sql)
