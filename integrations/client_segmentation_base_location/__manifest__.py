{
    "name": "Client Segmentation: Cities and Postcodes",
    "summary": "Uses the cities and postcodes of OCA's base_location as places",
    "version": "19.0.1.0.0",
    "category": "Sales",
    "author": "Client Segmentation contributors",
    "license": "LGPL-3",
    "auto_install": True,
    "depends": ["client_segmentation", "base_location"],
    "data": ["data/client_place_data.xml"],
}
