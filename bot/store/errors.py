"""What can go wrong with the store, each as one plain sentence."""

from __future__ import annotations


class StoreError(Exception):
    """The store could not do it. The message is a sentence for who runs the program: no
    contents, no passwords."""


class StoreBusy(StoreError):
    """Another process has this store for itself."""


class Conflict(Exception):
    """The conversation moved on since it was read: nothing of the turn was written."""


class VaultError(StoreError):
    """A sealed value that cannot be opened: another key, or it was changed."""
