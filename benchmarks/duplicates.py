"""Plant duplicates among generated partners, and measure who is found, and how fast.

    python benchmarks/generate.py -c odoo.conf -d bench --clients 200000
    python benchmarks/duplicates.py -c odoo.conf -d bench

A planted duplicate is a client typed a second time: with a wrong letter, its words in
another order, another legal form, without accents, its phone in another spelling; some
of its data are missing or others. What each of them has in common with the first one is
drawn by lot, always the same. It measures the pass over all partners, its precision and
recall, the search for what has changed, and the warning while somebody types.
Everything is rolled back. Fails beyond the limits below.
"""

# A command-line script prints its results.
# pylint: disable=print-used

import random
import statistics
import sys
import time
import unicodedata
from collections import Counter

from database import environment, parser, step, worked

from odoo.tools import SQL

SECONDS = 10  # of the pass, for 200,000 partners
PRECISION, RECALL = 0.9, 0.9
TYPED_MS = 20
CHANGED, TYPED = 100, 300
LETTERS = "abcdefghiklmnoprstuvwz"
FORMS = {
    "AG": ("SA", "A.G.", ""),
    "SA": ("AG", "S.A.", ""),
    "GmbH": ("Sàrl", "G.m.b.H.", ""),
    "Sàrl": ("GmbH", "S.à r.l.", ""),
    "SRL": ("S.R.L.", "", "SPRL"),
    "BV": ("B.V.", "BVBA", ""),
    "SAS": ("S.A.S.", "", "SASU"),
}
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
COPIED = ("is_company", "type", "country_id", "autopost_bills", "lang")
COLUMNS = ("name", "email", "phone", "vat", "zip", "city", "street")


class Planter:
    """Draws what is different in a duplicate, always the same for the same number."""

    def __init__(self, seed):
        self.lot = random.Random(seed)

    def one(self, source):
        """:return: the values of a duplicate of a partner, and what is different"""
        lot, values, told = self.lot, dict(source), []
        for change in (self._typo, self._swap, self._form, self._plain):
            if lot.random() < 0.4:
                name = change(values["name"])
                if name != values["name"]:
                    values["name"] = name
                    told.append(change.__name__.strip("_"))
        values["phone"] = self._phone(source["phone"])
        for name, kept, other in (
            ("email", 0.4, self._other_email),
            ("phone", 0.6, self._other_phone),
            ("vat", 0.5, None),
            ("street", 0.6, None),
        ):
            if lot.random() > kept:
                is_other = other and lot.random() < 0.3
                values[name] = other() if is_other and source[name] else None
        if lot.random() > 0.8:
            values["zip"] = None
        if values["vat"] and lot.random() < 0.5:
            values["vat"] = values["vat"].replace("-", "").replace(".", "")
        return values, told

    def _typo(self, name):
        words = name.split()
        long = [at for at, word in enumerate(words) if len(word) > 3]
        if not long:
            return name
        at = self.lot.choice(long)
        word, place = words[at], self.lot.randrange(1, len(words[at]) - 1)
        kind = self.lot.choice(("left out", "twice", "other", "swapped"))
        if kind == "left out":
            word = word[:place] + word[place + 1 :]
        elif kind == "twice":
            word = word[:place] + word[place] + word[place:]
        elif kind == "other":
            word = word[:place] + self.lot.choice(LETTERS) + word[place + 1 :]
        else:
            word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        words[at] = word
        return " ".join(words)

    def _swap(self, name):
        words = name.split()
        if len(words) < 2:
            return name
        return " ".join([words[1], words[0], *words[2:]])

    def _form(self, name):
        words = name.split()
        forms = FORMS.get(words[-1])
        if not forms:
            return name
        return " ".join([*words[:-1], self.lot.choice(forms)]).strip()

    def _plain(self, name):
        if self.lot.random() < 0.5:
            for letter, two in UMLAUTS.items():
                name = name.replace(letter, two)
        decomposed = unicodedata.normalize("NFKD", name)
        return "".join(one for one in decomposed if not unicodedata.combining(one))

    def _phone(self, phone):
        if not phone:
            return None
        digits = "".join(one for one in phone if one.isdigit())
        if not phone.startswith("+"):
            return f"0041 {digits[1:]}"
        kind = self.lot.choice(("00", "national", "pairs"))
        if kind == "00":
            return f"00{digits}"
        if kind == "national":
            return f"0{digits[2:]}"
        return f"+{digits[:2]} (0){digits[2:4]}/{digits[4:]}"

    def _other_email(self):
        return f"{self.lot.randrange(10**8)}@bluewin.ch"

    def _other_phone(self):
        return f"+41 79 {self.lot.randrange(10**7):07}"


