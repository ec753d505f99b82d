{
    "name": "Tests: Client Segmentation for everybody",
    "summary": "For bin/test only: keyboard, labels and contrast of pages (axe-core)",
    "version": "19.0.1.0.0",
    "author": "Client Segmentation contributors",
    "license": "LGPL-3",
    "depends": ["client_segmentation"],
    "assets": {
        "web.assets_tests": ["test_client_segmentation_axe/static/tests/tours/*"],
    },
}
