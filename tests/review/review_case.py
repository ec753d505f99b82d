"""What the tests of reviews have in common."""

from ..metric.engine_case import EngineCase


class ReviewCase(EngineCase):
    """Reviews of `company`, opened by an administrator of the client file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.new_manager()
        cls.Review = cls.env["client.review"]
        cls.Line = cls.env["client.review.line"]

    @classmethod
    def new_full_client(cls, name, **values):
        """:return: a client that is on none of the lists about data"""
        return cls.new_client(
            name,
            **{
                "email": "info@client.example",
                "phone": "+41 44 668 18 00",
                "street": "Dorfstrasse 1",
                "zip": "8001",
                "city": "Zürich",
                "country_id": cls.env.ref("base.ch").id,
                "lang": "en_US",
                "customer_rank": 1,
                **values,
            },
        )

    def open_review(self, quarter, year=2026, user=None, company=None):
        company = company or self.company
        reviews = self.as_user(self.Review, user or self.manager, company)
        return reviews.create(
            {"year": year, "quarter": str(quarter), "company_id": company.id}
        )

    def list_of(self, review, key):
        return review.list_ids.filtered(lambda one: one.key == key)

    def line(self, review, key, client):
        return self.list_of(review, key).line_ids.filtered(
            lambda line: line.partner_id.id == client.id
        )

    def counts(self, review, key):
        """:return: clients, to do, seen, mended of a list, as the reader gets them"""
        one = self.list_of(review, key)
        return one.line_count, one.todo_count, one.seen_count, one.mended_count

    def clients_on(self, review, key):
        return self.env["res.partner"].browse(
            self.list_of(review, key).line_ids.partner_id.ids
        )
