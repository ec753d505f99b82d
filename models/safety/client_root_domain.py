from ast import literal_eval
from dataclasses import dataclass

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .guard import Guard


@dataclass(frozen=True)
class RootDomain:
    """A filter that a user saves and that Odoo later evaluates with superuser rights.

    :param field: name of the field that contains the domain, as text
    :param model: name of the model to filter; or a dot and the path to a field that
        contains this name
    """

    field: str
    model: str

    def model_of(self, record):
        """:return: name of the model that a record filters"""
        if not self.model.startswith("."):
            return self.model
        names = record.mapped(self.model[1:])
        return names[0] if names else None


class ClientRootDomain(models.AbstractModel):
    """Filters that Odoo evaluates with superuser rights. A user who saves such a filter
    must be allowed to read the fields in it. Otherwise the number of found records
    would reveal their values.

    `_root_domains` is a catalogue: other addons add their filters by `_inherit`.
    """

    _name = "client.root.domain"
    _description = "Filter Evaluated with All Rights"

    @api.model
    def _root_domains(self):
        """:return: dict of tuples of `RootDomain`, by name of the model with filters"""
        return {
            "mailing.mailing": (RootDomain("mailing_domain", ".mailing_model_real"),),
            "crm.team": (RootDomain("assignment_domain", "crm.lead"),),
            "crm.team.member": (
                RootDomain("assignment_domain", "crm.lead"),
                RootDomain("assignment_domain_preferred", "crm.lead"),
            ),
            "data_recycle.model": (RootDomain("domain", ".res_model_name"),),
            "gamification.challenge": (RootDomain("user_domain", "res.users"),),
            "gamification.goal.definition": (RootDomain("domain", ".model_id.model"),),
        }

    @api.model
    def _check(self, model, domain):
        """Check that the user may read the fields in a domain.

        :param str model: name of the model to filter
        :param domain: a domain, also as text; an invalid domain is ignored, because it
            finds nothing
        :raise AccessError: names the field that the user may not read
        """
        try:
            text = isinstance(domain, str)
            domain = Domain(literal_eval(domain) if text else domain)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return
        records = self.env.get(model)
        if records is not None:
            self._check_conditions(records, domain)

    @api.model
    def _check_conditions(self, records, domain):
        for condition in domain.iter_conditions():
            model = records
            for name in condition.field_expr.split("."):
                field = model._fields.get(name)
                if field is None:
                    break
                self._check_field(model, field)
                if not field.relational:
                    break
                model = self.env[field.comodel_name]
                self._check_model(model, field)
            else:
                value = condition.value
                if "any" in condition.operator:
                    self._check(model._name, value)

    @api.model
    def _check_field(self, model, field):
        if not model._has_field_access(field, "read"):
            self._refuse(field)

    @api.model
    def _check_model(self, model, field):
        """Raise for records about clients: record rules decide who may read them, and
        Odoo ignores these rules when it evaluates the filter with superuser rights.
        """
        about_clients = self.env.registry["client.record"] in type(model).mro()
        if about_clients or not model.has_access("read"):
            self._refuse(field)

    @api.model
    def _refuse(self, field):
        raise AccessError(
            self.env._(
                "You may not filter by “%(field)s”, because you may not read it. "
                "Remove it from the filter, or ask somebody who may read it.",
                field=field.get_description(self.env, ["string"])["string"],
            )
        )


class RootDomainGuard(Guard):
    """Checks the filters of a model where they are saved."""

    __slots__ = ()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._client_check_root_domains({})
        return records

    def write(self, vals):
        if self.env.su or not self or not isinstance(vals, dict):
            return super().write(vals)
        self.check_access("write")
        before = self._client_root_domains()
        result = super().write(vals)
        self._client_check_root_domains(before)
        return result

    def _client_root_domains(self):
        """:return: dict of pairs (model, domain), by record id and filter number"""
        root_domains = self.env["client.root.domain"]._root_domains()
        filters = root_domains.get(self._name, ())
        return {
            (record.id, number): (saved.model_of(record), record[saved.field])
            for record in self.sudo()
            for number, saved in enumerate(filters)
            if saved.field in record._fields
        }

    def _client_check_root_domains(self, before):
        """Raise for filters by fields that the user may not read.

        :param before: the filters before the change; unchanged filters are not checked
        """
        if self.env.su:
            return
        for key, (model, domain) in self._client_root_domains().items():
            if domain and (model, domain) != before.get(key):
                self.env["client.root.domain"]._check(model, domain)
