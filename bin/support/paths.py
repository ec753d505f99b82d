"""Where things are: the checkout, and the one ignored folder everything goes to."""

from pathlib import Path

ADDON = "client_segmentation"
SERIES = 19

ROOT = Path(__file__).resolve().parents[2]
SUPPORT = ROOT / "bin" / "support"
REQUIREMENTS = ROOT / "bin" / "requirements.txt"
INTEGRATIONS = ROOT / "integrations"

RUN = ROOT / ".run"
ODOO = RUN / "odoo"
PYCACHE = RUN / "pycache"
ENVIRONMENT_LOG = RUN / "environment.log"
