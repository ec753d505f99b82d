"""The worst texts to search for, compared with usual searches and stock Odoo."""

# A command-line script prints its results.
# pylint: disable=print-used

import math
import statistics
import time
from ast import literal_eval

import psycopg2

from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import mute_logger

LIMIT = 20  # times a usual search
GIVE_UP = 5  # seconds
LONG = 2  # seconds: what takes longer is measured once
TIMES = 3
ADDRESS = (
    "{name} Frau Dr. Eva Roth Bahnhofstrasse 25 Haus 7 Postfach 319 8400 Winterthur"
    " Schweiz Telefon 052 838 41 41 Fax 052 838 41 42 www.example.org CHE-107.787.577"
)


def texts(name):
    """:return: what to type, by what it is

    :param str name: of a client
    """
    cjk = [chr(number) for number in range(0x4E00, 0x4E00 + 5000)]
    return {
        "1,000 words with digits": " ".join(f"mue{i}-{i:04d}" for i in range(1000)),
        "3,000 words with digits": " ".join(f"mue{i}-{i:04d}" for i in range(3000)),
        "8 words with digits": " ".join(f"mue{i}-{i:04d}" for i in range(8)),
        "8 long words of vowels": " ".join("ueae" * 15 + str(i) for i in range(8)),
        "8 frequent words": "ag müller treuhand info bluewin gmail meier sa",
        "frequent words, 45 times": "ag müller treuhand info bluewin gmail sa " * 45,
        "a pasted address": ADDRESS.format(name=name),
        "addresses of 500 people": " ".join(f"info@x{i}.ch" for i in range(500)),
        "500 phones": " ".join(f"tel +41 44 {i + 1000000}" for i in range(500)),
        "a phone of 900 digits": "0-4 4/1" * 225,
        "10 MB in one word": "ab" * 5_000_000,
        "10 MB of words": "ab " * 3_333_333,
        "5,000 characters": "".join(cjk),
        "5,000 characters, as words": " ".join(cjk),
        "36 words of one letter": " ".join("abcdefghijklmnopqrstuvwxyz0123456789"),
        "8 letters that few have": "q y j x z k w v",
        "8 letters, frequent and not": "e a i n r s t qx",
        "two letters that nobody has": "qx",
        "wildcards": "%_" * 5_000,
        "backslashes": "\\" * 10_000,
        "accents on one letter": "a" + "\u0301" * 10_000,
        "emoji with joints": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 500,
        "right to left": "\u05d0\u05d1\u05d2 " * 1_000,
        "turned text": "\u202e" * 5_000,
        "letters of zero width": "\u200b".join("mueller" * 20),
        "NUL": "ab\0" * 1_000,
    }


class Place:
    """Where one types, in one database, as one person.

    :param env: environment of the superuser
    :param str groups: of the person
    :param bool listed: the list of clients with its counter, instead of a drop-down
    """

    def __init__(self, env, groups, listed=False):
        values = {
            "name": "Searcher",
            "login": f"searcher {groups} {listed}",
            "group_ids": [(6, 0, env.ref(groups).ids)],
        }
        users = env["res.users"].with_context(no_reset_password=True)
        self.partners = env["res.partner"].with_user(users.create(values))
        self.listed = listed
        if listed:
            action = env.ref("client_segmentation.client_action")
            self.domain = literal_eval(action.domain)
        env.flush_all()

    def search(self, text):
        self.partners.env.invalidate_all()
        if not self.listed:
            return self.partners.name_search(text, limit=8)
        return self.partners.web_search_read(
            [*self.domain, ("display_name", "ilike", text)],
            {name: {} for name in ("complete_name", "email", "phone", "ref", "vat")},
            limit=80,
            count_limit=10001,
        )

    def milliseconds(self, text):
        """:return: the median after one call to warm up, or the name of an error;
        infinite for what is given up
        """
        durations, cr = [], self.partners.env.cr
        for _time in range(TIMES + 1):
            start = time.perf_counter()
            try:
                with mute_logger("odoo.sql_db"), cr.savepoint(flush=False):
                    self.search(text)
            except psycopg2.extensions.QueryCanceledError:
                return math.inf
            except Exception as error:
                return type(error).__name__
            durations.append(time.perf_counter() - start)
            if durations[0] > LONG:
                return durations[0] * 1000
        return statistics.median(durations[1:]) * 1000


def measure(env, stock, usual, name):
    """Print the table.

    :param env: of the database with the addon
    :param str stock: name of a database without it
    :param dict usual: what people usually type, by what it is
    :param str name: of a client
    :return: list of what costs too much
    """
    with Registry(stock).cursor() as cr:
        stock_env = api.Environment(cr, api.SUPERUSER_ID, {})
        for cursor in (env.cr, cr):
            cursor.execute("SET statement_timeout = %s", [GIVE_UP * 1000])
        places = {
            "drop-down": Place(env, "base.group_user"),
            "list": Place(env, "base.group_user", listed=True),
            "portal": Place(env, "base.group_portal"),
            "stock, drop-down": Place(stock_env, "base.group_user"),
        }
        usually = {}
        for place in list(places)[:3]:
            durations = [places[place].milliseconds(text) for text in usual.values()]
            usually[place] = statistics.median(durations), max(durations)
            print(
                f"{place}: usual searches {usually[place][0]:.1f} ms,"
                f" the slowest one {usually[place][1]:.1f} ms"
            )
        print("\n| what is typed |", " | ".join(places), "| times usual |")
        print("|---|" + "--:|" * (len(places) + 1))
        failures = []
        for what, text in texts(name).items():
            spent = {place: one.milliseconds(text) for place, one in places.items()}
            ratios = [spent[place] / usually[place][0] for place in usually]
            figures = " | ".join(map(_figure, spent.values()))
            times = " / ".join(f"{ratio:.1f}" for ratio in ratios)
            print(f"| {what} | {figures} | {times} |", flush=True)
            if max(ratios) > LIMIT:
                failures.append(f"{what}: {max(ratios):.1f} times a usual search")
        cr.rollback()
    return failures


def _figure(spent):
    if spent == math.inf:
        return f"> {GIVE_UP * 1000}"
    return spent if isinstance(spent, str) else f"{spent:.1f}"
