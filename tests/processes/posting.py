"""Postings at the same time, and what they cost, next to stock Odoo."""

from functools import partial

from stage import check, failures, post, scenario

# What the addon may add to a posting, whatever is posted: one query each of the blocks,
# the queue and the rules. A rule with a filter or actions adds two, for its savepoint.
MORE = 3
CLIENTS = 5


def post_each(worker, batches, at_once=True):
    """Post one batch after the other; when `at_once`, each together with the others."""
    for ids in batches:
        worker.request(post(ids), at_once)


@scenario("Two processes post for the same client")
def same_client(stage):
    """Each pair of postings begins before either has ended: the worst there is."""
    rounds, size = stage.size((6, 5), (40, 10))
    figures = []
    for new in (True, False):
        tried_again = {}
        for name, books in stage.both().items():
            batches = _batches(books, rounds, size, new)
            outcomes = books.together(
                partial(post_each, batches=batches[::2]),
                partial(post_each, batches=batches[1::2]),
            )
            books.check_posted(batches)
            tried_again[name] = failures(outcomes)
        stage.addon.check_figures()
        kind = "new" if new else "known"
        figures.append(
            f"{rounds} times 2 x {size} invoices of a {kind} client:"
            " serialization failures {addon}, stock {stock}".format(**tried_again)
        )
        check(tried_again["addon"] <= tried_again["stock"], figures[-1])
    return "; ".join(figures)


def _batches(books, rounds, size, new):
    """:return: two batches a round, those of a round for the same client"""
    if new:
        pairs = [books.drafts(books.client(), 2, size) for _round in range(rounds)]
        return [batch for pair in pairs for batch in pair]
    client = books.client()
    books.together(partial(post_each, batches=books.drafts(client, 1, 1)))
    return books.drafts(client, 2 * rounds, size)


@scenario("Queries of a posting")
def queries(stage):
    """As many more than without the addon for a batch of any size."""
    figures = []
    more = set()
    for size in stage.size((5, 20), (20, 200)):
        for kind in ("known", "new"):
            counts = {
                name: _count(books, size, kind == "new")
                for name, books in stage.both().items()
            }
            more.add(counts["addon"] - counts["stock"])
            figures.append(
                f"{size} of {kind} clients {counts['addon']}, stock {counts['stock']}"
            )
    stage.addon.check_figures()
    check(max(more) <= MORE, f"{max(more)} more than stock: {', '.join(figures)}")
    return ", ".join(figures)


def _count(books, size, new):
    """:return: queries of posting a batch when all caches are filled"""
    clients = [books.client() for _number in range(CLIENTS)]
    first = _drafts(books, clients, 1)
    batch = _drafts(books, clients, size // CLIENTS)
    if new:
        first = _drafts(books, [books.client()], 1)

    def job(worker):
        worker.request(post(first))
        return worker.request(partial(_queries, function=post(batch)))

    return books.together(job)[0].value


def _drafts(books, clients, size):
    """:return: ids of drafts, so many for each of the clients"""
    return [ids for client in clients for ids in books.drafts(client, 1, size)[0]]


def _queries(env, function):
    before = env.cr.sql_log_count
    function(env)
    env.cr.flush()
    return env.cr.sql_log_count - before
