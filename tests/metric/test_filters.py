"""The filters of the menu *Clients*, and the ready lists that use them."""

import json

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import fields
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import file_open
from odoo.tools.safe_eval import safe_eval

from ..common import ClientCase

OVERVIEW = "client_segmentation/data/files/client_overview_dashboard.json"
# Groups of filters that a person can look through.
MOST_GROUPS = 15
# The lists of the overview and their filters.
TILES = {
    "top": "client_top_ten",
    "falling": "client_less",
    "silent": "client_vip_silent",
    "slow": "client_slow",
    "at_risk": "client_at_risk",
}


@tagged("post_install", "-at_install")
class TestFilters(ClientCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_user(
            "filter_user",
            "base.group_partner_manager,client_segmentation.group_client_revenue",
        )

    def search_view(self):
        view = self._ours("client_view_search")
        partners = self.as_user(self.Partner, self.user)
        return etree.fromstring(partners.get_view(view.id, "search")["arch"])

    def filters(self):
        """:return: dict of the filters of the menu, by name"""
        return {
            node.get("name"): node
            for node in self.search_view().iterfind(".//filter[@domain]")
            if node.get("domain") != "[]"
        }

    def domain(self, name):
        names = {"context_today": fields.Date.today, "relativedelta": relativedelta}
        return safe_eval(self.filters()[name].get("domain"), names)

    def actions(self):
        """:return: the actions of this addon that open a list of clients"""
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "client_segmentation"),
                ("model", "=", "ir.actions.act_window"),
                ("name", "=like", "client_action%"),
            ]
        )
        actions = self.env["ir.actions.act_window"].browse(data.mapped("res_id"))
        return actions.filtered(lambda action: action.res_model == "res.partner")

    def with_figures(self, name, **figures):
        client = self.new_client(name)
        self.env["client.metric"].create(
            {"partner_id": client.id, "company_id": self.company.id, **figures}
        )
        return client

    def found(self, name, clients):
        self.env.flush_all()
        domain = [("id", "in", clients.ids), *self.domain(name)]
        return self.Partner.search(domain, order="id")

    def test_no_two_filters_have_the_same_name_or_the_same_clients(self):
        for attribute in ("string", "domain"):
            seen = [node.get(attribute) for node in self.filters().values()]
            self.assertCountEqual(seen, set(seen))

    def test_the_filters_stand_in_few_groups(self):
        groups, last = 0, None
        for node in self.search_view().iter("filter", "separator"):
            if node.tag == "filter" and node.get("domain") and last == "separator":
                groups += 1
            last = node.tag
        self.assertLessEqual(groups, MOST_GROUPS)
        self.assertGreater(len(self.filters()), 2 * groups)

    def test_every_ready_list_opens_with_filters_that_exist(self):
        actions = self.actions()
        self.assertGreater(len(actions), 6)
        known = {node.get("name") for node in self.search_view().iter("filter")}
        for action in actions:
            for key in safe_eval(action.context or "{}"):
                name = key.removeprefix("search_default_")
                if name != key:
                    self.assertIn(name, known, action.name)

    def test_what_an_overview_shows_is_what_its_list_shows(self):
        with file_open(OVERVIEW) as file:
            sources = json.load(file)["lists"].values()
        sources = {source["actionXmlId"]: source for source in sources}
        archived = Domain(self.domain("client_with_archived"))
        for kind, name in TILES.items():
            action = self._ours(f"client_action_{kind}")
            self.assertIn(f"search_default_{name}", action.context)
            self.assertIn("search_default_client_with_archived", action.context)
            source = sources[f"client_segmentation.client_action_{kind}"]
            domain = Domain(source["domain"])
            expected = Domain(safe_eval(action.domain)) & Domain(self.domain(name))
            # The overview shows the first ten of all ranks.
            first = {str(Domain("client_revenue_rank", "<=", 10))}
            self.assertEqual(
                self.conditions(domain), self.conditions(expected & archived) - first
            )

    def conditions(self, domain):
        return {str(condition) for condition in domain.iter_conditions()}

    def test_the_ten_best_are_ten_also_when_one_is_archived(self):
        clients = self.Partner
        for rank in range(12, 0, -1):
            clients += self.with_figures(f"Client {rank}", revenue_rank=rank)
        third = clients.filtered(lambda client: client.client_revenue_rank == 3)
        third.active = False
        found = self.found("client_top_ten", clients)
        self.assertEqual(len(found), 10)
        self.assertIn(third, found)

    def test_the_ten_best_are_sorted_by_rank_wherever_one_filters(self):
        context = safe_eval(self.filters()["client_top_ten"].get("context"))
        self.assertEqual(context["client_order"], "client_revenue_rank")
        view = self._ours("client_view_list_top")
        arch = etree.fromstring(self.Partner.get_view(view.id, "list")["arch"])
        self.assertEqual(arch.get("default_order"), "client_revenue_rank")

    def test_good_clients_without_an_order_for_six_months(self):
        today = fields.Date.today()
        clients = self.Partner
        for revenue_class in ("vip", "regular", "small"):
            for months in (7, 5):
                clients += self.with_figures(
                    f"{revenue_class} {months}",
                    revenue_class=revenue_class,
                    last_invoice_date=today - relativedelta(months=months),
                )
        found = self.found("client_no_order", clients)
        self.assertEqual(found.mapped("name"), ["vip 7", "regular 7"])

    def test_falling_are_all_who_buy_less(self):
        less = self.with_figures("Less", revenue=90, revenue_previous=100)
        more = self.with_figures("More", revenue=100, revenue_previous=90)
        self.assertEqual(self.found("client_less", less + more), less)

    def test_actions_of_users_get_the_filter_that_is_left(self):
        action = self.env["ir.actions.act_window"].create(
            {
                "name": "Mine",
                "res_model": "res.partner",
                "context": "{'search_default_client_falling': 1,"
                " \"search_default_client_vip_quiet\": 1, 'search_default_vip': 1}",
            }
        )
        self.migrate("filters")
        self.assertEqual(
            safe_eval(action.context),
            {
                "search_default_client_less": 1,
                "search_default_client_no_order": 1,
                "search_default_vip": 1,
            },
        )

    def test_the_search_box_says_what_it_searches(self):
        for xmlid in (
            "client_segmentation.client_view_search",
            "base.view_res_partner_filter",
        ):
            view = self.env.ref(xmlid)
            arch = etree.fromstring(self.Partner.get_view(view.id, "search")["arch"])
            label = arch.find("field[@name='name']").get("string")
            for word in ("Name", "e-mail", "phone", "city"):
                self.assertIn(word, label)
