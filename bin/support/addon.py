"""The addon of this checkout: its links for Odoo, its dependencies, its fingerprint."""

import ast
import hashlib
import os

from .disk import remove
from .paths import ADDON, INTEGRATIONS, ROOT, RUN

NOT_ADDON = {"bin", "benchmarks", "doc", "integrations", "node_modules", "__pycache__"}
NOT_CODE = {"tests", "__pycache__", "node_modules"}


def link_addon():
    """Make `.run/addons/client_segmentation`, and return the folders of own addons.

    It links the parts of the checkout rather than the checkout: a link to a folder
    above itself would send tools that follow links round in circles.
    """
    folder = RUN / "addons" / ADDON
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {path.name: path for path in _parts()}
    for link in folder.iterdir():
        if link.name not in wanted or not link.is_symlink():
            if link.is_dir() and not link.is_symlink():
                remove(link)
            else:
                link.unlink()
    for name, path in wanted.items():
        link = folder / name
        target = os.path.relpath(path, folder)
        if not link.is_symlink() or os.readlink(link) != target:
            link.unlink(missing_ok=True)
            link.symlink_to(target)
    return [folder.parent, *([INTEGRATIONS] if _integrations() else [])]


def dependencies():
    """Names of the stock addons the manifest depends on, sorted."""
    manifest = ast.literal_eval((ROOT / "__manifest__.py").read_text(encoding="utf-8"))
    return sorted(manifest["depends"])


def fingerprint():
    """A hash over everything of the addon that a database may have been made from."""
    digest = hashlib.sha256()
    for top in [*_parts(), *_integrations()]:
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            inside = path.relative_to(ROOT)
            if path.is_file() and not NOT_CODE.intersection(inside.parts):
                digest.update(f"{inside}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _parts():
    return sorted(
        path
        for path in ROOT.iterdir()
        if not path.name.startswith(".") and path.name not in NOT_ADDON
    )


def _integrations():
    return sorted(path.parent for path in INTEGRATIONS.glob("*/__manifest__.py"))
