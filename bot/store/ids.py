"""Ids that sort by time: UUID version 7 (RFC 9562, section 5.7)."""

from __future__ import annotations

import os
from datetime import datetime

_TAKEN = 4096
"""Bytes taken from the system at once: asking for a dozen costs as much."""
_left = bytearray()
os.register_at_fork(after_in_child=_left.clear)


def random_bytes(count: int) -> bytes:
    """From the system's generator; no byte is handed out twice, in no process."""
    if len(_left) < count:
        _left.extend(os.urandom(max(_TAKEN, count)))
    found = bytes(_left[-count:])
    del _left[-count:]
    return found


def new_id(now: datetime) -> str:
    """A fresh id, 36 characters; ids made later sort later (to the millisecond)."""
    millis = int(now.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    chance = int.from_bytes(random_bytes(10), "big")
    high, low = chance >> 64 & 0xFFF, chance & (1 << 62) - 1
    value = f"{millis << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low:032x}"
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"
