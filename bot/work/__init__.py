"""Background work: delivering referrals, telling offices, repairing what was interrupted."""

from bot.work.promise import enqueue_delivery
from bot.work.worker import Worker

__all__ = ["Worker", "enqueue_delivery"]
