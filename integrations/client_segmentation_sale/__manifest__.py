{
    "name": "Client Segmentation: Sales",
    "summary": "The key note of the client, and why it is blocked, on quotations",
    "version": "19.0.1.0.0",
    "category": "Sales",
    "author": "Client Segmentation contributors",
    "license": "LGPL-3",
    "auto_install": True,
    "depends": ["client_segmentation", "sale"],
    "data": ["views/sale_order_views.xml"],
}
