"""The database: what is kept, sealed, and committed. `open_store` opens it."""

from bot.store.database import Role
from bot.store.errors import Conflict, StoreBusy, StoreError, VaultError
from bot.store.items import (
    Conversation,
    Due,
    KnownAddress,
    NewOutbound,
    Received,
    TurnWrite,
    Waiting,
)
from bot.store.store import Store, open_store
from bot.store.vault import Vault

__all__ = [
    "Conflict",
    "Conversation",
    "Due",
    "KnownAddress",
    "NewOutbound",
    "Received",
    "Role",
    "Store",
    "StoreBusy",
    "StoreError",
    "TurnWrite",
    "Vault",
    "VaultError",
    "Waiting",
    "open_store",
]
