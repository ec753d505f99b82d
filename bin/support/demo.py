"""bin/demo: an Odoo with the addon and a demo clientele, from nothing."""

import argparse
import re
import socket

from . import addon, process
from .command import run_command
from .console import Problem, say, step
from .disk import remove
from .environment import prepare_environment
from .locks import exclusive
from .odoo_command import OdooCommand
from .paths import ADDON, RUN
from .postgres import Cluster

FOLDER = RUN / "demo"
DATABASE = "demo"
ENGLISH = "en_US"
UNFINISHED = "demo_unfinished"
MODULES = [ADDON, "l10n_be", "l10n_ch"]
LANGUAGE_OF_ADMIN = """
    SELECT lang FROM res_partner
    WHERE id = (SELECT partner_id FROM res_users WHERE login = 'admin')
"""
EPILOG = """
Everything goes to the folder .run of the checkout; remove it to start from nothing.
ODOO_HOME=<folder> uses an Odoo 19 that you have instead of downloading one.
Ctrl-C stops the server and its database.
"""


def main():
    """Parse the command line and run the demo; returns the exit code."""
    options = _parser().parse_args()
    return run_command("bin/demo", lambda: Demo(options).run())


def _parser():
    parser = argparse.ArgumentParser(
        prog="bin/demo",
        description="Run Odoo 19 with Client Segmentation and a demo clientele.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--port", type=_port, default=8069, help="the port on 127.0.0.1 (default: 8069)"
    )
    parser.add_argument(
        "--lang",
        type=_language,
        default=ENGLISH,
        metavar="CODE",
        help="language of the admin user, e.g. fr_FR (default: English)",
    )
    parser.add_argument(
        "--reset", action="store_true", help="drop the database and make it anew"
    )
    parser.add_argument(
        "--no-serve", action="store_true", help="do all but start the server"
    )
    return parser


def _port(text):
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not a port (1 to 65535)")
    return int(text)


def _language(text):
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z0-9]{2,3})?(@[a-z]+)?", text):
        raise argparse.ArgumentTypeError(f"{text} is not a language code such as fr_FR")
    return ENGLISH if text == "en" else text


class Demo:
    """One run of the command."""

    def __init__(self, options):
        self.options = options

    def run(self):
        """Make what is missing, then serve until the person stops it."""
        busy = "bin/demo is running in this checkout already (process {pid})"
        with exclusive("demo", busy):
            if not self.options.no_serve:
                _require_free_port(self.options.port)
            odoo, venv = prepare_environment()
            FOLDER.mkdir(exist_ok=True)
            with Cluster(FOLDER, venv) as cluster:
                command = OdooCommand(odoo, venv, cluster, addon.link_addon())
                self._prepare_database(cluster, command)
                if self.options.no_serve:
                    with step("Ten best clients"):
                        table = _ten_best(command)
                    say(f"\n{table}\n  Ready: start bin/demo to open it.")
                else:
                    self._serve(command)
        return 0

    def _prepare_database(self, cluster, command):
        """Bring the database to today's code and language; make it if missing."""
        if self.options.reset or DATABASE not in cluster.databases():
            self._make_database(cluster, command)
        else:
            with step("Update to the code of now") as current:
                command.refresh(DATABASE, step=current)
        lang = self.options.lang
        if cluster.sql(LANGUAGE_OF_ADMIN, DATABASE) != lang:
            with step(f"Language {lang}") as current:
                command.in_database(DATABASE, "set_language.py", lang, step=current)
                # The files of translations that count are others now.
                command.refresh(DATABASE, "--only-compute-hashes", step=current)

    def _make_database(self, cluster, command):
        """Make the database under another name: there is none until it is complete."""
        for name in (DATABASE, UNFINISHED):
            cluster.drop(name)
        remove(command.data)
        with step("Database with the addon") as current:
            command.make(UNFINISHED, MODULES, "--no-cache", step=current)
        with step("Demo clients and invoices") as current:
            lang = self.options.lang
            command.in_database(UNFINISHED, "load_demo.py", lang, step=current)
        cluster.sql(f"ALTER DATABASE {UNFINISHED} RENAME TO {DATABASE}")

    def _serve(self, command):
        port = self.options.port
        server = command.serve(DATABASE, port)
        try:
            with step("Server") as current:
                command.wait_for_answer(server, port, current)
            with step("Ten best clients"):
                table = _ten_best(command)
            say(f"\n{table}")
            say(f"  Open   http://127.0.0.1:{port}")
            say("  Log in admin / admin")
            say(f"  Log    {command.log}")
            say("  Ctrl-C stops it.")
            server.wait()
        except KeyboardInterrupt:
            say("\n  Stopping...")
            return
        finally:
            process.end(server)
        raise process.failure("the server ended", command.log)


def _require_free_port(port):
    """Fail before the long work when the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Problem(
                f"port {port} cannot be used ({error.strerror}): "
                "choose another with --port"
            ) from error


def _ten_best(command):
    """The table of the ten best clients, asked from the addon."""
    output = FOLDER / "top_clients.txt"
    command.in_database(DATABASE, "top_clients.py", output)
    return output.read_text(encoding="utf-8")
