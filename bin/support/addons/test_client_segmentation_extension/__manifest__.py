{
    "name": "Tests: an addon that extends Client Segmentation",
    "summary": "For bin/test only: figure, source, class, trigger, bulk field",
    "version": "19.0.1.0.0",
    "author": "Client Segmentation contributors",
    "license": "LGPL-3",
    "depends": ["client_segmentation"],
    "data": [
        "security/ir.model.access.csv",
        "views/test_rental_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "wizards/client_bulk_wizard_views.xml",
    ],
}
