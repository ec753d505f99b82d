"""What the catalogue says about declarations that do not fit together."""

from dataclasses import replace

from odoo.tests import tagged
from odoo.tools import SQL

from ...engine.catalogue import BUSINESS, Catalogue, Figure, Limit, Source
from ...engine.errors import CatalogueError
from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestCatalogue(ClientCase):
    """A wrong declaration is found when it is read, and not by an error of SQL."""

    def setUp(self):
        super().setUp()
        self.own = self.env["client.metric"]._catalogue()

    def catalogue(self, sources=(), figures=(), dimensions=None):
        """:return: our catalogue with more declarations"""
        own = self.own
        return Catalogue(
            (*own.sources, *sources),
            (*own.declared_figures, *figures),
            own.dimensions if dimensions is None else dimensions,
        )

    def assertWrong(self, words, **declared):
        with self.assertRaisesRegex(CatalogueError, words):
            self.catalogue(**declared)

    def test_a_figure_more_is_in_all_lists_that_it_belongs_to(self):
        count, today = Figure("sum", BUSINESS, SQL("1"), 0), Figure("age", "today", id)
        catalogue = self.catalogue(figures=(count, today))
        self.assertEqual(list(catalogue.figures)[-1], "sum")
        self.assertEqual(catalogue.zero_figures, (*self.own.zero_figures, "sum"))
        self.assertEqual(
            list(catalogue.unstored_figures), [*self.own.unstored_figures, "age"]
        )
        self.assertNotIn("age", catalogue.figures)

    def test_a_figure_of_an_unknown_source(self):
        figure = Figure("visits", "visit", SQL("COUNT(*)"))
        self.assertWrong("visits: no source 'visit'", figures=(figure,))
        visit = Source("visit", lambda scope: SQL("SELECT 1 AS partner_id"))
        self.catalogue(sources=(visit,), figures=(figure,))

    def test_a_source_that_reads_an_unknown_one(self):
        for reads in (("visit",), ("visit_by_client",)):
            source = Source("call", lambda scope: SQL("SELECT 1"), reads=reads)
            self.assertWrong(
                "call reads .*visit.*: no such source before it", sources=(source,)
            )

    def test_a_source_of_documents_reads_no_figures(self):
        rows = {"sql": lambda scope: SQL("SELECT 1"), "model": "res.partner"}
        for reads in ((BUSINESS,), ("business_by_client",)):
            source = Source("call", reads=reads, **rows)
            self.assertWrong("call reads .*business.*: no such", sources=(source,))
        base = Source("line", lambda scope: SQL("SELECT 1"))
        source = Source("call", reads=("line",), **rows)
        catalogue = self.catalogue(sources=(base, source))
        self.assertEqual(catalogue.before_business[-2:], (base, source))
        self.assertNotIn(base, catalogue.after_business)

    def test_a_value_that_only_other_figures_read(self):
        half = Figure("half", BUSINESS, SQL("1"), 0, stored=False)
        catalogue = self.catalogue(figures=(half,))
        self.assertIn(half, catalogue.aggregates)
        self.assertNotIn("half", catalogue.figures)
        self.assertNotIn("half", catalogue.zero_figures)
        first, *others = self.own.dimensions
        wrong = replace(first, reads=(*first.reads, "half"))
        self.assertWrong(r"no figure \['half'\]", dimensions=(wrong, *others))

    def test_a_class_that_is_ranked_by_an_unknown_value(self):
        first, *others = self.own.dimensions
        wrong = replace(first, ranked_by="negative")
        self.assertWrong(r"no helper \['negative'\]", dimensions=(wrong, *others))

    def test_a_class_that_reads_an_unknown_figure(self):
        first, *others = self.own.dimensions
        wrong = replace(first, reads=(*first.reads, "visits"))
        self.assertWrong(r"no figure \['visits'\]", dimensions=(wrong, *others))

    def test_what_is_declared_twice(self):
        first = self.own.dimensions[0]
        twin = replace(first, name="twin", measures=(), stored=())
        for declared in (
            {"sources": (self.own.sources[0],)},
            {"sources": (Source(BUSINESS, id),)},
            {"figures": (self.own.declared_figures[0],)},
            {"figures": (Figure(first.name, None, SQL("1")),)},
            {"figures": (Figure(first.computed, None, SQL("1")),)},
            {"figures": (Figure("revenue", "today", id),)},
            # Its limits are those of the other one.
            {"dimensions": (*self.own.dimensions, twin)},
        ):
            with self.subTest(declared):
                self.assertWrong("is declared twice", **declared)

    def test_what_is_no_name_of_a_column(self):
        first, *others = self.own.dimensions
        wrong = replace(first, limits=(*first.limits, Limit("vip share", 0, 1)))
        for declared in (
            {"sources": (Source("Visit", id),)},
            {"figures": (Figure("visits of clients", None, SQL("1")),)},
            {"dimensions": (wrong, *others)},
        ):
            with self.subTest(declared):
                self.assertWrong("is not a name", **declared)
