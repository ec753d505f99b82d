"""Odoo's own methods that read: each of them, on whatever model, for one user."""

from .rpc_walk import is_ours_model

TYPES_TO_GROUP = {"many2one", "selection", "boolean", "char", "date", "datetime"}
SKIPPED = {"create_uid", "write_uid", "create_date", "write_date"}


def models_of_ours(env):
    """:return: names of the models with rows that this addon defines, sorted"""
    return sorted(
        name
        for name, model in env.items()
        if not model._abstract and is_ours_model(model)
    )


class Reader:
    """One user who tries to read what he may not."""

    def __init__(self, env, walker, user, secret):
        self.walker, self.user, self.secret = walker, user, secret
        self.env = env(user=user.id, context={}, su=False)

    def over(self, model, hidden):
        """:param hidden: records of the model that the user may not read
        :return: the calls that tell him something, a sentence each
        """
        told = []
        for name, arguments in self._calls(self.env[model], hidden):
            outcome = self.walker.call(self.user, model, name, arguments)
            texts = (outcome.error and str(outcome.error), outcome.result)
            if any(self.secret in text for text in texts if text):
                told.append(f"{self.user.login}: {model}.{name}{arguments!r:.150}")
        return told

    def _calls(self, records, hidden):
        """:return: pairs of a method and its arguments"""
        fields = records.fields_get() if records.has_access("read") else {}
        names = sorted(fields.keys() - SKIPPED)
        relations = [name for name in names if fields[name].get("relation")]
        specification = {
            name: {"fields": {"display_name": {}}} if name in relations else {}
            for name in names
        }
        dotted = [f"{name}/display_name" for name in relations]
        if hidden:
            yield "read", [hidden.ids, names]
            yield "web_read", [hidden.ids, specification]
            yield "export_data", [hidden.ids, [*names, *dotted]]
            yield "copy", [hidden[:1].ids]
            yield "get_metadata", [hidden.ids]
            yield "web_save", [hidden[:1].ids, {}, specification]
            yield "onchange", [hidden[:1].ids, {}, [], specification]
        yield "search_read", [[], names]
        yield "web_search_read", [[], specification]
        yield "name_search", [self.secret]
        yield "web_name_search", [self.secret, {"display_name": {}}]
        for name in names:
            if fields[name]["type"] in TYPES_TO_GROUP and fields[name].get("groupable"):
                yield "formatted_read_group", [[], [name], ["__count"]]
                yield "web_read_group", [[], [name], ["__count"]]
            if fields[name]["type"] in ("many2one", "selection"):
                yield "search_panel_select_range", [name]
                yield "search_panel_select_multi_range", [name]

    def counts(self, model, paths):
        """:return: the searches by which he learns of the secret, a sentence each"""
        told = []
        for path in paths:
            domain = [(path, "ilike", self.secret)]
            outcome = self.walker.call(self.user, model, "search_count", [domain])
            if outcome.result not in (None, "0"):
                told.append(f"{self.user.login}: {model} {domain} {outcome.result}")
        return told
