from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    client_automation = fields.Boolean(
        "Status Automation",
        default=True,
        help="The status rules change the status of this company's clients.",
    )
    client_print_name2 = fields.Boolean(
        "Second Name Line on Documents",
        help="Print the second line of the client's name under the first one on "
        "invoices and other documents of this company.",
    )
    client_personal_details = fields.Boolean(
        "Personal Details of Clients",
        help="Collect birth date, gender, household and occupation of clients. Leave "
        "it off where the company does not need them.",
    )
