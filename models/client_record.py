from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class ClientRecord(models.AbstractModel):
    """Rows about a client: only whoever may read the client may read them.

    All rules on `res.partner` count, also those that a customer has added. A domain of
    `ir.rule` cannot say that: Odoo evaluates it with all rights.
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
    def _readable_domain(self):
        """:return: domain of the rows whose clients the user may read"""
        return Domain(self._client_field, "any", Domain.TRUE)

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
        """:return: those of these whose client the user may read"""
        readable = self._readable_clients()
        return self.filtered(
            lambda record: record.sudo()[self._client_field] <= readable
        )

    def _readable_clients(self):
        """:return: the clients of these that the user may read, whatever the code that
        asks may do
        """
        clients = self.sudo()[self._client_field]
        return clients.sudo(False)._filtered_access("read")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        if self._rec_name != self._client_field:
            return super()._compute_display_name()
        readable = self._readable_clients()
        for record in self:
            client = record.sudo()[self._client_field]
            record.display_name = (
                client.display_name
                if client <= readable
                else self.env._("A client that you may not see")
            )
        return None
