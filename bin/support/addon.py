"""The addon of this checkout: its links for Odoo, and its dependencies."""

import ast
import contextlib
import os

from .paths import ADDON, INTEGRATIONS, ROOT, RUN

NOT_ADDON = {"bin", "benchmarks", "doc", "integrations", "node_modules"}


def link_addon():
    """Make `.run/addons/client_segmentation`, and return the folders of own addons.

    Its folders are real and its files are links, because click-odoo looks for changed
    files and does not follow links to folders. Correct links stay, because another
    command may be reading them.
    """
    folder = RUN / "addons" / ADDON
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {path.relative_to(ROOT): path for path in _files()}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink() and path.relative_to(folder) not in wanted:
            path.unlink()
        elif not path.is_symlink():
            with contextlib.suppress(OSError):  # unless something is in it
                path.rmdir()
    for inside, path in wanted.items():
        link = folder / inside
        target = os.path.relpath(path, link.parent)
        if not link.is_symlink() or os.readlink(link) != target:
            link.parent.mkdir(parents=True, exist_ok=True)
            link.unlink(missing_ok=True)
            link.symlink_to(target)
    return [folder.parent, *([INTEGRATIONS] if _has_integrations() else [])]


def dependencies():
    """Names of the stock addons the manifest depends on, sorted."""
    manifest = ast.literal_eval((ROOT / "__manifest__.py").read_text(encoding="utf-8"))
    return sorted(manifest["depends"])


def _files():
    """The files of the addon in this checkout."""
    for top in ROOT.iterdir():
        if top.name.startswith(".") or top.name in NOT_ADDON:
            continue
        for path in [top] if top.is_file() else top.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def _has_integrations():
    return any(INTEGRATIONS.glob("*/__manifest__.py"))
