{
    "name": "Tests: Client Segmentation and Sales",
    "summary": "For bin/test only: blocked clients, orders and discounts with Sales",
    "version": "19.0.1.0.0",
    "author": "Client Segmentation contributors",
    "license": "LGPL-3",
    "depends": [
        "client_segmentation",
        "sale",
        "base_automation",
        "account_debit_note",
    ],
}
