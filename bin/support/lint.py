"""The linters, as the checkout configures them."""

import shutil

from . import process
from .console import say
from .disk import remove
from .node import Node
from .paths import ADDON, INTEGRATIONS, ROOT, RUN, SUPPORT

FORMATTED = "**/*.{css,js,mjs,scss,xml}"
COPIES = RUN / "lint"


class Linters:
    """Runs each linter to its end and remembers which found something."""

    def __init__(self, venv, fix=False):
        self.venv = venv
        self.fix = fix

    def run(self, names):
        """Run the linters called `names`; returns those that found something."""
        failed = []
        for name in names:
            say(f"\n== {name}")
            if TOOLS[name](self):
                failed.append(name)
        return failed

    def ruff(self):
        """Python: what is wrong, and how it is laid out."""
        check = ["check", "--fix"] if self.fix else ["check"]
        layout = ["format"] if self.fix else ["format", "--check"]
        found = self._python("ruff", *check, "--output-format=concise", ".")
        return self._python("ruff", *layout, ".") or found

    def pylint(self):
        """Odoo's conventions, in the Python files of the addons."""
        settings = f"--rcfile={ROOT / '.pylintrc'}"
        return self._python("pylint", settings, *copy_addons(), cwd=COPIES)

    def oca(self):
        """Odoo's conventions, in the data files and the translations of the addons."""
        addons = copy_addons()
        settings = f"--config={ROOT / '.oca_hooks.cfg'}"
        hooks = "oca_pre_commit_hooks"
        found = self._python(f"{hooks}.cli", settings, *addons, cwd=COPIES)
        texts = [*ROOT.glob("i18n/*.po*"), *INTEGRATIONS.glob("*/i18n/*.po*")]
        if self.fix:  # it says what it mends, and fails
            self._python(f"{hooks}.cli_po", settings, "--fix", "--no-exit", *texts)
        return self._python(f"{hooks}.cli_po", settings, *texts) or found

    def prettier(self):
        """The layout of XML, JavaScript and style sheets."""
        node = Node(self.venv)
        node.ensure()
        mode = "--write" if self.fix else "--check"
        arguments = [mode, "--no-error-on-unmatched-pattern", FORMATTED]
        return process.show(node.prettier(*arguments), cwd=ROOT)

    def _python(self, module, *arguments, cwd=ROOT):
        return process.show([self.venv.python, "-m", module, *arguments], cwd=cwd)


TOOLS = {
    "ruff": Linters.ruff,
    "pylint": Linters.pylint,
    "oca": Linters.oca,
    "prettier": Linters.prettier,
}


def copy_addons():
    """Copy the addons side by side below a git top, as in a repository of addons.

    Both linters look for an addon's manifest from the git top down, and miss the one
    in the top itself.

    :return: the names of the addons
    """
    remove(COPIES)
    (COPIES / ".git").mkdir(parents=True)  # all that they ask for
    others = [*INTEGRATIONS.iterdir(), *(SUPPORT / "addons").iterdir()]
    addons = {path.name: path for path in others if (path / "__manifest__.py").exists()}
    addons[ADDON] = ROOT
    for name, path in addons.items():
        shutil.copytree(path, COPIES / name, ignore=_left_out)
    return sorted(addons)


def _left_out(folder, names):
    """The names in `folder` that are not the addon's."""
    out = {"__pycache__", "node_modules"}
    if folder == str(ROOT):
        out |= {"bin", "integrations"}
    return [name for name in names if name in out or name.startswith(".")]
