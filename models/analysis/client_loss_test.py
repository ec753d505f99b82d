from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.analysis.loss import TOPS, loss, loss_by
from ..safety.selection import selected

# The qualifiers that the loss is grouped by.
BY = ("client_criterion_1_id", "client_criterion_2_id", "client_type_id")
# The maximum number of values of a qualifier that are shown separately.
SHOWN = 8
# The concentration index is between 0 and 10,000 (a single client). Competition
# authorities use these limits for markets.
MODERATE, HIGH = 1000, 1800


class ClientLossTest(models.AbstractModel):
    """The revenue that remains if some clients leave."""

    _name = "client.loss.test"
    _inherit = "client.analysis"
    _description = "Loss Test"

    @api.model
    @api.readonly
    def without(self, ids, domain=None):
        """The revenue of the window without some clients. Writes nothing.

        :param ids: ids of partners; for a contact, its client counts
        :param domain: domain of the list, if all of its partners are selected
        :return: dict of `engine.analysis.loss`, with some client `names`, the loss `by`
            qualifier, and the `concentration` `before` and `after`, with its limits;
            amounts in the company's currency
        """
        company = self._company()
        partners, chosen_domain = selected(self.env, "res.partner", ids, domain)
        query = partners._search(chosen_domain)
        clients = self._clients("revenue", "overdue")
        lost = query.subselect(SQL.identifier(query.table, "commercial_partner_id"))
        all_clients = Domain("partner_id", "in", self._clients())
        result = loss(self.env, clients, lost)
        if not result["lost"] and not partners.search_count(chosen_domain, limit=1):
            raise UserError(
                self.env._(
                    "Select the clients in the list, then choose “Loss Test” in the "
                    "actions of the list."
                )
            )
        named = self.env["client.metric"].search(
            Domain("company_id", "=", company.id) & Domain("partner_id", "in", lost),
            order="revenue DESC, id",
            limit=SHOWN,
        )
        return {
            **result,
            "currency_id": company.currency_id.id,
            "names": named.partner_id.mapped("display_name"),
            "concentration": {
                "before": self._concentration(all_clients),
                "after": self._concentration(
                    all_clients & Domain("partner_id", "not in", lost)
                ),
            },
            "tops": list(TOPS.values()),
            "moderate": MODERATE,
            "high": HIGH,
            "by": [self._by(name, clients, lost) for name in BY],
        }

    def _concentration(self, domain):
        """:param domain: domain of `client.pareto.report`
        :return: dict with the `count` of clients with revenue, the shares of the best
            clients (`top_1`..., per cent), the index `hhi` and its `level`
        """
        names = (*TOPS, "hhi")
        [(count, *values)] = self.env["client.pareto.report"]._read_group(
            domain, [], ["__count", *(f"{name}:sum" for name in names)]
        )
        values = {
            name: float(value or 0) for name, value in zip(names, values, strict=True)
        }
        return {"count": count, **values, "level": self._level(values["hhi"])}

    def _level(self, hhi):
        if not hhi:
            return None
        return "low" if hhi < MODERATE else "moderate" if hhi <= HIGH else "high"

    def _by(self, name, clients, lost):
        field = self.env["res.partner"]._fields[name]
        rows = [row for row in loss_by(self.env, clients, lost, name) if any(row[1:])]
        values = self.env[field.comodel_name].browse(
            value for value, _revenue, _lost in rows if value
        )
        labels = dict(zip(values.ids, values.mapped("display_name"), strict=True))
        shown = [
            {
                "label": labels.get(value, self.env._("None")),
                "before": revenue,
                "lost": lost_revenue,
            }
            for value, revenue, lost_revenue in rows[:SHOWN]
        ]
        if others := rows[SHOWN:]:
            shown.append(
                {
                    "label": self.env._("Others"),
                    "before": sum(revenue for _value, revenue, _lost in others),
                    "lost": sum(lost for _value, _revenue, lost in others),
                }
            )
        return {
            "name": name,
            "label": field._description_string(self.env),
            "rows": shown,
        }
