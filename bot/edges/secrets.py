"""Secrets stay out of every log: whatever is logged, by whom and at which level, is cleaned before any handler sees it.

Telegram's token is part of every address that is called, and the libraries between us and the socket log addresses, bots and
parameters. Filters sit on single loggers or handlers and miss those that come later; the factory of log records misses none.
"""

from __future__ import annotations

import logging
import traceback
from urllib.parse import quote

HIDDEN = "[secret]"
SHORTEST = 8
QUIET = ("httpx", "httpcore")

_secrets: set[str] = set()


def hide(secret: str) -> None:
    """From now on `secret`, as it is, percent-encoded, or its part after a colon, appears in no log record."""
    parts = {secret, secret.partition(":")[2]}
    _secrets.update(form for part in parts if len(part) >= SHORTEST for form in (part, quote(part, safe=""), quote(part)))
    if not isinstance(logging.getLogRecordFactory(), _Cleaner):
        logging.setLogRecordFactory(_Cleaner(logging.getLogRecordFactory()))
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def clean(text: str) -> str:
    """`text` without any secret."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


class _Cleaner:
    """Makes log records of which message, arguments and traceback hold no secret."""

    def __init__(self, make: object) -> None:
        self._make = make

    def __call__(self, *args: object, **kwargs: object) -> logging.LogRecord:
        record: logging.LogRecord = self._make(*args, **kwargs)  # type: ignore[operator]  # the factory that was there before
        if _holds(_message(record)):
            record.msg, record.args = clean(_message(record)), ()
        if record.exc_info and record.exc_info[0] is not None:
            trace = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            if _holds(trace):
                # Handlers show `exc_text` if there is one, and nothing else is left for them to print.
                record.exc_text, record.exc_info = clean(trace), None
        return record


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # arguments that do not fit: the handler says so in its own way
        return f"{record.msg} {record.args}"


def _holds(text: str) -> bool:
    return any(secret in text for secret in _secrets)