def plant(env, count):
    """Add `count` duplicates.

    :return: dict by id of the duplicate: id of the first one, what is different, what
        the two have in common
    """
    sources = env.execute_query_dict(
        SQL(
            """
            SELECT id, name, email, phone, vat, zip, city, street
              FROM res_partner
             WHERE ref ~ '^K[0-9]{7}$' AND active AND commercial_partner_id = id
          ORDER BY hashint8extended(id, 7) LIMIT %s
            """,
            count,
        )
    )
    planter, planted = Planter(1), {}
    for source in sources:
        first = source.pop("id")
        values, told = planter.one(source)
        env.cr.execute(
            SQL(
                """
                INSERT INTO res_partner (%(columns)s, %(copied)s, complete_name, active,
                    create_date, write_date)
                SELECT %(values)s, %(copied)s, %(name)s, TRUE,
                       now(), now()
                  FROM res_partner WHERE id = %(first)s
             RETURNING id
                """,
                columns=_identifiers(COLUMNS),
                copied=_identifiers(COPIED),
                values=SQL(", ").join(
                    SQL("%s::varchar", values[one]) for one in COLUMNS
                ),
                name=values["name"],
                first=first,
            )
        )
        [[new]] = env.cr.fetchall()
        common = [
            name
            for name in ("vat", "email", "phone", "zip", "street")
            if values[name]
            and source[name]
            and (name not in ("email", "phone") or _same(values, source, name))
        ]
        planted[new] = first, told, common
    env.cr.execute(
        SQL(
            "UPDATE res_partner SET commercial_partner_id = id WHERE id = ANY(%s)",
            list(planted),
        )
    )
    env.cr.execute("ANALYZE res_partner")
    return planted


def _same(values, source, name):
    if name == "email":
        return values[name] == source[name]
    ends = [
        "".join(x for x in one[name] if x.isdigit())[-8:] for one in (values, source)
    ]
    return ends[0] == ends[1]


def _identifiers(names):
    return SQL(", ").join(SQL.identifier(name) for name in names)


def judge(env, planted):
    """Print precision and recall, and what was missed and why.

    :return: precision, recall
    """
    rows = env.execute_query(
        SQL("SELECT partner_id, other_id, sure, reasons FROM client_duplicate")
    )
    found = {(one, other): (sure, reasons) for one, other, sure, reasons in rows}
    wanted = {(first, new) for new, (first, *_rest) in planted.items()}
    right = wanted & found.keys()
    precision, recall = len(right) / max(len(found), 1), len(right) / len(wanted)
    print(f"Pairs: {len(found)}; planted: {len(wanted)}; found of them: {len(right)}")
    print(f"Precision {precision:.3f}, recall {recall:.3f}")
    for least in (50, 60, 70, 80, 90):
        sure = {pair for pair, (percent, _why) in found.items() if percent >= least}
        both = len(sure & wanted)
        print(
            f"  from {least} %: {len(sure)} pairs,"
            f" precision {both / max(len(sure), 1):.3f},"
            f" recall {both / len(wanted):.3f}"
        )
    missed = Counter()
    changes, all_changes = Counter(), Counter()
    for new, (first, told, common) in planted.items():
        all_changes.update(told or ["name as it was"])
        if (first, new) not in found:
            missed[", ".join(common) or "nothing but the name"] += 1
            changes.update(told or ["name as it was"])
    print("Missed, by what the two have in common besides the name:")
    for common, number in missed.most_common(12):
        print(f"  {number:4}  {common}")
    print("Missed, by what is different in the name:")
    for change, number in all_changes.most_common():
        print(f"  {changes[change]:4} of {number}  {change}")
    wrong = Counter(found[pair][1] for pair in found.keys() - wanted)
    print("Found, but not planted, by reasons:")
    for reasons, number in wrong.most_common(8):
        print(f"  {number:4}  {reasons}")
    return precision, recall


def typing(env, planted, pid):
    """:return: milliseconds of the warnings while new clients are typed, sorted; and
    the mean processor time of the database and of Python for one of them
    """
    rows = env.execute_query_dict(
        SQL(
            "SELECT name, email, phone, vat, zip, is_company FROM res_partner"
            " WHERE id = ANY(%s) ORDER BY id",
            sorted(planted)[:TYPED],
        )
    )
    spent = []
    work = worked(pid) + time.process_time()
    for values in rows:
        new = env["res.partner"].new(values)
        start = time.perf_counter()
        new._client_similar()
        spent.append((time.perf_counter() - start) * 1000)
    work = worked(pid) + time.process_time() - work
    return sorted(spent), 1000 * work / len(rows)


def main():
    command = parser("Measure the search for duplicates.")
    command.add_argument("--planted", type=int, default=2000, metavar="N")
    options = command.parse_args()
    with environment(options) as env:
        env.cr.execute("DELETE FROM client_duplicate")
        with step("Planting"):
            planted = plant(env, options.planted)
        [[partners]] = env.execute_query(SQL("SELECT COUNT(*) FROM res_partner"))
        env.cr.execute("SELECT pg_backend_pid()")
        [[pid]] = env.cr.fetchall()
        work, start = worked(pid), time.perf_counter()
        left_out = env["client.duplicate"]._find()
        seconds, work = time.perf_counter() - start, worked(pid) - work
        print(f"Pass over {partners} partners: {seconds:.1f} s, {work:.1f} s of a core")
        print(f"Not compared: {left_out}")
        precision, recall = judge(env, planted)
        changed = sorted(planted)[:CHANGED]
        work, start = worked(pid), time.perf_counter()
        env["client.duplicate"]._find_changed(changed)
        print(
            f"{CHANGED} changed partners: {time.perf_counter() - start:.1f} s,"
            f" {worked(pid) - work:.1f} s of a core"
        )
        spent, core = typing(env, planted, pid)
        slow = spent[int(len(spent) * 0.95)]
        typed = statistics.median(spent)
        print(
            f"Typing: median {typed:.1f} ms, 95 % below {slow:.1f} ms,"
            f" most {spent[-1]:.1f} ms; {core:.1f} ms of a core"
        )
    limit = SECONDS * max(partners / 200_000, 1)
    wrong = seconds > limit or precision < PRECISION or recall < RECALL
    return int(wrong or typed > TYPED_MS)


if __name__ == "__main__":
    sys.exit(main())
