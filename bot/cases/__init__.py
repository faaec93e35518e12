"""Reports, cases, receipts, referrals and offices: what a filed report becomes."""

from bot.cases.filing import Filed, case_data_key, file_report, refer
from bot.cases.lifecycle import LifecycleError
from bot.cases.report import Report

__all__ = ["Filed", "LifecycleError", "Report", "case_data_key", "file_report", "refer"]
