{
    "name": "Tests: clients and mailings",
    "summary": "For bin/test only: the client file works with mailings, e-mail and SMS",
    "version": "19.0.1.0.0",
    "author": "Client Segmentation contributors",
    "license": "LGPL-3",
    "depends": ["client_segmentation", "mass_mailing", "sms"],
}
