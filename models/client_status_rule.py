import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, ormcache

from ..engine.assign import assign, differing

_logger = logging.getLogger(__name__)


class ClientStatusRule(models.Model):
    """When something happens with a client, its status changes.

    A rule has a switch of its own; each company has a master switch in the settings.
    Clients whose status is pinned stay as they are.
    """

    _name = "client.status.rule"
    _description = "Status Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean("Switched On", default=True)
    trigger = fields.Selection(
        [("first_invoice", "Invoice posted")],
        required=True,
        default="first_invoice",
        help="What has to happen. An invoice that is posted again, after a reset to "
        "draft, is nothing new.",
    )
    company_id = fields.Many2one(
        "res.company", help="Only in this company; in all of them when empty."
    )
    from_status_ids = fields.Many2many(
        "client.status",
        string="Status From",
        context={"active_test": False},
        ondelete="restrict",
        help="Only clients with one of these statuses change; all when empty.",
    )
    to_status_id = fields.Many2one(
        "client.status", "Status To", required=True, ondelete="restrict"
    )
    from_type_id = fields.Many2one(
        "client.type",
        "Type From",
        ondelete="restrict",
        help="Clients of this type change their type, too.",
    )
    to_type_id = fields.Many2one("client.type", "Type To", ondelete="restrict")
    change_ids = fields.One2many("client.change", "rule_id", "Changes")
    change_count = fields.Integer(compute="_compute_change_count")

    @api.constrains("from_status_ids", "to_status_id")
    def _check_statuses(self):
        for rule in self:
            if rule.to_status_id in rule.from_status_ids:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” changes “%(status)s” into itself: remove it "
                        "from the statuses that the rule starts from.",
                        rule=rule.name,
                        status=rule.to_status_id.name,
                    )
                )

    @api.constrains("from_type_id", "to_type_id")
    def _check_types(self):
        for rule in self:
            if bool(rule.from_type_id) != bool(rule.to_type_id):
                raise ValidationError(
                    self.env._(
                        "“%s” changes the client type as well: give the type to "
                        "change from and the one to change to, or neither.",
                        rule.name,
                    )
                )

    @api.depends("change_ids")
    def _compute_change_count(self):
        counts = dict(
            self.env["client.change"]._read_group(
                [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
            )
        )
        for rule in self:
            rule.change_count = counts.get(rule, 0)

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self.env.registry.clear_cache("stable")
        return rules

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache("stable")
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache("stable")
        return result

    def action_open_changes(self):
        """:return: action with the journal lines that this rule wrote"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_segmentation.client_change_action"
        )
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}

    @api.model
    @ormcache("trigger", "company_id", cache="stable")
    def _ids_for(self, trigger, company_id):
        """:return: ids of the rules switched on in a company, in their order"""
        rules = (
            self.sudo()
            .with_context(active_test=True)
            .search(
                [("trigger", "=", trigger), ("company_id", "in", (company_id, False))]
            )
        )
        return tuple(rules.ids)

    @api.model
    def _run(self, trigger, documents):
        """Run the rules of a trigger, as far as the clients' companies want them.

        A rule that fails is logged and stops neither the others nor the posting.

        :param str trigger: what has happened
        :param documents: records with a commercial partner and a company
        """
        documents = documents.sudo()
        for company, own in documents.grouped("company_id").items():
            rules = self.sudo().browse(self._ids_for(trigger, company.id))
            if not rules or not company.client_automation:
                continue
            # The first document of a client is the one that the journal names.
            clients = {
                document.commercial_partner_id.id: document.id
                for document in reversed(own)
                if document.commercial_partner_id
            }
            for rule in rules:
                rule._run_safely(clients, company, documents._name)

    def _run_safely(self, clients, company, res_model):
        # A batch that concerns nobody costs one query.
        concerned = self.env.execute_query(
            differing(
                self.env,
                "client_status_id",
                clients,
                self.to_status_id,
                company,
                condition=self._condition(company),
            )
        )
        if not concerned:
            return
        clients = {client: clients[client] for client, _old in concerned}
        # What others have left to write must fail as it would without this rule.
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                self._apply(clients, company, res_model)
        except psycopg2.OperationalError:
            raise  # another transaction was faster: Odoo tries the posting again
        except Exception:
            _logger.exception(
                "Status rule %s (id %s) failed for clients %s",
                self.name,
                self.id,
                list(clients),
            )

    def _condition(self, company):
        """:return: SQL of the condition that the rule is for partner `client`"""
        pinned = (
            self.env["res.partner"]
            .with_company(company)
            ._field_to_sql("client", "client_status_pinned")
        )
        condition = SQL("NOT COALESCE(%s, FALSE)", pinned)
        if self.from_status_ids:
            condition = SQL("%s AND old IN %s", condition, self.from_status_ids._ids)
        return condition

    def _apply(self, clients, company, res_model):
        """Move those `clients` that the rule is for to its status.

        :param clients: id of a document by id of the commercial partner
        :return: ids of the clients whose status changed
        """
        self.ensure_one()
        journal = {"origin": "rule", "rule_id": self.id, "res_model": res_model}
        changed = assign(
            self.env,
            "client_status_id",
            clients,
            self.to_status_id,
            company,
            condition=self._condition(company),
            **journal,
        )
        if changed and self.to_type_id:
            assign(
                self.env,
                "client_type_id",
                {client: clients[client] for client in changed},
                self.to_type_id,
                company,
                condition=SQL("old = %s", self.from_type_id.id),
                **journal,
            )
        return changed
