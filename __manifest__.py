{
    "name": "Client Segmentation",
    "summary": "Types, criteria, stars and statuses that follow your invoices",
    "version": "19.0.1.3.0",
    "category": "Sales",
    "author": "Client Segmentation contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "account",
        "base_import",
        "calendar",
        "contacts",
        "spreadsheet_dashboard",
        "utm",
    ],
    "data": [
        # Security
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        # Data
        "data/client_type_data.xml",
        "data/client_status_data.xml",
        "data/client_criterion_data.xml",
        "data/client_rating_data.xml",
        "data/client_status_rule_data.xml",
        "data/ir_cron_data.xml",
        # Wizards
        "wizards/metric/client_class_wizard_views.xml",
        "wizards/block/client_block_wizard_views.xml",
        "wizards/bulk/client_bulk_wizard_views.xml",
        "wizards/rule/client_status_rule_try_views.xml",
        # Views
        "views/lists/client_type_views.xml",
        "views/lists/client_status_views.xml",
        "views/lists/client_criterion_views.xml",
        "views/lists/client_criterion_value_views.xml",
        "views/lists/client_rating_views.xml",
        "views/rule/client_status_rule_views.xml",
        "views/partner/client_change_views.xml",
        "views/bulk/client_bulk_operation_views.xml",
        "views/partner/res_partner_views.xml",
        "views/partner/client_form_views.xml",
        "views/partner/client_search_views.xml",
        "views/partner/client_views.xml",
        "views/metric/client_work_list_views.xml",
        "views/metric/client_silence_list_views.xml",
        "views/analysis/client_revenue_report_views.xml",
        "views/analysis/client_discount_report_views.xml",
        "views/block/account_move_views.xml",
        "views/settings/res_config_settings_views.xml",
        "views/menus.xml",
        "views/analysis/client_analysis_views.xml",
        # The dashboard opens menus
        "data/spreadsheet_dashboard_data.xml",
    ],
    "demo": ["demo/demo.xml"],
    "assets": {
        "web.assets_backend": [
            "client_segmentation/static/src/**/*",
            ("remove", "client_segmentation/static/src/revenue_views/**/*"),
        ],
        # Odoo loads pivots and graphs when the first one is opened.
        "web.assets_backend_lazy": [
            "client_segmentation/static/src/revenue_views/**/*"
        ],
        "web.assets_tests": ["client_segmentation/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["client_segmentation/static/tests/**/*.test.js"],
    },
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
