"""Orders, down payments and discounts of the oracle: plain Python over ORM records."""

from fractions import Fraction

from .oracle_numbers import exact, rounded


class Orders:
    """What is an order among the documents of a company on a day.

    :param moves: posted documents, until the day
    """

    def __init__(self, moves):
        self.by_sales = "is_downpayment" in moves.line_ids._fields
        self.credit_notes = moves.filtered(lambda move: move.move_type == "out_refund")
        self.invoices = moves - self.credit_notes
        self.deductions = self._deductions()
        down_payments = set(self.deductions.values())
        self.orders = {
            invoice
            for invoice in self.invoices
            if invoice not in down_payments
            and not self._is_marked(invoice)
            and not ("debit_origin_id" in invoice._fields and invoice.debit_origin_id)
            and not self._is_back(invoice)
            and self.basket(invoice) > 0
        }

    def basket(self, invoice):
        """:return: its amount without the deductions of down payments"""
        return exact(invoice.amount_untaxed_signed) + sum(
            exact(line.balance) for line in invoice.line_ids if self._deducts(line)
        )

    def discount(self, invoice):
        """:return: what the client did not pay of the list"""
        rate = exact(invoice.invoice_currency_rate) or 1
        return sum(
            (self._discount(line) / rate for line in self._product_lines(invoice)),
            Fraction(),
        )

    def _product_lines(self, invoice):
        return invoice.line_ids.filtered(lambda line: line.display_type == "product")

    def _discount(self, line):
        if self._deducts(line):
            return Fraction()
        net, left = exact(line.price_subtotal), 1 - exact(line.discount) / 100
        if line.price_unit < 0 < line.quantity:
            return -net
        if not line.discount:
            return Fraction()
        amount = exact(line.quantity) * exact(line.price_unit)
        if left <= 0:
            included = line.tax_ids.filtered(
                lambda tax: tax.price_include and tax.amount_type == "percent"
            )
            amount /= 1 + sum(map(exact, included.mapped("amount"))) / Fraction(100)
        elif abs(amount * left - net) > exact(line.currency_id.rounding):
            amount = net / left
        return rounded(amount, line.currency_id.decimal_places) - net

    # Down payments

    def _is_marked(self, invoice):
        lines = self._product_lines(invoice).filtered("price_subtotal")
        return self.by_sales and lines and all(lines.mapped("is_downpayment"))

    def _deducts(self, line):
        if line.display_type != "product" or line.price_subtotal >= 0:
            return False
        return line in self.deductions or self.by_sales and line.is_downpayment

    def _deductions(self):
        """:return: dict of the invoice that a line deducts, by line"""
        deducted, found = set(), {}
        invoices = self.invoices.sorted(lambda move: (self.day(move), move.id))
        for number, invoice in enumerate(invoices):
            for line in self._product_lines(invoice).sorted("id"):
                by_sales = self.by_sales and line.is_downpayment
                if line.price_subtotal >= 0 or (
                    self.by_sales and line.sale_line_ids and not by_sales
                ):
                    continue
                for earlier in reversed(invoices[:number]):
                    if earlier not in deducted and self._matches(earlier, line):
                        deducted.add(earlier)
                        if not by_sales:
                            found[line] = earlier
                        break
        return found

    def _matches(self, earlier, line):
        return (
            earlier.commercial_partner_id == line.move_id.commercial_partner_id
            and earlier.company_id == line.company_id
            and earlier.currency_id == line.currency_id
            and exact(earlier.amount_untaxed) == -exact(line.price_subtotal)
            and all(own.price_subtotal >= 0 for own in self._product_lines(earlier))
        )

    @staticmethod
    def day(move):
        return move.invoice_date or move.date

    # Taken back

    def _is_back(self, invoice):
        back, signed, same = Fraction(), Fraction(), True
        for note in self.credit_notes:
            if note.reversed_entry_id == invoice:
                back += exact(note.amount_total)
                signed -= exact(note.amount_total_signed)
                same = same and note.currency_id == invoice.currency_id
        for settled in invoice.line_ids.matched_credit_ids:
            note = settled.credit_move_id.move_id
            if note in self.credit_notes and not note.reversed_entry_id:
                back += exact(settled.debit_amount_currency)
                signed += exact(settled.amount)
        if not back:
            return False
        if same:
            return back >= exact(invoice.amount_total)
        return signed >= exact(invoice.amount_total_signed)
