from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.analysis.loss import TOPS, loss, loss_by
from ..safety.buttons import check_id

# Qualifiers that a loss is split by.
BY = ("client_criterion_1_id", "client_criterion_2_id", "client_type_id")
# Values of a qualifier that are shown one by one.
SHOWN = 8
# The index of concentration goes from near 0 to 10,000 with a single client. These are
# the limits by which competition authorities judge markets.
MODERATE, HIGH = 1000, 1800


class ClientLossTest(models.AbstractModel):
    """What remains of the revenue when some clients leave."""

    _name = "client.loss.test"
    _inherit = "client.analysis"
    _description = "Loss Test"

    @api.model
    @api.readonly
    def without(self, ids, domain=None):
        """The revenue of the window without some clients; writes nothing.

        :param ids: of partners; a contact stands for its client
        :param domain: of the partners instead, where there are too many for their ids
        :return: dict, see `engine.analysis.loss`, with the first `names`, the loss `by`
            qualifiers, and the `concentration` `before` and `after`, with its limits;
            amounts in the company's currency
        """
        company = self._company()
        partners = self.env["res.partner"].with_context(active_test=False)
        chosen = self._chosen(ids, domain)
        query = partners._search(chosen)
        clients = self._clients("revenue", "overdue")
        lost = query.subselect(SQL.identifier(query.table, "commercial_partner_id"))
        everybody = Domain("partner_id", "in", self._clients())
        result = loss(self.env, clients, lost)
        if not result["lost"] and not partners.search_count(chosen, limit=1):
            raise UserError(
                self.env._(
                    "Tick the clients in the list whose loss you want to try, and "
                    "choose “Loss Test” in its actions."
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
                "before": self._concentration(everybody),
                "after": self._concentration(
                    everybody & Domain("partner_id", "not in", lost)
                ),
            },
            "tops": list(TOPS.values()),
            "moderate": MODERATE,
            "high": HIGH,
            "by": [self._by(name, clients, lost) for name in BY],
        }

    @api.model
    def _chosen(self, ids, domain):
        """:return: domain of the partners that somebody has ticked; a ValidationError
        for what is none
        """
        partners = self.env["res.partner"].with_context(active_test=False)
        try:
            if not domain:
                return Domain("id", "in", [check_id(one) for one in ids or []])
            chosen = Domain(domain)
            with self.env.cr.savepoint(flush=False):
                partners.search(chosen, limit=1)
        except UserError:
            raise
        except Exception as error:
            raise ValidationError(
                self.env._(
                    "“%s” does not select clients. Select them in the list again.",
                    domain or ids,
                )
            ) from error
        return chosen

    def _concentration(self, domain):
        """:param domain: of `client.pareto.report`
        :return: dict with the `count` of clients with revenue, what the best of them
            make (`top_1`..., per cent), the index `hhi` and its `level`
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
            value for value, _revenue, _gone in rows if value
        )
        labels = dict(zip(values.ids, values.mapped("display_name"), strict=True))
        shown = [
            {
                "label": labels.get(value, self.env._("None")),
                "before": revenue,
                "lost": gone,
            }
            for value, revenue, gone in rows[:SHOWN]
        ]
        if others := rows[SHOWN:]:
            shown.append(
                {
                    "label": self.env._("Others"),
                    "before": sum(revenue for _value, revenue, _gone in others),
                    "lost": sum(gone for _value, _revenue, gone in others),
                }
            )
        return {
            "name": name,
            "label": field._description_string(self.env),
            "rows": shown,
        }
