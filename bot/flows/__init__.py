"""The flows: each is the form of one capability. A new one is a file here and a line below."""

from bot.engine import Flows
from bot.flows.case_status import CASE_STATUS
from bot.flows.report_abuse import REPORT_ABUSE

FLOWS: Flows = {flow.name: flow for flow in (REPORT_ABUSE, CASE_STATUS)}

__all__ = ["CASE_STATUS", "FLOWS", "REPORT_ABUSE"]
