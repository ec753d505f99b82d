"""bin/test: linters, unit tests of JavaScript, processes, Python tests with tours."""

import argparse
import socket
import sys
import xml.etree.ElementTree
from pathlib import Path

from . import addon
from .browser import ensure_browser
from .command import run_command
from .console import Problem, say, step
from .environment import prepare_environment, prepare_venv
from .lint import TOOLS, Linters
from .locks import exclusive
from .node import Node
from .odoo_command import OdooCommand
from .paths import ADDON, INTEGRATIONS, ROOT, RUN, SUPPORT
from .postgres import Cluster
from .template import DATABASE, EXTENSION, INTEGRATION, TestDatabase
from .upgrades import Upgrades

FOLDER = RUN / "test"
LINKS = RUN / "addons" / ADDON
SHIM_ADDONS = SUPPORT / "addons"
EXTENDING = "test_client_segmentation_extension"
HOOT = f"/web:WebSuite.test_unit_desktop[@{ADDON}]"
STOCK = (
    "base/tests/test_res_partner.py::TestPartner",
    # Its test of new forms fails without the addon, on views.
    "base/tests/test_display_name.py::TestEveryModel::test_display_name_new_record",
    "base/tests/test_display_name.py::TestEveryModel"
    "::test_computed_fields_without_dependencies",
    "base/tests/test_overrides.py::TestOverrides",
    "account/tests/test_account_partner.py::TestAccountPartner",
    "web/tests/test_click_everywhere.py::TestMenusAdminLight",
)
EPILOG = """
Other arguments go to pytest: `bin/test -k rating -x`, `bin/test tests/test_search.py`.
The linters run first, the Python tests last; a skipped test is a failure. With
arguments of pytest, the scenarios of tests/processes do not run.
Everything goes to the folder .run of the checkout; remove it to start from nothing.
ODOO_HOME=<folder> uses an Odoo 19 that you have instead of downloading one.
"""


def main():
    """Parse the command line and run the tests; returns the exit code."""
    options, pytest_arguments = _parser().parse_known_args()
    return run_command("bin/test", lambda: TestRun(options, pytest_arguments).run())


def _parser():
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description="Lint and test Client Segmentation in an Odoo 19 of its own.",
        usage="bin/test [options] [arguments of pytest]",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--no-lint", action="store_true", help="run the tests only")
    parser.add_argument(
        "--lint-only",
        nargs="?",
        const=",".join(TOOLS),
        metavar="TOOLS",
        help=f"run the linters only, or some of them ({', '.join(TOOLS)})",
    )
    parser.add_argument(
        "--fix", action="store_true", help="let the linters mend what they can"
    )
    parser.add_argument(
        "--processes-only",
        nargs="?",
        const="",
        metavar="SCENARIOS",
        help="run the scenarios of tests/processes only, or some of them",
    )
    parser.add_argument(
        "--full-size",
        action="store_true",
        help="these scenarios with as much data as their figures are published for",
    )
    parser.add_argument(
        "--stock",
        action="store_true",
        help="also uninstall and reinstall the addon, and run tests of Odoo's own",
    )
    parser.add_argument(
        "--extended",
        action="store_true",
        help="also run all tests beside an addon that extends Client Segmentation",
    )
    parser.add_argument(
        "--upgrades",
        action="store_true",
        help="also update Odoo and the addon on a database with many of Odoo's apps",
    )
    return parser


