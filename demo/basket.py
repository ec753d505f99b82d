"""What a client orders for a given amount: one to three lines of the articles."""

from . import tables

# The articles of a sector, the most frequent first.
SECTORS = {
    "agency": ("brochure", "posters", "banner", "flyers", "cards"),
    "bakery": ("bags", "boxes", "menus", "posters", "sign", "web"),
    "construction": ("panels", "vehicle", "forms", "banner", "letters", "fitting"),
    "culture": ("posters", "flyers", "banner", "brochure", "rollup", "photo"),
    "education": ("brochure", "posters", "forms", "report", "rollup", "web"),
    "food": ("labels", "boxes", "flyers", "sign", "photo", "design"),
    "health": ("forms", "cards", "letters", "brochure", "sign", "web"),
    "hospitality": ("menus", "brochure", "cards", "sign", "photo", "web"),
    "legal": ("letters", "cards", "forms", "design", "web"),
    "private": ("announce", "album", "photo"),
    "public": ("report", "flyers", "posters", "panels", "forms", "banner"),
    "retail": ("sign", "flyers", "cards", "vehicle", "posters", "web"),
    "services": ("brochure", "cards", "report", "letters", "rollup", "web"),
    "watch": ("brochure", "photo", "design", "cards", "rollup", "posters"),
    "wine": ("labels", "brochure", "design", "photo", "sign", "posters"),
}


def lines(client, amount, rng):
    """Lines of about this amount, net of discount.

    :return: a list of (article code, quantity, discount in %)
    """
    discount = _discount(client, rng)
    # Neither an illuminated sign for 100 francs, nor business cards for 10,000.
    articles = [
        code
        for code in SECTORS[client["sector"]]
        if amount / 80 < _smallest(code) < amount * 0.6
    ] or [min(SECTORS[client["sector"]], key=_smallest)]
    count = 1 if amount < 250 else rng.choice((1, 1, 1, 1, 1, 1, 1, 2, 2, 3))
    chosen = rng.sample(articles, min(count, len(articles)))
    shares = [rng.uniform(0.5, 1.5) for _code in chosen]
    gross = amount / (1 - discount / 100) / sum(shares)
    return [
        (code, _quantity(code, gross * share), discount)
        for code, share in zip(chosen, shares, strict=True)
    ]


def _quantity(code, amount):
    unit = int(tables.by("articles", "code")[code]["unit"])
    return unit * max(1, round(amount / _smallest(code)))


def _smallest(code):
    """What the smallest order of an article costs."""
    article = tables.by("articles", "code")[code]
    return float(article["price"]) * int(article["unit"])


def _discount(client, rng):
    """Resellers always, public clients and the best ones sometimes, others seldom."""
    luck = rng.random()
    if client["sector"] == "agency":
        return rng.choice((15, 15, 20))
    if client["org"] == "public":
        return 5 if luck < 0.5 else 0
    if client["rating"] == "5":
        return rng.choice((3, 5)) if luck < 0.35 else 0
    return 10 if luck < 0.03 else 0
