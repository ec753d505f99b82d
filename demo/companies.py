"""The two companies of the demo, with charts of accounts, bank, terms and rates."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command

# The demo's own namespace: uninstalling the addon leaves the documents alone.
NAMESPACE = "client_demo"
LANGUAGES = ("fr_FR", "de_DE", "it_IT", "nl_NL")
COMPANIES = {
    "ch": {
        "name": "Papier & Lac SA",
        "street": "Rue d'Italie 24",
        "zip": "1800",
        "city": "Vevey",
        "state": "VD-FR",
        "phone": "+41 21 555 18 00",
        "email": "bonjour@papier-lac.example",
        "website": "https://www.papier-lac.example",
        "vat": "CHE-999.115.303 TVA",
        # The sample number of the IBAN registry.
        "iban": "CH93 0076 2011 6238 5295 7",
        "currency": "CHF",
        "chart": "ch",
        "tax": 8.1,
        "color": 1,
    },
    "be": {
        "name": "Papier & Meuse SRL",
        "street": "Rue de Fer 58",
        "zip": "5000",
        "city": "Namur",
        "state": "WNA",
        "phone": "+32 81 55 50 00",
        "email": "bonjour@papier-meuse.example",
        "website": "https://www.papier-meuse.example",
        "vat": "BE0999141570",
        "iban": "BE68 5390 0754 7034",
        "currency": "EUR",
        "chart": "be_comp",
        "tax": 21.0,
        "color": 4,
    },
}


def load(env, today):
    """Create the two companies.

    :return: a dict of `res.company` records by the code of the country
    """
    for code in LANGUAGES:
        env["res.lang"]._activate_lang(code)
    companies = {code: _company(env, code) for code in COMPANIES}
    for code, company in companies.items():
        _load_chart(company, COMPANIES[code])
        _load_bank(company, COMPANIES[code])
        _load_rates(company, today)
    companies["be"].client_personal_details = True
    _welcome_admin(env, companies)
    return companies


def payment_terms(env):
    """:return: a dict of `account.payment.term` records by their name in the tables"""
    create = env["account.payment.term"].create

    def term(name, *parts):
        lines = [
            Command.create({"value": "percent", "value_amount": share, "nb_days": days})
            for share, days in parts
        ]
        return create(
            {"name": name, "note": name, "line_ids": [Command.clear(), *lines]}
        )

    return {
        "now": env.ref("account.account_payment_term_immediate"),
        "10": term("10 days", (100, 10)),
        "30": env.ref("account.account_payment_term_30days"),
        "60": term("60 days", (100, 60)),
        "instalments": term(
            "40 % now, 30 % in 30 days, 30 % in 60 days", (40, 0), (30, 30), (30, 60)
        ),
    }


def name_record(env, name, record):
    env["ir.model.data"]._update_xmlids(
        [{"xml_id": f"{NAMESPACE}.{name}", "record": record, "noupdate": True}]
    )


def _company(env, code):
    facts = COMPANIES[code]
    country = env.ref(f"base.{code}")
    state = env["res.country.state"].search(
        [("country_id", "=", country.id), ("code", "=", facts["state"])]
    )
    currency = env.ref(f"base.{facts['currency']}")
    currency.active = True
    partner = env["res.partner"].create(
        {
            "is_company": True,
            "country_id": country.id,
            "state_id": state.id,
            "lang": "fr_FR",
            **{
                name: facts[name]
                for name in ("name", "street", "zip", "city", "phone", "vat")
            },
        }
    )
    # With the country and this key no localisation gets installed on the way.
    company = (
        env["res.company"]
        .with_context(chart_template_load=True)
        .create(
            {
                "name": facts["name"],
                "partner_id": partner.id,
                "currency_id": currency.id,
                "color": facts["color"],
            }
        )
    )
    # Later than the company, which would be looked up on the internet by its domain.
    partner.write({"email": facts["email"], "website": facts["website"]})
    name_record(env, f"company_{code}", company)
    return company.with_context(chart_template_load=False).with_company(company)


def _load_chart(company, facts):
    """The chart of the country when it is installed, the generic one if not."""
    charts = company.env["account.chart.template"]
    known = charts._get_chart_template_mapping().get(facts["chart"])
    chart = facts["chart"] if known and known["installed"] else "generic_coa"
    # Not `try_loading`, which warns while modules are being loaded.
    charts._load(chart, company, install_demo=False)
    if chart == "generic_coa":
        _localise(company, facts)
    # Lines without a product are taxed as their account is.
    income = journal_of(company, "sale").default_account_id
    income.tax_ids = income.tax_ids or company.account_sale_tax_id


def _localise(company, facts):
    """The generic chart is American: bring it to the company's country."""
    company.currency_id = company.env.ref(f"base.{facts['currency']}")
    company.account_fiscal_country_id = company.country_id
    own = [("company_id", "=", company.id)]
    positions = company.env["account.fiscal.position"].search(own)
    positions.filtered("country_id").country_id = company.country_id
    taxes = company.env["account.tax"].search(own)
    taxes.tax_group_id.country_id = company.country_id
    taxes.country_id = company.country_id
    name = f"{facts['tax']:g} %"
    taxes.filtered("amount").write({"amount": facts["tax"], "name": name})


def _load_bank(company, facts):
    journal = journal_of(company, "bank")
    journal.bank_account_id = company.env["res.partner.bank"].create(
        {
            "acc_number": facts["iban"],
            "partner_id": company.partner_id.id,
            "company_id": company.id,
            "allow_out_payment": True,
        }
    )


def journal_of(company, kind):
    journals = company.env["account.journal"]
    return journals.search(
        [*journals._check_company_domain(company), ("type", "=", kind)], limit=1
    )


def _load_rates(company, today):
    """Francs and euro, on the first of each month, for this company alone."""
    own = company.currency_id
    foreign = company.env.ref("base.CHF" if own.name == "EUR" else "base.EUR")
    foreign.active = True
    first = today.replace(day=1)
    values = []
    for month in range(40):
        # Francs for a euro: from 0.98 down to 0.93, in small waves.
        francs = 0.93 + 0.00125 * month + 0.004 * (month % 5 - 2)
        day = first - relativedelta(months=month)
        rate = 1 / francs if own.name == "CHF" else francs
        values.append({"name": day, "currency_id": foreign.id, "rate": round(rate, 6)})
        if month == 39:
            values.append(
                {"name": day - timedelta(days=1), "currency_id": own.id, "rate": 1.0}
            )
    company.env["res.currency.rate"].create(
        [{**rate, "company_id": company.id} for rate in values]
    )


def _welcome_admin(env, companies):
    """The administrator works in both companies, first of all in the Swiss one."""
    admin = env.ref("base.user_admin")
    links = [Command.link(company.id) for company in companies.values()]
    admin.write({"company_ids": links, "company_id": companies["ch"].id})
