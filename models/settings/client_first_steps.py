from odoo import api, models
from odoo.exceptions import AccessError

MANAGER = "client_segmentation.group_client_manager"
BEST = 10  # the number of best clients whose key note is written first
# Origins of changes by people, and the qualifiers that say who a client is.
BY_PEOPLE = ("hand", "bulk", "import")
REVIEWED = (
    "client_status_id",
    "client_type_id",
    "client_rating",
    "client_criterion_1_id",
    "client_criterion_2_id",
    "category_id",
)


class ClientFirstSteps(models.AbstractModel):
    """What the current company has to do once. A panel above the list of clients shows
    it to administrators of the client file.

    The database tells whether a step is done, not a click. Clients and criteria are
    shared by all companies; figures, limits and rules belong to one company.

    Odoo's module `onboarding` is not used: it stores which steps have been clicked, and
    the web client of Odoo 19 does not show its panel.
    """

    _name = "client.first.steps"
    _description = "First Steps"

    @api.model
    def panel(self):
        """The steps that the user can do. If all of them are done, the panel closes.

        :return: dict of the `company` and the `steps`: `name`, `title`, `text`, `done`,
            the XML id of the `action` that does it with its `context`, and `decide`,
            the text of a button for those who need not change anything; False if the
            panel is closed
        """
        company = self._company()
        if company.client_first_steps_closed:
            return False
        steps = self._steps(company)
        if not steps or all(step["done"] for step in steps):
            company.client_first_steps_closed = bool(steps)
            return False
        return {"company": company.name, "steps": steps}

    @api.model
    def close(self):
        """Close the panel of the current company, for all users and for good."""
        self._company().client_first_steps_closed = True

    @api.model
    def keep_limits(self):
        """The limits of the current company are right as they are."""
        self._company().client_limits_kept = True

    @api.model
    def _company(self):
        """:return: the current company, with superuser rights
        :raise AccessError: if the user is not an administrator of the client file
        """
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("The first steps are for administrators of the client file.")
            )
        return self.env.company.sudo()

    @api.model
    def _steps(self, company):
        """:return: list of the steps, see `panel`"""
        steps = [
            self._review(company),
            self._notes(company),
            self._criteria(),
            self._limits(company),
            self._rules(company),
        ]
        # Administrators of the client file may lack the right to change contacts.
        if not self.env["res.partner"].has_access("write"):
            steps = steps[2:]
        return steps

    def _review(self, company):
        return {
            "name": "review",
            "title": self.env._("Review the list of clients"),
            "text": self.env._(
                "Tick clients and give them a type, a status, a rating or tags."
            ),
            "action": "client_segmentation.client_action",
            "context": {"search_default_client_unrated": 1},
            "done": self._has_changes(
                company, ("qualifier", "in", REVIEWED), ("origin", "in", BY_PEOPLE)
            ),
        }

    def _notes(self, company):
        best = self.env["client.metric"].search(
            [("company_id", "=", company.id), ("revenue_rank", ">", 0)],
            order="revenue_rank, id",
            limit=BEST,
        )
        clients = best.partner_id
        written = len(clients.filtered("client_key_note"))
        text = self.env._("The first clients with an invoice will be in this list.")
        if clients:
            text = self.env._(
                "What everybody has to know before calling them: %(written)s of "
                "%(count)s are written.",
                written=written,
                count=len(clients),
            )
        return {
            "name": "notes",
            "title": self.env._("Write a key note on the ten best"),
            "text": text,
            "action": "client_segmentation.client_action_top",
            "done": bool(clients) and written == len(clients),
        }

    def _criteria(self):
        labels = self.env["client.criterion"]._field_labels()
        values = self.env["client.criterion.value"].sudo()
        return {
            "name": "criteria",
            "title": self.env._("Name your criteria"),
            "text": self.env._(
                "“%(first)s” and “%(second)s” are suggestions. Name them as you like, "
                "and enter their values.",
                first=labels.get("client_criterion_1_id"),
                second=labels.get("client_criterion_2_id"),
            ),
            "action": "client_segmentation.client_criterion_action",
            "done": bool(values.search_count([], limit=1)),
        }

    def _limits(self, company):
        names = company._client_limit_fields()
        defaults = company.default_get(names)
        changed = any(company[name] != defaults.get(name, 0) for name in names)
        return {
            "name": "limits",
            "title": self.env._("Set the limits of the classes"),
            "text": self.env._(
                "From which revenue on is a client VIP, from when on lost? See what "
                "other limits would change."
            ),
            "action": "client_segmentation.client_what_if_action",
            "decide": self.env._("Keep these limits"),
            "done": changed or company.client_limits_kept,
        }

    def _rules(self, company):
        return {
            "name": "rules",
            "title": self.env._("Let rules change the status"),
            "text": self.env._(
                "Open a rule and press “Try It”: it shows whom it would change, before "
                "you switch it on."
            ),
            "action": "client_segmentation.client_status_rule_action",
            "done": company.client_automation
            and self._has_changes(company, ("origin", "=", "rule")),
        }

    def _has_changes(self, company, *conditions):
        """:return: whether the journal has a line like this, of the company or of facts
        that all companies share
        """
        domain = [("company_id", "in", [company.id, False]), *conditions]
        return bool(self.env["client.change"].sudo().search_count(domain, limit=1))
