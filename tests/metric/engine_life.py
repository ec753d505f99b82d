"""Steps of the property test: events in two companies and a branch.

A step takes small numbers and finds its records by them. If there are no such records,
it does nothing.
"""

from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import ValidationError

from .engine_life_money import MoneyLife
from .oracle_names import DECISIONS

CUSTOMER = ("out_invoice", "out_receipt", "out_refund")
INVOICES = ("out_invoice", "out_receipt")
CHOICES = {
    "revenue_class": ("vip", "regular", "small", False),
    "payment_class": ("fast", "standard", "slow", False),
    "engagement": ("lost", "active", "dormant", False),
}


class Life(MoneyLife):
    """One sequence of steps, with the decisions of people in it."""

    def __init__(self, case):
        self.case, self.env = case, case.env
        self.decisions = {}

    def step(self, name, *args):
        getattr(self, name)(*args)

    # Who and what there is

    def partners(self):
        return self.case.people.exists()

    def clients(self):
        partners = self.partners()
        return partners.filtered(lambda p: p == p.commercial_partner_id)

    def company(self, number):
        return self.case.companies[number % 3]

    def moves(self, states, types=CUSTOMER):
        moves = self.env["account.move"].search(
            [
                ("company_id", "in", self.case.companies.ids),
                ("move_type", "in", types),
                ("state", "in", states),
            ],
            order="id",
        )
        return moves

    def settlements(self):
        """:return: the posted payments and bank entries"""
        return self.moves(["posted"], ["entry"]).filtered(
            lambda move: move.journal_id.type == "bank"
        )

    @staticmethod
    def pick(records, number):
        return records[number % len(records)] if records else records

    # Documents

    def invoice(self, who, company, kind, lines, deduct, currency, term, ago):
        if deduct:
            lines = [20, *lines, -deduct]
        company = self.company(company)
        terms = (False, self.case.in_30_days.id, self.case.instalments.id)
        move = self.case.bill(
            self.pick(self.partners(), who),
            *lines,
            ago=ago,
            company=company,
            move_type=kind,
            currency_id=self.case.currencies[currency].id,
            invoice_payment_term_id=terms[term],
        )
        self._tell(move)

    def _tell(self, move):
        """A new invoice with amounts: its client is not lost any more."""
        if move.move_type not in INVOICES or not any(
            line.price_subtotal for line in move.invoice_line_ids
        ):
            return
        key = (move.commercial_partner_id.id, move.company_id.id)
        decided = self.decisions.get(key, {})
        if decided.get("engagement") == "lost":
            decided["engagement"] = False

    def sale(self, who, company, lines, percent, price_included, ago):
        """A down payment, if any, and the invoice over the whole that deducts it, with
        prices that include tax or not.
        """
        client, company = self.pick(self.partners(), who), self.company(company)
        values = {"company": company, "ago": ago}
        tax = self.case.taxes[company] if price_included else self.env["account.tax"]
        whole = self.case.draft(
            client, "out_invoice", company, **self.case.bill_values(*lines, ago=ago)
        )
        whole.invoice_line_ids.tax_ids = tax
        part = whole.currency_id.round(whole.amount_untaxed * percent / 100)
        if part > 0:
            self.case.bill(client, part, **{**values, "ago": ago + 3})
            line = {"name": "Down payment", "price_unit": -part, "tax_ids": False}
            whole.invoice_line_ids = [Command.create(line)]
        whole._post(soft=False)

    def debit(self, which, amount):
        """A debit note, if the module is installed: it is no news of the client."""
        invoice = self.pick(self.moves(["posted"], INVOICES), which)
        if invoice and "debit_origin_id" in invoice._fields:
            note = self.case.draft(
                invoice.partner_id,
                "out_invoice",
                invoice.company_id,
                **self.case.bill_values(amount, ago=1),
            )
            note.debit_origin_id = invoice
            note._post(soft=False)

    def back_to_draft(self, which):
        if move := self.pick(self.moves(["posted", "cancel"]), which):
            move.button_draft()

    def cancel(self, which):
        if move := self.pick(self.moves(["posted", "draft"]), which):
            move.button_cancel()

    def post(self, which):
        if move := self.pick(self.moves(["draft"]), which):
            was_posted = move.posted_before
            move.auto_post = "no"
            move._post(soft=False)
            if not was_posted:
                self._tell(move)

    def delete(self, which):
        if move := self.pick(self.moves(["draft", "cancel"]), which):
            move.with_context(force_delete=True).unlink()

    @contextmanager
    def _taxes_may_differ(self):
        """What follows is undone if Odoo refuses the country of the taxes."""
        try:
            with self.env.cr.savepoint():
                yield
        except ValidationError as error:
            if "country" not in str(error) or "taxes" not in str(error):
                raise

    def correct(self, which, who, ago, price):
        """Draft again, another client, day and amount, and posted again. Odoo refuses
        it if the taxes are not those of the other client's country.
        """
        if not (move := self.pick(self.moves(["posted"]), which)):
            return
        with self._taxes_may_differ():
            move.button_draft()
            move.partner_id = self.pick(self.partners(), who)
            move.invoice_date = self.case.days_ago(ago)
            line = move.invoice_line_ids[:1]
            move.invoice_line_ids = [
                Command.update(line.id, {"price_unit": price, "discount": 0})
            ]
            move._post(soft=False)

    def extend(self, which, days):
        """Another due date of a posted invoice."""
        if move := self.pick(self.moves(["posted"], INVOICES), which):
            lines = move.line_ids.filtered(lambda ln: ln.display_type == "payment_term")
            lines[:1].date_maturity = self.case.days_ago(-days)

    def reverse(self, which, amount, who, ago):
        if invoice := self.pick(self.moves(["posted"], INVOICES), which):
            note = self.case.reverse(invoice, amount, ago, post=False)
            if who is not None:
                note.partner_id = self.pick(self.partners(), who)
            note.auto_post = "no"
            note._post(soft=False)

    # Money

    def _open(self, which):
        moves = self.moves(["posted"], INVOICES)
        return self.pick(moves.filtered(lambda m: self.case.open_lines(m)), which)

    def pay(self, which, percent, currency, ago):
        if not (invoice := self._open(which)):
            return
        amount = None
        if percent < 100:
            amount = invoice.currency_id.round(invoice.amount_residual * percent / 100)
            currency = None
        if amount is None or amount > 0:
            currency = currency if currency is None else self.case.currencies[currency]
            self.case.pay(invoice, amount, ago, currency)

    def pay_at_bank(self, which, percent, ago):
        if not (invoice := self._open(which)):
            return
        left = sum(self.case.open_lines(invoice).mapped("amount_residual"))
        amount = invoice.company_currency_id.round(left * percent / 100)
        if amount > 0:
            self.case.bank_entry(invoice, amount, ago)

    def settle_by_credit_note(self, which):
        """Match an open credit note with the open invoices of its client."""
        notes = self.moves(["posted"], ["out_refund"])
        notes = notes.filtered(lambda move: self.case.open_lines(move))
        if note := self.pick(notes, which):
            invoices = self.moves(["posted"], INVOICES).filtered(
                lambda m: (
                    m.commercial_partner_id == note.commercial_partner_id
                    and m.company_id == note.company_id
                )
            )
            self.case.open_lines(note | invoices).reconcile()

    def unreconcile(self, which):
        if move := self.pick(self.moves(["posted"], [*CUSTOMER, "entry"]), which):
            move.line_ids.remove_move_reconcile()

    def move_payment(self, which, ago):
        """A payment in draft, on another day, and posted again."""
        if move := self.pick(self.settlements(), which):
            move.button_draft()
            move.date = self.case.days_ago(ago)
            move._post(soft=False)

    def cancel_payment(self, which):
        if move := self.pick(self.settlements(), which):
            move.button_cancel()

    # People

    def merge(self, one, other):
        clients = self.clients()
        if len(clients) < 2:
            return
        kept = self.pick(clients, one)
        gone = self.pick(clients - kept, other)
        if gone == kept.parent_id or kept == gone.parent_id:
            return
        self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [Command.set((kept | gone).ids)],
                "dst_partner_id": kept.id,
            }
        ).action_merge()
        self._merge_decisions(kept.id, gone.id)

    def _merge_decisions(self, kept, gone):
        """The decisions for the remaining client have priority."""
        for client, company in list(self.decisions):
            if client == gone:
                lost = self.decisions.pop((gone, company))
                own = self.decisions.get((kept, company), {})
                names = {*lost, *own}
                self.decisions[kept, company] = {
                    name: own.get(name) or lost.get(name) for name in names
                }

    def reparent(self, who, parent):
        """A contact goes to another client, or becomes one (or the other way)."""
        leaves = self.partners().filtered(
            lambda p: not p.child_ids and not p.is_company
        )
        companies = self.clients().filtered("is_company")
        if leaf := self.pick(leaves, who):
            number = parent % (len(companies) + 1)
            leaf.parent_id = companies[number].id if number < len(companies) else False

    def decide(self, who, company, name, choice):
        client, company = self.pick(self.clients(), who), self.company(company)
        name = DECISIONS[name]
        decided = CHOICES[name][choice]
        own = client.with_company(company).with_context(allowed_company_ids=company.ids)
        own._decide_client_class(name, decided, "Went to a competitor")
        self.decisions.setdefault((client.id, company.id), {})[name] = decided

    def own_company(self, who):
        """A client becomes the partner of a company, whose partner becomes a client."""
        if client := self.pick(self.clients(), who):
            self.case.spare.partner_id = client

    # Meetings

    def meetings(self):
        return self.env["calendar.event"].search(
            [("user_id", "in", self.case.users.ids)], order="id"
        )

    def meet(self, who, company, ago):
        user = self.case.users[company % 3]
        self.case.meet(self.pick(self.partners(), who), ago, user)

    def decline(self, which):
        if event := self.pick(self.meetings(), which):
            guests = event.attendee_ids.filtered("partner_id.partner_share")
            guests[:1].state = "declined"

    def invite(self, which, who):
        """Somebody else in place of the guest."""
        if event := self.pick(self.meetings(), which):
            guest = self.pick(self.partners(), who)
            event.partner_ids = event.user_id.partner_id | guest

    def drop_meeting(self, which, archive):
        if event := self.pick(self.meetings(), which):
            if archive:
                event.active = False
            else:
                event.unlink()

    # The engine

    def drain(self):
        self.case.Queue._drain()
