"""When a client orders, and how much of the usual, by the client's profile."""

from datetime import timedelta

WINDOW = 3 * 365
# The months in which a seasonal client orders.
SEASONS = {
    "winter": (11, 12, 1, 2, 3),
    "summer": (5, 6, 7, 8, 9),
    "autumn": (8, 9, 10, 11),
    "school": (5, 6, 8, 9, 11, 1),
}


def orders(profile, per_year, rng, today):
    """The orders of one client in the last three years.

    :param profile: ``steady``, ``growing``, ``falling``, ``silent``, ``lost``, ``new``,
        ``once``, ``irregular`` or a season
    :param per_year: how many orders a year the client used to place
    :return: pairs (days ago, share of the client's usual amount), the oldest first
    """
    if profile in SEASONS:
        days = _in_season(SEASONS[profile], per_year, rng, today)
    elif profile == "once":
        days = [rng.randint(25, WINDOW - 30)]
    elif profile == "new":
        days = sorted(rng.sample(range(3, 70), rng.randint(1, 3)), reverse=True)
    else:
        days = list(_regular(profile, per_year, rng))
    for days_ago in days:
        yield days_ago, _share(profile, days_ago)


def _in_season(months, per_year, rng, today):
    season = [
        days_ago
        for days_ago in range(WINDOW)
        if (today - timedelta(days=days_ago)).month in months
    ]
    count = min(len(season), round(per_year * WINDOW / 365))
    return sorted(rng.sample(season, count), reverse=True)


def _regular(profile, per_year, rng):
    gap = 365 / per_year
    # Two thirds were clients before the three years began.
    began = WINDOW if rng.random() < 0.67 else rng.randint(500, WINDOW - 60)
    if profile in ("silent", "lost"):
        began = WINDOW
    ends = {"silent": rng.randint(195, 260), "lost": rng.randint(430, 760)}
    days_ago = began - rng.uniform(0, gap)
    while days_ago >= ends.get(profile, 0):
        yield int(days_ago)
        if profile == "irregular":
            days_ago -= max(5, rng.expovariate(1 / gap))
        elif profile == "falling" and days_ago < 420:
            days_ago -= gap * rng.uniform(1.2, 1.9)
        else:
            days_ago -= gap * rng.uniform(0.75, 1.25)


def _share(profile, days_ago):
    if profile == "growing":
        return 1.1 - 0.7 * days_ago / WINDOW
    if profile == "falling":
        return 1.0 if days_ago > 420 else 0.3 + 0.6 * days_ago / 420
    return 1.03 - 0.12 * days_ago / WINDOW
