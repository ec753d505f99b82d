{
    "name": "Client Segmentation: Data Recycle",
    "summary": "A rule that proposes clients without activity for archiving",
    "version": "19.0.1.0.0",
    "category": "Sales",
    "author": "Client Segmentation contributors",
    "license": "LGPL-3",
    "auto_install": True,
    "depends": ["client_segmentation", "data_recycle"],
    "data": [
        "data/data_recycle_model_data.xml",
        "views/data_recycle_views.xml",
    ],
}
