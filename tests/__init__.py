from .addon import (
    test_install,
    test_native,
    test_shipped_records,
    test_tours,
)
from .safety import (
    test_access,
    test_caller_defaults,
    test_context_keys,
    test_hidden_clients,
    test_rights_first,
    test_rights_upgrade,
    test_rpc_walk,
)
from .lists import (
    test_criteria,
    test_default_type,
    test_qualifiers,
)
from .partner import (
    test_commercial,
    test_contact_screens,
    test_import,
    test_import_round_trip,
    test_journal,
    test_partner_name,
    test_personal_details,
    test_search,
    test_search_bounds,
    test_search_rights,
    test_search_screens,
)
from .metric import (
    test_catalogue,
    test_company_day,
    test_decision_ends,
    test_engine_classes,
    test_engine_figures,
    test_engine_payments,
    test_engine_property,
    test_engine_queue,
    test_freshness,
    test_meetings,
    test_metric_access,
    test_metric_people,
    test_metric_screen,
    test_rhythm,
    test_search_figures,
    test_verify,
    test_why,
)
from .rule import (
    test_arrivals,
    test_day_one,
    test_many_contacts,
    test_rule_actions,
    test_rule_author,
    test_rule_by_hand,
    test_rule_limits,
    test_rule_paths,
    test_rule_try,
    test_status_rule,
    test_status_rule_switches,
    test_trigger_keys,
    test_triggers,
)
from .block import (
    test_block,
    test_block_documents,
    test_block_doors,
    test_block_gates,
    test_block_parent_change,
    test_block_refusals,
)
from .bulk import (
    test_bulk,
    test_bulk_background,
    test_bulk_catalogue,
    test_bulk_undo,
)
from .analysis import (
    test_analysis_tours,
    test_class_history,
    test_concentration,
    test_dashboard,
    test_loss_test,
    test_report_access,
    test_revenue_report,
    test_revenue_tours,
    test_what_if,
)
