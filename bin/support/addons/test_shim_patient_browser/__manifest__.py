{
    "name": "Test shim: patient tests over HTTP",
    "summary": "For bin/test only: such tests have the time that a busy machine needs",
    "version": "19.0.1.0.0",
    "author": "Client Segmentation contributors",
    "license": "LGPL-3",
    "depends": ["web"],
}
