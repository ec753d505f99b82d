import json

from odoo import models

# The filters of our dashboard that bear the name of a criterion, by id.
CRITERION_FILTERS = {
    "client-criterion-1": "client_criterion_1_id",
    "client-criterion-2": "client_criterion_2_id",
}


class SpreadsheetDashboard(models.Model):
    _inherit = "spreadsheet.dashboard"

    def _get_serialized_readonly_dashboard(self):
        """Filters and tables by criterion have the names that people gave these."""
        serialized = super()._get_serialized_readonly_dashboard()
        if not any(name in serialized for name in CRITERION_FILTERS):
            return serialized
        dashboard = json.loads(serialized)
        snapshot = dashboard["snapshot"]
        labels = self.env["client.criterion"]._field_labels()
        for one in snapshot.get("globalFilters", ()):
            label = labels.get(CRITERION_FILTERS.get(one["id"]))
            one["label"] = label or one["label"]
        for pivot in snapshot.get("pivots", {}).values():
            # The name of a pivot is the head of its first column.
            if len(pivot["rows"]) == 1:
                label = labels.get(pivot["rows"][0]["fieldName"])
                pivot["name"] = label or pivot["name"]
        return json.dumps(dashboard)
