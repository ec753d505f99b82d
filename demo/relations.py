"""What people noted by hand: statuses and pins, personal details, meetings."""

import random
from datetime import datetime, time, timedelta

from odoo import Command

from . import tables
from .plan import working_day
from .texts import LANGUAGES, meeting, written

SEED = "people by the water"
PINNED = {"C1005", "C1087", "C2004", "C2018"}
OCCUPATIONS = ("Teacher", "Nurse", "Engineer", "Retired", "Student", "Self-employed")
# Days from today, hour, client, subject.
MEETINGS = (
    (-410, 9, "C1092", "Why did they leave?"),
    (-260, 14, "C1014", "Signs for the new site"),
    (-205, 10, "C1005", "Annual review"),
    (-150, 9, "C2007", "Menus and brochures: new prices"),
    (-122, 16, "C1009", "Overdue invoices"),
    (-95, 11, "C2002", "Labels for the spring beer"),
    (-61, 14, "C1001", "Signage of the west wing"),
    (-47, 10, "C2001", "Monthly meeting"),
    (-40, 9, "C1064", "First meeting"),
    (-33, 15, "C2038", "First meeting"),
    (-26, 10, "P4003", "Presentation of the workshop"),
    (-19, 10, "C2001", "Monthly meeting"),
    (-12, 8, "C1003", "Brochures for the spring fair"),
    (-6, 13, "P4001", "Everything for the opening"),
    (-2, 9, "C1073", "Samples of the Easter boxes"),
    (1, 10, "C1002", "New menu cards"),
    (3, 14, "C3001", "Prices for both companies"),
    (5, 9, "C1005", "What became of us?"),
    (8, 11, "C2004", "Visit to the new buyer"),
    (9, 10, "C2001", "Monthly meeting"),
    (15, 15, "P4007", "Visit of the guest house"),
    (22, 9, "C1012", "Bags and boxes for next year"),
    (34, 14, "C1004", "Budget of next year"),
)


def load_companies(companies, partners):
    """Clients of the Belgian company alone are shown there alone."""
    for row in tables.rows("clients"):
        if row["company"] == "be":
            partners[row["ref"]].company_id = companies["be"]


def load_statuses(companies, partners):
    """Inactive the lost ones, VIP the best ones whose status is pinned; the rules do
    the rest.
    """
    for row in tables.rows("clients"):
        status = _status(row)
        codes = ("ch", "be") if row["company"] == "both" else (row["company"],)
        for code in codes:
            client = partners[row["ref"]].with_company(companies[code])
            if status:
                client.client_status_id = client.env.ref(
                    f"client_segmentation.client_status_{status}"
                )
            if row["ref"] in PINNED:
                client.client_status_pinned = True


def load_lost(companies, partners, lang):
    """Who went to a competitor is lost: somebody decided so."""
    for row in tables.rows("clients"):
        if row["profile"] == "lost":
            client = partners[row["ref"]].with_company(companies[row["company"]])
            reason = client.client_competitor_reason
            reason = reason or written("No orders any more", lang)
            client._decide_client_class("engagement", "lost", reason)


def load_personal_details(company, partners, lang):
    """Birth date, gender, household and occupation, where the company keeps them."""
    rng = random.Random(SEED)
    for row in tables.rows("clients"):
        if row["org"] != "individual" or row["company"] != "be":
            continue
        partners[row["ref"]].with_company(company).write(
            {
                "client_birthdate": datetime(
                    rng.randint(1950, 2000), rng.randint(1, 12), rng.randint(1, 28)
                ).date(),
                "client_gender": row["gender"],
                "client_household_size": rng.randint(1, 5),
                "client_occupation": written(rng.choice(OCCUPATIONS), lang),
            }
        )


def load_meetings(env, partners, today, lang):
    """Meetings with clients, held and to come; nobody gets an invitation."""
    me = env.user.partner_id
    events = []
    for days, hour, ref, subject in MEETINGS:
        day = today + timedelta(days=days)
        start = datetime.combine(
            working_day(day, max(day, today) + timedelta(7)), time(hour)
        )
        attendees = (me | partners[ref]).ids
        events.append(
            {
                "name": meeting(partners[ref].name, subject, lang),
                "start": start,
                "stop": start + timedelta(hours=1),
                "user_id": env.user.id,
                "partner_ids": [Command.set(attendees)],
            }
        )
    _calendar(env).create(events)


def rename_meetings(env, lang):
    """Name the meetings in another language, if nobody has renamed them."""
    clients = tables.by("clients", "ref")
    for _days, _hour, ref, subject in MEETINGS:
        client = clients[ref]["name"]
        names = [meeting(client, subject, code) for code in LANGUAGES]
        meetings = _calendar(env).search([("name", "in", names)])
        meetings.name = meeting(client, subject, lang)


def _calendar(env):
    return env["calendar.event"].with_context(
        no_mail_to_attendees=True, dont_notify=True
    )


def _status(row):
    if row["rating"] == "5" and row["ref"] in PINNED:
        return "vip"
    return "inactive" if row["profile"] == "lost" else False
