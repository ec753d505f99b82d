import json
import re
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import format_date, get_lang
from odoo.tools.translate import code_translations

# The filters of the addon's dashboard that are named after a criterion, by id.
CRITERION_FILTERS = {
    "client-criterion-1": "client_criterion_1_id",
    "client-criterion-2": "client_criterion_2_id",
}
# The titles of the tables by criterion, by their formula in the file.
CRITERION_TITLES = {
    '=_t("Revenue by the First Criterion")': "client_criterion_1_id",
    '=_t("Revenue by the Second Criterion")': "client_criterion_2_id",
}
PERIOD_FILTER = "client-period"
# The cells of the sheet with the numbers that the server fills.
DATE_FORMAT, WINDOW, WINDOW_BEFORE, TODAY, SLASH = "P2", "P5", "P6", "P7", "P8"
TERM = re.compile(r'_t\("([^"]*)"\)')


def _formula(text):
    """:return: formula of a cell that shows a text as it is"""
    return '="{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"'))


class SpreadsheetDashboard(models.Model):
    _inherit = "spreadsheet.dashboard"

    def _get_serialized_readonly_dashboard(self):
        """The overview with the names of the criteria as users have named them, and
        with the periods of the current company.
        """
        serialized = super()._get_serialized_readonly_dashboard()
        if not all(name in serialized for name in (*CRITERION_FILTERS, PERIOD_FILTER)):
            return serialized
        dashboard = json.loads(serialized)
        snapshot = dashboard["snapshot"]
        self._name_criteria(snapshot)
        self._set_periods(snapshot)
        return json.dumps(dashboard)

    def _name_criteria(self, snapshot):
        """Name filters, tables and titles by criterion as users have named these."""
        labels = self.env["client.criterion"]._field_labels()
        for global_filter in snapshot.get("globalFilters", ()):
            label = labels.get(CRITERION_FILTERS.get(global_filter["id"]))
            global_filter["label"] = label or global_filter["label"]
        for pivot in snapshot.get("pivots", {}).values():
            # The name of a pivot is the head of its first column.
            if len(pivot["rows"]) == 1:
                label = labels.get(pivot["rows"][0]["fieldName"])
                pivot["name"] = label or pivot["name"]
        for sheet in snapshot["sheets"]:
            for cell, content in sheet["cells"].items():
                if label := labels.get(CRITERION_TITLES.get(content)):
                    title = self.env._("Revenue by %s", label)
                    sheet["cells"][cell] = _formula(title)

    def _set_periods(self, snapshot):
        """Set the default period, and the texts that name the periods.

        The default is the window of the settings, at most a year, because a period is
        compared with the same period a year before.
        """
        metrics, company = self.env["client.metric"], self.env.company
        scope = metrics._scope(company)
        today, one_day = scope.as_of, timedelta(days=1)
        first = max(scope.before_window, today - relativedelta(years=1)) + one_day
        for global_filter in snapshot["globalFilters"]:
            if global_filter["id"] == PERIOD_FILTER:
                global_filter["defaultValue"] = {
                    "type": "range",
                    "from": fields.Date.to_string(first),
                    "to": fields.Date.to_string(today),
                }
        for pivot in snapshot["pivots"].values():
            # The year before reaches as far as the period has come.
            matching = pivot["fieldMatching"].get(PERIOD_FILTER, {})
            if matching.get("chain") == "date_next_year":
                up_to_now = ["date_next_year", "<=", fields.Date.to_string(today)]
                pivot["domain"].append(up_to_now)
        before, last = scope.window_year_before
        texts = {
            "window": (scope.before_window + one_day, today),
            "year_before": (before + one_day, last),
        }
        texts = {
            name: " – ".join(format_date(self.env, day) for day in days)
            for name, days in texts.items()
        }
        # Spreadsheets have no date format with dots.
        has_dots = "." in get_lang(self.env).date_format
        self._data_cells(snapshot).update(
            {
                SLASH: _formula("." if has_dots else "/"),
                DATE_FORMAT: _formula(snapshot["settings"]["locale"]["dateFormat"]),
                WINDOW: _formula(texts["window"]),
                WINDOW_BEFORE: _formula(texts["year_before"]),
                TODAY: f"=DATE({today.year},{today.month},{today.day})",
            }
        )

    @api.model
    def _data_cells(self, snapshot):
        """:return: dict of the cells of the hidden sheet with the numbers"""
        return snapshot["sheets"][-1]["cells"]

    def _get_sample_dashboard(self):
        """Translate the sample of this addon. Odoo shows samples in English only."""
        sample = super()._get_sample_dashboard()
        module = self._get_dashboard_translation_namespace()
        if not sample or module != "client_segmentation":
            return sample
        lang = self.env["res.lang"]
        sample.setdefault("settings", {})["locale"] = (
            lang._get_user_spreadsheet_locale()
        )
        code = get_lang(self.env).code
        translations = code_translations.get_web_translations(module, code)
        terms = {
            message["id"]: message["string"]
            for message in translations.get("messages", ())
        }

        def translate(match):
            return json.dumps(terms.get(match[1], match[1]), ensure_ascii=False)

        for sheet in sample["sheets"]:
            for cell, content in sheet["cells"].items():
                sheet["cells"][cell] = TERM.sub(translate, content)
            for figure in sheet["figures"]:
                for name in ("title", "baselineDescr"):
                    text = figure["data"].get(name) or {}
                    if text.get("text"):
                        text["text"] = terms.get(text["text"], text["text"])
        return sample
