from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import ormcache

from ...engine.partner.action import Block, ChangeTags, SetField
from ..lists.client_status import UNBLOCKERS
from ..safety.selection import selected


class ClientBulkOperation(models.Model):
    """The actions, the partners that they change, and the access rights.

    Another addon with a many2one or selection field on `res.partner` adds an action by
    `_inherit` and `super()`, a field with the same name on `client.bulk.wizard`, and
    this field in the view of the wizard::

        def _actions(self):
            return [*super()._actions(), SetField("region", "client_region_id")]

    The field then becomes a commercial field, which is copied to the contacts, and the
    journal logs its changes.
    """

    _inherit = "client.bulk.operation"

    @api.model
    def _actions(self):
        """:return: list of `Action`, in the order of the wizard"""
        return [
            *self._tag_actions(),
            SetField(
                "status",
                "client_status_id",
                label=self.env._("Set Status"),
                value="status_id",
            ),
            SetField(
                "type",
                "client_type_id",
                label=self.env._("Set Type"),
                value="type_id",
            ),
            # The labels of these fields are the names of the criteria.
            SetField(
                "criterion_1",
                "client_criterion_1_id",
                value="criterion_1_id",
                can_be_empty=True,
            ),
            SetField(
                "criterion_2",
                "client_criterion_2_id",
                value="criterion_2_id",
                can_be_empty=True,
            ),
            SetField(
                "rating",
                "client_rating",
                label=self.env._("Set Rating"),
                value="rating",
            ),
            *self._block_actions(),
        ]

    @api.model
    def _tag_actions(self):
        """:return: list of `Action` that change the tags of each contact"""
        labels = {
            "add": self.env._("Add Tags"),
            "remove": self.env._("Remove Tags"),
            "replace": self.env._("Replace All Tags"),
        }
        missing = self.env._("Choose at least one tag.")
        return [
            ChangeTags(f"tag_{mode}", mode=mode, label=label, missing=missing)
            for mode, label in labels.items()
        ]

    @api.model
    def _block_actions(self):
        """:return: list of two `Action`: each of them is the undo of the other"""
        # Few clients at once, because postings wait until they are blocked, see
        # `engine.partner.gate`.
        return [
            Block(
                "block",
                blocks=True,
                label=self.env._("Block"),
                missing=self.env._("Say why these clients are blocked."),
                undo_is="unblock",
                at_once=500,
            ),
            Block(
                "unblock",
                blocks=False,
                label=self.env._("Unblock"),
                undo_is="block",
                at_once=500,
            ),
        ]

    @api.model
    def _action(self, name):
        """:return: the `Action` with a name"""
        for action in self._actions():
            if action.name == name:
                return action
        raise UserError(self.env._("“%s” is not a change of clients.", name))

    @api.model
    def _selection_action(self):
        """:return: the actions; those of the criteria have the names of the criteria"""
        labels = self.env["ir.model.fields"].get_field_string("res.partner")
        return [
            (
                action.name,
                action.label
                or self.env._("Set %s", labels.get(action.field, action.field)),
            )
            for action in self._actions()
        ]

    @api.model
    @ormcache(cache="stable")
    def _client_fields(self):
        """Cached, because each write on a partner calls it.

        :return: names of the fields of `res.partner` that the actions set on clients
        """
        known = self.env["res.partner"]._fields  # without those just uninstalled
        names = [action.field for action in self._actions() if action.of_clients]
        return tuple(name for name in dict.fromkeys(names) if name in known)

    @api.model
    def _hidden_fields(self):
        """:return: names of the actions' fields that the user may not read. Operations
        on them are hidden, because they show the values
        """
        partners = self.env["res.partner"]
        return [
            action.field
            for action in self._actions()
            if (field := partners._fields.get(action.field))
            and not partners._has_field_access(field, "read")
        ]

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            self.browse().check_access("read")
            hidden = self._hidden_fields()
            domain = Domain(domain) & Domain("field_name", "not in", hidden)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if self.env.su or not any(self._ids) or not (names := self._hidden_fields()):
            return refused
        known = refused[0] if refused else self.browse()
        hidden = (self - known).sudo().filtered(lambda one: one.field_name in names)
        if not hidden:
            return refused
        return known | hidden.sudo(False), refused[1] if refused else self._hidden_error

    @api.model
    def _hidden_error(self):
        return AccessError(
            self.env._("You may not see the field that these operations have changed.")
        )

    @api.model
    def _selected_ids(self):
        """The selected partners of a list, also if there are more than the list sends.

        :return: ids of partners, from the context of an action of the list
        """
        context, domain = self.env.context, None
        if context.get("client_all_selected"):
            domain = context.get("active_domain")
        partners, domain = selected(
            self.env, "res.partner", context.get("active_ids"), domain
        )
        return partners.search(domain, order="id").ids

    @api.model
    def _targets(self, action, ids):
        """The partners that an action changes: the clients, if the field belongs to
        clients.

        :param Action action: the action
        :param ids: ids of partners
        :return: ids of these partners, or of their clients
        """
        if not action.of_clients or not ids:
            return list(ids)
        clients = self.env["res.partner"].sudo().with_context(active_test=False)
        groups = clients._read_group([("id", "in", ids)], ["commercial_partner_id"])
        return sorted(client.id for (client,) in groups)

    @api.model
    def _check_may_do(self, action):
        """Raise if the user may not do an action at all."""
        partners = self.env["res.partner"]
        partners.check_access("write")
        if not self._is_for_user(action):
            raise AccessError(
                self.env._("Only an administrator of the client file may do this.")
            )
        partners._check_field_access(partners._fields[action.field], "write")

    @api.model
    def _is_for_user(self, action):
        """:return: whether the user is in the groups of an action"""
        groups = action.groups
        return self.env.su or not groups or self.env.user.has_groups(groups)

    @api.model
    def _changeable_ids(self, action, values, ids):
        """The partners that the user may change. One query with the record rules, not a
        check of each partner.

        :param Action action: the action
        :param dict values: the values to set
        :param ids: ids of partners
        :return: ids of the partners that the user may change
        """
        self._check_may_do(action)
        if self.env.su:
            return list(ids)
        rules = self.env["ir.rule"]
        domain = Domain("id", "in", ids)
        for operation in ("read", "write"):
            rule = rules._compute_domain("res.partner", operation)
            domain &= Domain(rule or Domain.TRUE)
        if not self.env.user.has_group(UNBLOCKERS):
            domain &= self._not_unblocked_domain(action.sets(values))
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        return partners.search(domain, order="id").ids

    @api.model
    def _not_unblocked_domain(self, values):
        """:return: domain of the clients that new values do not unblock

        :param dict values: new values of clients, by name of the field
        """
        domain = Domain.TRUE
        if not values.get("client_blocked", True):
            domain &= Domain("client_blocked", "=", False)
        if "client_status_id" in values:
            blocking = self.env["client.status"]._blocking().ids
            if blocking and values["client_status_id"] not in blocking:
                domain &= Domain("client_status_id", "not in", blocking)
        return domain
