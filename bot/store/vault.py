"""Sealing: AES-256-GCM with a key for each record, wrapped by a master key outside the database."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import Literal, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.store.errors import VaultError
from bot.store.ids import random_bytes
from bot.store.keys import SIZE, Keys

NONCE = 12
Purpose = Literal["address", "provider", "receipt", "receipt-sender", "receipt-prefix", "webhook"]


class Wrapped(NamedTuple):
    """A data key as the database keeps it."""

    wrapped: bytes
    key_id: str


@lru_cache(maxsize=4096)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


class Vault:
    """Seals and opens. `about` names the row and column, so sealed values cannot change places."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._opened: dict[bytes, bytes] = {}

    @staticmethod
    def random_key() -> bytes:
        return AESGCM.generate_key(bit_length=SIZE * 8)

    def new_data_key(self) -> tuple[bytes, Wrapped]:
        key = self.random_key()
        key_id, master = self._keys.masters[0]
        return key, Wrapped(self.seal(master, key, about="data-key"), key_id)

    def unwrap(self, wrapped: bytes, key_id: str) -> bytes:
        """The data key. Raises VaultError where its master key is not known."""
        if (known := self._opened.get(wrapped)) is not None:
            return known
        master = self._keys.master(key_id)
        if master is None:
            raise VaultError(f"The master key {key_id} is missing: set it in SANAD_KEYS.")
        key = self.open_(master, wrapped, about="data-key")
        if len(self._opened) >= 8192:
            self._opened.clear()
        self._opened[wrapped] = key
        return key

    def seal(self, key: bytes, plain: bytes, *, about: str) -> bytes:
        nonce = random_bytes(NONCE)
        return nonce + _cipher(key).encrypt(nonce, plain, about.encode())

    def open_(self, key: bytes, sealed: bytes, *, about: str) -> bytes:
        """Raises VaultError where the key or the value is not the one it was sealed as."""
        try:
            return _cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
        except (InvalidTag, ValueError):
            raise VaultError("A sealed value cannot be opened with the keys given.") from None

    def blind(self, purpose: Purpose, text: str) -> bytes:
        """A keyed hash to find a value by without storing it; 32 bytes."""
        key = self._keys.receipt if purpose.startswith("receipt") else self._keys.index
        return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
