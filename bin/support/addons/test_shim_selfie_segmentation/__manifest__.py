{
    "name": "Test shim: no selfie segmentation",
    "summary": "For bin/test only: Debian's Odoo lacks a library that mail lists",
    "version": "19.0.1.0.0",
    "author": "Client Segmentation contributors",
    "license": "LGPL-3",
    "depends": ["mail"],
    # The missing file is a console error, which fails every browser test.
    "assets": {
        "web.assets_backend": [
            (
                "remove",
                "mail/static/lib/selfie_segmentation/selfie_segmentation.js",
            ),
        ],
    },
}