class TestRun:
    """One run of the command."""

    def __init__(self, options, pytest_arguments):
        self.options = options
        self.pytest_arguments = pytest_arguments
        self.failed = []

    def run(self):
        """Run all that was asked for; returns the exit code."""
        if self.options.lint_only:
            return self._lint_only(self.options.lint_only.split(","))
        busy = "bin/test is running in this checkout already (process {pid})"
        with exclusive("test", busy):
            odoo, venv = prepare_environment()
            ensure_browser()
            node = Node(venv)
            node.ensure()
            if not self.options.no_lint and self.options.processes_only is None:
                self.failed += Linters(venv, self.options.fix).run(TOOLS)
            FOLDER.mkdir(exist_ok=True)
            with Cluster(FOLDER, venv, durable=False) as cluster:
                say("\n== Odoo")
                addons = [*addon.link_addon(), SHIM_ADDONS]
                self.command = OdooCommand(odoo, venv, cluster, addons)
                self.command.variables["AXE_CORE"] = str(node.axe)
                self.database = TestDatabase(self.command)
                self.database.make()
                if self.options.processes_only is not None:
                    return self._processes(*self.options.processes_only.split(","))
                self._hoot()
                if not self.pytest_arguments and self._processes():
                    self.failed.append("processes")
                if not self.pytest_arguments:
                    self._attempt("Update of base", Upgrades(self.database).base)
                    self._more_apps()
                    self._extension()
                if self.options.upgrades:
                    self._upgrades()
                if self.options.stock:
                    self._stock()
                return self._pytest()

    def _lint_only(self, names):
        unknown = set(names) - set(TOOLS)
        if unknown:
            raise Problem(f"no linter is called {', '.join(sorted(unknown))}")
        failed = Linters(prepare_venv(), self.options.fix).run(names)
        if failed:
            raise Problem(f"findings of {', '.join(failed)}, see above")
        return 0

    def _hoot(self):
        if any((ROOT / "static" / "tests").rglob("*.test.js")):
            self._attempt("Unit tests of JavaScript (Hoot)", self._odoo_tests, HOOT)

    def _processes(self, *scenarios):
        """What only several processes show; returns the exit code."""
        say("\n== Processes")
        script = ROOT / "tests" / "processes" / "run.py"
        log = FOLDER / "processes.log"
        log.unlink(missing_ok=True)
        options = ["-c", self.command.config, "--log", log]
        options += ["--full"] if self.options.full_size else []
        with self.database.copies() as (addon, stock):
            databases = ["-d", addon, "--stock", stock]
            return self.command.show(
                [script, *options, *databases, *filter(None, scenarios)]
            )

    def _more_apps(self):
        """The addons and tests that need more of Odoo's apps than the addon itself.

        First as in a container, whose addons path has no folder `integrations`.
        """
        self.database.make_copy(INTEGRATION)
        alone = self.command.without(INTEGRATIONS)
        for top, command in ((SHIM_ADDONS, alone), (INTEGRATIONS, self.command)):
            say(f"\n== pytest of {top.name}, with more of Odoo's apps")
            found = sorted(set(top.glob("*/tests")) - {_extension_tests()})
            names = ",".join(tests.parent.name for tests in found)
            with step("Database with more apps") as current:
                command.update(INTEGRATION, "-i", names, step=current)
            arguments = (f"pytest of {top.name}", top, found, INTEGRATION, command)
            self._attempt_pytest(*arguments)

    def _extension(self):
        """The tests of an addon that extends this one by `_inherit` alone, with
        `--extended` also all tests of this addon, and a check that it leaves no trace.
        """
        self.database.make_copy(EXTENSION)
        say("\n== pytest with an addon that extends this one")
        command = self.command.without(INTEGRATIONS)
        with step("Database with that addon") as current:
            command.update(EXTENSION, "-i", EXTENDING, step=current)
        own = (SHIM_ADDONS, [_extension_tests()], EXTENSION, command)
        self._attempt_pytest(f"pytest of {EXTENDING}", *own)
        if self.options.extended:
            ours = (LINKS.parent, [LINKS / "tests"], EXTENSION, command)
            self._attempt_pytest("pytest, extended", *ours)
        uninstall = Upgrades(self.database).extension
        self._attempt("Uninstall it", uninstall, EXTENSION, EXTENDING)

    def _upgrades(self):
        try:
            Upgrades(self.database).many_apps()
        except Problem as problem:
            self._failed("upgrades", problem)

    def _stock(self):
        self._attempt("Uninstall", Upgrades(self.database).uninstall)
        self._attempt("Install again", self._install_again)
        self.database.make()
        say("\n== pytest, on tests of Odoo's own")
        tests = [self.command.odoo.find_addon(*test.split("/", 1)) for test in STOCK]
        if self._call_pytest(self.command.odoo.folder, ["-q", *tests]):
            self.failed.append("tests of Odoo's own")

    def _install_again(self, current):
        self.command.update(DATABASE, "-i", ADDON, step=current)

    def _odoo_tests(self, current, tags):
        options = [f"--http-port={_free_port()}", f"--test-tags={tags}"]
        self.command.run(DATABASE, *options, step=current)

    def _attempt(self, name, function, *arguments):
        """Run a part whose failure does not keep the others from running."""
        try:
            with step(name) as current:
                function(current, *arguments)
        except Problem as problem:
            self._failed(name, problem)

    def _failed(self, name, problem):
        self.failed.append(name)
        say("\n".join([f"  {problem}", *(f"  | {li}" for li in problem.details)]))

    def _pytest(self):
        """The Python tests, last, so that their summary is the end of the output."""
        if self.failed:
            say(f"\n  FAILED so far: {', '.join(self.failed)}")
        say("\n== pytest")
        arguments = [_through_links(text) for text in self.pytest_arguments]
        if arguments == self.pytest_arguments:  # no test file is named: all of them
            arguments.append(LINKS / "tests")
        self._attempt_pytest("pytest", LINKS.parent, arguments)
        if self.failed:
            print(f"bin/test: FAILED: {', '.join(self.failed)}", file=sys.stderr)
        return int(bool(self.failed))

    def _attempt_pytest(self, name, top, arguments, database=DATABASE, command=None):
        """Run tests of this repository. None may fail or be skipped."""
        report = FOLDER / "report.xml"
        report.unlink(missing_ok=True)
        options = [f"--junitxml={report}", *arguments]
        if self._call_pytest(top, options, database, command):
            self.failed.append(name)
        skipped = _skipped(report)
        if skipped:
            self.failed.append(f"{skipped} skipped (a skipped test proves nothing)")

    def _call_pytest(self, top, arguments, database=DATABASE, command=None):
        """Run pytest on a database; `top` is the folder that the addons lie in.

        Seen from above, pytest would take the checkout itself for a Python package.
        """
        command = command or self.command
        options = [f"--odoo-config={command.config}", "--odoo-http"]
        options += [f"--odoo-database={database}", "-p", "no:cacheprovider"]
        options += [f"--config-file={ROOT / 'pyproject.toml'}"]
        options += [f"--rootdir={top}", f"--confcutdir={top}"]
        return command.pytest([*options, *arguments])


def _extension_tests():
    return SHIM_ADDONS / EXTENDING / "tests"


def _through_links(argument):
    """An argument of pytest, a path in the checkout replaced by the link to it."""
    name, *rest = argument.split("::")
    path = Path(name).resolve()
    if not path.exists() or not path.is_relative_to(ROOT / "tests"):
        return argument
    return "::".join([str(LINKS / path.relative_to(ROOT)), *rest])


def _free_port():
    """A port nobody listens on, for Odoo's own test server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _skipped(report):
    """How many tests were skipped; those expected to fail are no skips."""
    if not report.is_file():
        return 0
    found = xml.etree.ElementTree.parse(report).iter("skipped")
    return sum(element.get("type") == "pytest.skip" for element in found)
