import json
import re

from odoo import models
from odoo.tools import get_lang
from odoo.tools.translate import code_translations

# The filters of the addon's dashboard that are named after a criterion, by id.
CRITERION_FILTERS = {
    "client-criterion-1": "client_criterion_1_id",
    "client-criterion-2": "client_criterion_2_id",
}
TERM = re.compile(r'_t\("([^"]*)"\)')


class SpreadsheetDashboard(models.Model):
    _inherit = "spreadsheet.dashboard"

    def _get_serialized_readonly_dashboard(self):
        """Name filters and tables by criterion as users have named the criteria."""
        serialized = super()._get_serialized_readonly_dashboard()
        if not any(name in serialized for name in CRITERION_FILTERS):
            return serialized
        dashboard = json.loads(serialized)
        snapshot = dashboard["snapshot"]
        labels = self.env["client.criterion"]._field_labels()
        for global_filter in snapshot.get("globalFilters", ()):
            label = labels.get(CRITERION_FILTERS.get(global_filter["id"]))
            global_filter["label"] = label or global_filter["label"]
        for pivot in snapshot.get("pivots", {}).values():
            # The name of a pivot is the head of its first column.
            if len(pivot["rows"]) == 1:
                label = labels.get(pivot["rows"][0]["fieldName"])
                pivot["name"] = label or pivot["name"]
        return json.dumps(dashboard)

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
