"""The linters: ruff, pylint-odoo and prettier, as the checkout configures them."""

from . import process
from .console import say
from .node import Node
from .paths import ADDON, ROOT, RUN

FORMATTED = "**/*.{css,js,mjs,scss,xml}"


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
        ruff = [self.venv.python, "-m", "ruff"]
        found = _call([*ruff, *check, "--output-format=concise", "."])
        return _call([*ruff, *layout, "."]) or found

    def pylint(self):
        """Odoo's conventions. Through a link, so that the addon bears its own name."""
        folder = RUN / "lint"
        folder.mkdir(exist_ok=True)
        link = folder / ADDON
        if not link.is_symlink():
            link.symlink_to(ROOT)
        pylint = [self.venv.python, "-m", "pylint", f"--rcfile={ROOT / '.pylintrc'}"]
        return _call([*pylint, ADDON], cwd=folder)

    def prettier(self):
        """The layout of XML, JavaScript and style sheets."""
        node = Node(self.venv)
        node.ensure()
        mode = "--write" if self.fix else "--check"
        arguments = [mode, "--no-error-on-unmatched-pattern", FORMATTED]
        return _call(node.prettier(*arguments))


TOOLS = {
    "ruff": Linters.ruff,
    "pylint": Linters.pylint,
    "prettier": Linters.prettier,
}


def _call(command, cwd=ROOT):
    return process.show(command, cwd=cwd)
