from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

# Odoo's own rule for partners. It never hides partners without a company.
COMPANY_RULE = (
    "['|', '|', ('partner_share', '=', False), "
    "('company_id', 'parent_of', company_ids), ('company_id', '=', False)]"
)


class ClientRecord(models.AbstractModel):
    """Records about a client. Users who may not read the client may not read them.

    All record rules on `res.partner` count, also rules added by customers. A domain of
    `ir.rule` cannot express this, because Odoo evaluates it with superuser rights.
    """

    _name = "client.record"
    _description = "Record about a Client"

    # Name of the field that holds the client.
    _client_field = "partner_id"

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            self.browse().check_access("read")
            domain = Domain(domain) & self._readable_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _client_field_names(self):
        """:return: names of all fields that hold clients; the user must be allowed to
        read each of them
        """
        return (self._client_field,)

    @api.model
    def _readable_domain(self):
        """:return: domain of the records whose clients the user may read"""
        partners = self.env["res.partner"].browse()
        partners.check_access("read")
        rule = Domain(self.env["ir.rule"]._compute_domain("res.partner", "read"))
        if rule.is_true():
            return Domain.TRUE
        return Domain.AND(
            self._readable_by(name, rule) for name in self._client_field_names()
        )

    @api.model
    def _readable_by(self, name, rule):
        """:return: domain of the records whose client in one field the user may read

        :param Domain rule: of the partners that the user may read
        """
        if not self._hides_by_company_only():
            return Domain(name, "any", Domain.TRUE)
        # Odoo's own rule hides few clients or none. It is much faster to search these
        # than to check each client.
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        hidden = partners._search(~rule)
        # This is implied by the rule, and lets PostgreSQL use the index.
        hidden.add_where(
            SQL("%s IS NOT NULL", SQL.identifier(hidden.table, "company_id"))
        )

        def to_sql(model, alias, query):
            client = model._field_to_sql(alias, name, query)
            return SQL(
                "NOT EXISTS (SELECT FROM (%s) hidden WHERE hidden.id = %s)",
                hidden.select(),
                client,
            )

        return Domain.custom(to_sql=to_sql)

    @api.model
    @ormcache("self.env.uid")
    def _hides_by_company_only(self):
        """:return: whether only Odoo's own rule hides partners from the user. Odoo
        clears this cache when rules or groups change
        """
        rules = self.env["ir.rule"]._get_rules("res.partner", "read").sudo()
        return rules.mapped("domain_force") == [COMPANY_RULE] and not rules.groups

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if not any(self._ids):
            return refused
        known = refused[0] if refused else self.browse()
        hidden = self - known - (self - known)._with_readable_client()
        if not hidden:
            return refused
        return known | hidden, refused[1] if refused else self._hidden_error

    @api.model
    def _hidden_error(self):
        return AccessError(
            self.env._("You may not see the clients that these records are about.")
        )

    def _with_readable_client(self):
        """:return: the records whose clients the user may read"""
        records = self.sudo().with_context(active_test=False)
        names = self._client_field_names()
        clients = self.env["res.partner"].union(*(records[name] for name in names))
        readable = clients.with_env(self.env).sudo(False)._filtered_access("read")
        return self.browse(
            record.id
            for record in records
            if all(record[name] <= readable for name in names)
        )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        if self._rec_name != self._client_field:
            return super()._compute_display_name()
        clients = {record: record.sudo()[self._client_field] for record in self}
        partners = self.env["res.partner"].concat(*clients.values())
        names = self._names_for_reader(partners)
        for record, client in clients.items():
            record.display_name = names.get(client.id)
        return None

    @api.model
    def _names_for_reader(self, clients):
        """:return: dict of the names of clients by id; a client that the user may not
        read has a neutral text instead of its name
        """
        readable = clients.sudo(False)._filtered_access("read")
        hidden = self.env._("A client that you may not see")
        return {
            client.id: client.display_name if client in readable else hidden
            for client in clients.sudo()
        }
