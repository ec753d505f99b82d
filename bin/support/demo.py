"""bin/demo: an Odoo with the addon and a demo clientele, from nothing."""

import argparse
import json
import os
import re
import socket

from . import addon, process
from .command import run_command
from .console import Problem, say, step, table
from .disk import remove
from .environment import prepare_environment
from .locks import exclusive
from .odoo_command import OdooCommand
from .paths import ADDON, RUN, SUPPORT
from .postgres import Cluster

FOLDER = RUN / "demo"
DATABASE = "demo"
ENGLISH = "en_US"
LOCALISATIONS = ["l10n_be", "l10n_ch"]
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
        self.state = State(FOLDER / "state.json")

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
                        lines = _ten_best(command)
                    say(
                        "\n".join(
                            ["", *lines, "", "  Ready: start bin/demo to open it."]
                        )
                    )
                else:
                    self._serve(command)
        return 0

    def _prepare_database(self, cluster, command):
        """Bring the database to today's code and language; make it if missing."""
        wanted = {
            "odoo": command.odoo.identity,
            "code": addon.fingerprint(),
            "lang": self.options.lang,
        }
        state = {} if self.options.reset else self.state.read()
        if not state or DATABASE not in cluster.databases():
            state = {}
            self._make_database(cluster, command)
        else:
            self._update_database(command, state, wanted)
        if state.get("lang", ENGLISH) != wanted["lang"]:
            with step(f"Language {wanted['lang']}") as current:
                _shell(command, "set_language.py", current, DEMO_LANG=wanted["lang"])
        self.state.write(wanted)

    def _make_database(self, cluster, command):
        self.state.forget()
        cluster.drop(DATABASE)
        remove(command.data)
        modules = ",".join([ADDON, *LOCALISATIONS])
        with step("Database with the addon") as current:
            command.update(DATABASE, "-i", modules, step=current)
        with step("Demo clients and invoices") as current:
            _shell(command, "load_demo.py", current)

    def _update_database(self, command, state, wanted):
        if state["odoo"] != wanted["odoo"]:
            with step("Update to this Odoo") as current:
                command.update(DATABASE, "-u", "base", step=current)
        elif state["code"] != wanted["code"]:
            with step("Update to the addon's new code") as current:
                command.update(DATABASE, "-u", ADDON, step=current)

    def _serve(self, command):
        port = self.options.port
        server = command.serve(DATABASE, port)
        try:
            with step("Server") as current:
                command.wait_for_answer(server, port, current)
            with step("Ten best clients"):
                lines = _ten_best(command)
            say("\n".join(["", *lines, ""]))
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


class State:
    """What the finished database was made from; no file, no finished database."""

    def __init__(self, path):
        self.path = path

    def read(self):
        """The last written values, or nothing."""
        try:
            return json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def write(self, values):
        """Replace the values, whole or not at all."""
        if values != self.read():
            part = self.path.with_suffix(".part")
            part.write_text(json.dumps(values, indent=1), encoding="utf-8")
            part.replace(self.path)

    def forget(self):
        """Say that the database is not finished."""
        self.path.unlink(missing_ok=True)


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


def _shell(command, script, current=None, **env):
    text = (SUPPORT / "shell" / script).read_text(encoding="utf-8")
    command.run("shell", "-d", DATABASE, "--no-http", step=current, text=text, env=env)


def _ten_best(command):
    """The table of the ten best clients, asked from the addon."""
    output = FOLDER / "top_clients.json"
    _shell(command, "top_clients.py", DEMO_OUTPUT=os.fspath(output))
    clients = json.loads(output.read_text(encoding="utf-8"))
    headers = ("#", "Client", "Revenue", "Class", "Status")
    rows = [
        (
            client["rank"],
            client["name"],
            f"{client['revenue']:,.0f} {client['currency']}",
            client["revenue_class"],
            client["status"],
        )
        for client in clients
    ]
    return table(headers, rows, right=("#", "Revenue"))
