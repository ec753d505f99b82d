"""The Odoo to run: the one of ODOO_HOME, or a Debian package unpacked into `.run`."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from .console import Problem, step
from .debian import USE_ODOO_HOME, Repository
from .disk import new_folder, remove, require_space
from .paths import ODOO, RUN, SERIES

PACKAGE = f"odoo-{SERIES}"
# Its web files are links into these packages.
WEB_FILES = (
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
UNPACKED_IN = Path("usr/lib/python3/dist-packages")
RELEASE = Path("odoo/release.py")
SPACE = 1800  # MB: the packages and what comes out of them


@dataclass(frozen=True)
class Odoo:
    """An Odoo on disk: the folder to put on Python's path."""

    folder: Path

    @property
    def addons_paths(self):
        """The folders of stock addons, in a source checkout or a package."""
        base, others = self.folder / "odoo" / "addons", self.folder / "addons"
        apart = others.is_dir() and others.resolve() != base.resolve()
        return [base, others] if apart else [base]

    def find_addon(self, name, inside):
        """The path of the file `inside` the stock addon `name`."""
        folders = [path / name for path in self.addons_paths]
        return next(folder for folder in folders if folder.is_dir()) / inside


def find_odoo():
    """The Odoo to use, downloaded when there is none yet. Call under the lock."""
    home = os.environ.get("ODOO_HOME")
    if home:
        return _from_home(Path(home).expanduser())
    if not (ODOO / UNPACKED_IN / RELEASE).is_file():
        _download()
    return Odoo(ODOO / UNPACKED_IN)


def _from_home(home):
    for folder in (home, home / UNPACKED_IN):
        release = folder / RELEASE
        if not release.is_file():
            continue
        found = re.search(
            r"^version_info = \((.+?),", release.read_text(), re.MULTILINE
        )
        series = found[1].strip("'\"") if found else "unknown"
        if series != str(SERIES):
            raise Problem(f"ODOO_HOME is Odoo {series}, this addon needs Odoo {SERIES}")
        return Odoo(folder.resolve())
    raise Problem(
        f"ODOO_HOME ({home}) has no odoo/release.py: it must be the folder that "
        f"contains the `odoo` package of Odoo {SERIES}"
    )


def _download():
    staging = RUN / "odoo.part"
    remove(ODOO)
    with step(f"Odoo {SERIES} (Debian package)") as current:
        require_space(SPACE)
        repository = Repository(current)
        version = repository.version(PACKAGE)
        if not version or not version.startswith(f"{SERIES}."):
            raise Problem(
                f"Debian has no Odoo {SERIES} any more (found: {version}): "
                f"{USE_ODOO_HOME}"
            )
        new_folder(staging)
        repository.unpack([PACKAGE, *WEB_FILES], staging)
        if not (staging / UNPACKED_IN / RELEASE).is_file():
            raise Problem(f"Debian's {PACKAGE} {version} is laid out in a new way")
        remove(repository.folder)
        staging.rename(ODOO)
