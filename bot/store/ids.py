"""Ids that sort by time: UUID version 7 (RFC 9562, section 5.7)."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID


def new_id(now: datetime) -> str:
    """A fresh id, 36 characters; ids made later sort later (to the millisecond)."""
    millis = int(now.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    chance = secrets.randbits(74)
    value = millis << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    return str(UUID(int=value))
