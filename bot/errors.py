"""Assay's errors, one tree; edges translate what their libraries raise into it, and the message is a line for a person.

AssayError
├── SettingsError     a setting that cannot be used
├── UsageError        a command or argument that was not understood
├── StoreError        the database cannot be reached, is damaged or of a later version
├── FetchError        a feed or page that could not be fetched (`status` if there was an answer)
│   └── ForbiddenHostError  an address that may not be fetched
├── SourceError       a chain or price source that failed or told nonsense
└── SendError         Telegram did not take a message; see its subclasses in `bot.edges.sender`
"""

from __future__ import annotations


class AssayError(Exception):
    """Anything Assay cannot do, in one line for a person."""


class SettingsError(AssayError):
    """A setting that cannot be used."""


class UsageError(AssayError):
    """A command or an argument that was not understood; the message says what would be."""


class StoreError(AssayError):
    """The database cannot be reached, is damaged, or belongs to a later version."""


class FetchError(AssayError):
    """A feed or page that could not be fetched."""

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        """`status` is the HTTP status if there was an answer, `retry_after` seconds to wait if the server asked for it."""
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class ForbiddenHostError(FetchError):
    """An address that may not be fetched: not public, or not HTTP."""


class SourceError(AssayError):
    """A chain or price source that failed or told nonsense."""


class SendError(AssayError):
    """Telegram did not take a message."""
