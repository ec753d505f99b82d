"""What *Why?* says about the classes of the addon, in whole sentences, so that every
language has its own order of words.
"""

from datetime import timedelta

from markupsafe import Markup

from odoo.tools import format_amount, format_date, formatLang


class ClassSentences:
    """Sentences about one class of one client.

    :param env: environment of the user
    :param company: `res.company` of the client's figures
    :param scope: `engine.scope.Scope` of the figures
    :param why: `engine.catalogue.Reason` of the class
    :param dict labels: the labels of the class, by value
    """

    def __init__(self, env, company, scope, why, labels):
        self.env, self.company, self.scope = env, company, scope
        self.why, self.facts, self.policy = why, why.facts, scope.policy
        self.next_label = self.bold(labels.get(why.next_class))

    def about(self, name):
        """:return: list of paragraphs, or None for a class of another addon"""
        write = {
            "revenue_class": self._revenue_class,
            "payment_class": self._payment_class,
            "engagement": self._engagement,
        }.get(name)
        return write and list(write())

    def decision(self, label, change):
        """:return: who has overruled the class, when and why, or False

        :param label: the decided class, or None
        :param change: `client.change` of the decision, if any
        """
        if not label:
            return False
        if not change:
            return self.env._("Decided: %s.", self.bold(label))
        values = {
            "class": self.bold(label),
            "user": change.user_id.name,
            "day": self.date(change.date),
        }
        if not change.reason:
            return self.env._("Decided by %(user)s on %(day)s: %(class)s.", **values)
        return self.env._(
            "Decided by %(user)s on %(day)s: %(class)s. “%(reason)s”",
            reason=change.reason,
            **values,
        )

    def status(self, name):
        """:return: what the status of the client is, beside the class"""
        return self.env._(
            "A class is computed from your documents. The status of the client, "
            "“%s”, is something else: people and status rules decide it.",
            name,
        )

    def bold(self, value):
        return Markup("<b>%s</b>") % ("" if value is None else value)

    def money(self, amount):
        return self.bold(format_amount(self.env, amount, self.company.currency_id))

    def number(self, value, digits=1):
        return self.bold(formatLang(self.env, value, digits=digits))

    def date(self, day):
        return format_date(self.env, day)

    def days(self, number):
        return self.env._("1 day") if number == 1 else self.env._("%s days", number)

    def months(self, number):
        return self.env._("1 month") if number == 1 else self.env._("%s months", number)

    def _revenue_class(self):
        facts, policy = self.facts, self.policy
        first = self.date(self.scope.before_window + timedelta(days=1))
        if not facts["rank"]:
            last = self.date(self.scope.as_of)
            yield self.env._(
                "No positive revenue from %(first)s to %(last)s: no class.",
                first=first,
                last=last,
            )
            return
        yield self.env._(
            "Revenue since %(day)s: %(amount)s. Rank %(rank)s of %(count)s.",
            day=first,
            amount=self.money(facts["revenue"]),
            rank=self.bold(facts["rank"]),
            count=facts["count"],
        )
        if policy.by_amount:
            yield self.env._(
                "VIP from %(vip)s, regular from %(regular)s.",
                vip=self.money(policy.vip_amount),
                regular=self.money(policy.regular_amount),
            )
        else:
            yield self.env._(
                "The clients before it make %(share)s %% of the revenue. A client is "
                "VIP if those before it make less than %(vip)s %%, and regular if they "
                "make less than %(regular)s %%.",
                share=self.number(facts["share_before"]),
                vip=formatLang(self.env, policy.vip_share, digits=0),
                regular=formatLang(self.env, policy.regular_share, digits=0),
            )
        if self.why.distance is not None:
            yield self.env._(
                "To become %(class)s: %(amount)s more.",
                **{"class": self.next_label, "amount": self.money(self.why.distance)},
            )

    def _payment_class(self):
        facts, policy = self.facts, self.policy
        count = self.bold(facts["payment_count"])
        if self.why.computed is None:
            yield self.env._(
                "Due dates paid or overdue since %(day)s: %(count)s. Needed for a "
                "class: %(needed)s.",
                day=self.date(self.scope.before_window + timedelta(days=1)),
                count=facts["payment_count"],
                needed=policy.payment_evidence,
            )
        elif facts["days_late"] < 0:
            yield self.env._(
                "Pays %(days)s days after the invoice, %(early)s days before the due "
                "date. Due dates: %(count)s.",
                days=self.number(facts["days_to_pay"]),
                early=self.number(-facts["days_late"]),
                count=count,
            )
        else:
            yield self.env._(
                "Pays %(days)s days after the invoice, %(late)s days late. Due dates: "
                "%(count)s.",
                days=self.number(facts["days_to_pay"]),
                late=self.number(facts["days_late"]),
                count=count,
            )
        if self.why.computed is not None:
            yield self.env._(
                "Fast: up to %(fast)s after the invoice. Standard: up to %(standard)s "
                "late.",
                fast=self.days(policy.fast_days),
                standard=self.days(policy.standard_days),
            )
        if facts["overdue"]:
            yield self.env._("Overdue now: %s.", self.money(facts["overdue"]))
        if facts["open_credit"]:
            yield self.env._(
                "Open credit: %s. It covers what is due first.",
                self.money(facts["open_credit"]),
            )
        if self.why.distance is not None:
            yield self.env._(
                "To become %(class)s: %(days)s days less.",
                **{"class": self.next_label, "days": self.number(self.why.distance)},
            )

    def _engagement(self):
        facts, policy = self.facts, self.policy
        days = facts["days"]
        if days is None:
            yield self.env._("No order and no meeting yet: no class.")
            return
        if days == 0:
            yield self.env._("Last business today.")
        elif days == 1:
            yield self.env._("Last business yesterday.")
        else:
            yield self.env._("Last business %s days ago.", self.bold(days))
        if facts["last_invoice_date"]:
            yield self.env._(
                "Last invoice on %s.", self.bold(self.date(facts["last_invoice_date"]))
            )
        if facts["last_meeting_date"]:
            yield self.env._(
                "Last meeting on %s.", self.bold(self.date(facts["last_meeting_date"]))
            )
        yield self.env._(
            "Active: up to %(active)s. Recent: up to %(recent)s. Then dormant.",
            active=self.days(policy.active_days),
            recent=self.months(policy.recent_months),
        )
        gap = round(facts["order_gap_days"])
        if gap > 1:
            yield self.env._("Orders every %s days.", self.bold(gap))
