"""What turns figures into classes: the limits of one company."""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True)
class Policy:
    """Limits of the classes.

    :param window_months: revenue and payments of so many months count
    :param by_amount: revenue classes by absolute amounts, not by shares
    :param vip_share: per cent of the revenue that VIP clients make
    :param regular_share: per cent that VIP and regular clients make together
    :param vip_amount: revenue from which a client is VIP (company currency)
    :param regular_amount: revenue from which a client is regular (company currency)
    :param fast_days: paid so many days after the invoice is fast
    :param standard_days: paid so many days after the due date is still standard
    :param payment_evidence: due dates that have to be paid or overdue for a class
    :param active_days: days since the last business of an active client
    :param recent_months: months since the last business of a recent client
    """

    window_months: int = 12
    by_amount: bool = False
    vip_share: float = 80
    regular_share: float = 95
    vip_amount: float = 0
    regular_amount: float = 0
    fast_days: int = 10
    standard_days: int = 5
    payment_evidence: int = 2
    active_days: int = 90
    recent_months: int = 12

    @classmethod
    def of(cls, company):
        """:return: the policy in the settings of a `res.company`"""
        return cls(
            **{name: company[f"client_{name}"] for name in cls.__dataclass_fields__}
        )

    def window(self, as_of):
        """:return: the day before the window that ends on `as_of`, and the window of
        the year before as a pair of its day before and its last day
        """
        year_before = as_of - relativedelta(years=1)
        months = relativedelta(months=self.window_months)
        return as_of - months, (year_before - months, year_before)

    def recent_from(self, as_of):
        """:return: first day on which business makes a client recent"""
        return as_of - relativedelta(months=self.recent_months)
