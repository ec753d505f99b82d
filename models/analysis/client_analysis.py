from datetime import date

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...engine.analysis.moment import documented_clients, segments
from ...engine.analysis.segment_ref import NONE, OTHER, SegmentRef
from ...engine.scope import Scope

FIRST_YEAR = 1970
LONGEST = 50  # maximum number of typed characters in a message


class ClientAnalysis(models.AbstractModel):
    """Base of the analysis pages: access rights, and the clients behind a number.

    All results are about the current company and the clients that the user may see
    there; ranks and shares also count the other clients. All methods work on a
    read-only connection, because they write nothing.
    """

    _name = "client.analysis"
    _description = "Analysis of the Clients"

    @api.model
    def _company(self):
        """:return: the current company

        :raise AccessError: if the user may not see figures
        """
        self.env["client.metric"].check_access("read")
        return self.env.company.sudo()

    @api.model
    def _clients(self, *figures):
        """:return: SQL of a SELECT of `partner_id` and current figures of the clients
        that the user may see
        """
        query = self.env["client.metric"]._search(
            Domain("company_id", "=", self.env.company.id)
        )
        self.env.flush_all()
        return query.select(
            *(SQL.identifier(query.table, name) for name in ("partner_id", *figures))
        )

    @api.model
    def _clients_at(self, moment):
        """:param Scope moment: a day and limits
        :return: the same as `_clients`, also with the companies of this database, if
            the limits count them but the company does not: they have no figures yet
        """
        clients = self._clients()
        own_policy = self._company()._client_policy()
        if own_policy.own_companies or not moment.policy.own_companies:
            return clients
        partners = self.env["res.partner"].with_context(active_test=False)
        readable = partners._search([("client_is_own_company", "=", True)])
        own = moment.for_clients(self._company()._client_tree().partners)
        return SQL(
            "%s UNION SELECT partner_id FROM (%s) own WHERE partner_id IN %s",
            clients,
            documented_clients(own),
            readable.subselect(),
        )

    @api.model
    def _today(self):
        return self.env["client.metric"]._today(self.env.company)

    @api.model
    def _moment(self, as_of, changes=None):
        """:param as_of: a day, as text or date
        :param dict changes: limits that differ from the company's
        :return: `Scope` of all clients of the company
        :raise ValidationError: if a day or limit is not valid; says what to do
        """
        try:
            day = as_of if isinstance(as_of, date) else date.fromisoformat(as_of)
        except (TypeError, ValueError):
            raise ValidationError(
                self.env._("“%(day)s” is not a valid date.", day=as_of)
            ) from None
        if day > self._today():
            raise ValidationError(
                self.env._(
                    "%(day)s is in the future. Choose today or an earlier day.",
                    day=format_date(self.env, day),
                )
            )
        if day.year < FIRST_YEAR:
            raise ValidationError(
                self.env._("Choose a day from %(year)s on.", year=FIRST_YEAR)
            )
        company = self._company()
        if not isinstance(changes or {}, dict):
            raise ValidationError(
                self.env._(
                    "“%s” is not a set of limits. Give numbers by name.", changes
                )
            )
        policy = company._client_with_limits(changes or {})._client_policy()
        catalogue = self.env["client.metric"]._catalogue()
        return Scope(catalogue, company, day, policy)

    @api.model
    def _segments(self, moment):
        return segments(moment, self._today(), self._company()._client_policy())

    @api.model
    def _labels(self, name):
        """:return: list of `(value, label)` of a class; the last item is “No class”"""
        field = self.env["client.metric"]._fields[name]
        labels = field._description_selection(self.env)
        dimension = self.env["client.metric"]._catalogue().dimension(name)
        if name == dimension.computed:
            only_decided = dimension.only_decided
            labels = [label for label in labels if label[0] not in only_decided]
        return [*labels, (NONE, self.env._("No class"))]

    @api.model
    def _class_label(self, name):
        dimension = self.env["client.metric"]._catalogue().dimension(name)
        field = self.env["client.metric"]._fields[dimension.name]
        return field._description_string(self.env)

    @api.model
    @api.readonly
    def open_clients(self, cell):
        """:param str cell: a segment reference, see `engine.analysis.segment_ref`
        :return: action with the clients of the segment
        """
        self._company()
        parsed = self._segment_ref(cell)
        labels = dict(self._labels(parsed.name))
        labels[OTHER] = self.env._("another class")
        sides = " → ".join(
            f"{labels[side.value]} ({format_date(self.env, side.as_of)})"
            for side in (parsed.old, parsed.new)
            if side
        )
        return {
            "type": "ir.actions.act_window",
            "name": f"{self._class_label(parsed.name)}: {sides}",
            "res_model": "res.partner",
            "views": [
                (self.env.ref("client_segmentation.client_view_list").id, "list"),
                (self.env.ref("client_segmentation.client_view_kanban").id, "kanban"),
                (self.env.ref("client_segmentation.client_view_form").id, "form"),
            ],
            "search_view_id": (
                self.env.ref("client_segmentation.client_view_search").id,
                "search",
            ),
            "domain": [("client_class_at", "=", cell)],
            # The figures include archived clients.
            "context": {"active_test": False, "create": False},
        }

    @api.model
    def _segment_ref(self, text):
        """:return: `SegmentRef` of a text

        :raise ValidationError: if the text is not a segment reference
        """
        try:
            return SegmentRef.parse(text, self.env["client.metric"]._catalogue())
        except ValueError:
            raise ValidationError(
                self.env._(
                    "“%(text)s” is not a class on a day. Write the class, the day and "
                    "the value, like %(example)s.",
                    text=str(text)[:LONGEST],
                    example="revenue_class_computed:2025-12-31:vip",
                )
            ) from None

    @api.model
    def _members(self, segment):
        """:param SegmentRef segment: the segment
        :return: SQL of a SELECT of the ids of its clients
        """
        last = self._side(segment, segment.new or segment.old)
        return segment.members(
            self._clients_at(last),
            lambda side: self._segments(self._side(segment, side)),
        )

    @api.model
    def _side(self, segment, side):
        moment = self._moment(side.as_of, side.changes)
        dimension = self.env["client.metric"]._catalogue().dimension(segment.name)
        if segment.name != dimension.computed and moment.as_of != self._today():
            raise ValidationError(
                self.env._(
                    "Decided classes are only known for today. For earlier days, use "
                    "the computed class: %(name)s.",
                    name=dimension.computed,
                )
            )
        return moment
