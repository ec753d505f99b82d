"""Show with real processes that nothing is lost and nobody waits longer than before.

    python tests/processes/run.py -c odoo.conf -d addon --stock stock [scenarios]

The databases are for this run only: `addon` with the addon, `stock` with the apps that
it depends on. Exit code 1 when a scenario fails. `stage.py` tells how to add one.
"""

# A command-line script prints its results.
# pylint: disable=print-used

import argparse
import sys
import time

import block  # noqa: F401
import bulk  # noqa: F401
import crash  # noqa: F401
import imports  # noqa: F401
import portal  # noqa: F401
import posting  # noqa: F401
import refresh  # noqa: F401
import search  # noqa: F401
import status  # noqa: F401
from stage import SCENARIOS, Stage

import odoo


def main():
    """Run the scenarios that the command line names; returns the exit code."""
    options = _parser().parse_args()
    unknown = set(options.scenarios) - set(SCENARIOS)
    if unknown:
        sys.exit(f"no scenario is called {', '.join(sorted(unknown))}")
    arguments = [f"--config={options.config}", "--log-level=warn"]
    if options.log:
        arguments.append(f"--logfile={options.log}")
    odoo.tools.config.parse_config(arguments, setup_logging=True)
    stage = Stage(options.database, options.stock, options.full)
    failed = [name for name in options.scenarios or SCENARIOS if not _play(name, stage)]
    if failed:
        print(f"FAILED: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


def _play(name, stage):
    """Run one scenario and say what came out; returns whether it is as it should be."""
    title, function = SCENARIOS[name]
    start = time.perf_counter()
    try:
        outcome, good = function(stage), True
    except Exception as error:
        outcome, good = f"FAILED ({name}): {error or repr(error)}", False
    seconds = time.perf_counter() - start
    print(f"  {title}: {outcome} ({seconds:.1f} s)", flush=True)
    return good


def _parser():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-c", "--config", required=True, help="Odoo's configuration")
    parser.add_argument("-d", "--database", required=True, help="with the addon")
    parser.add_argument("--stock", required=True, help="database without the addon")
    parser.add_argument("--full", action="store_true", help="in full size")
    parser.add_argument("--log", help="file for what Odoo logs")
    parser.add_argument(
        "scenarios", nargs="*", help=f"all when none is named: {', '.join(SCENARIOS)}"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
