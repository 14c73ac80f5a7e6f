"""Telegram's words, told apart: the same code 400 means a closed topic, a lost right, a moved group or a broken message.

Telegram writes reasons partly as sentences and partly as names in capitals; they are compared in lower case with spaces.
"""

from __future__ import annotations

from bot.edges.sender.outcomes import ChatGone, Migrated, Outcome, Refused, RetryLater, Scope, TopicClosed, Unknown
from bot.edges.sender.wire import ApiError, CutOffError

NOT_MODIFIED = "message is not modified"
NO_TEXT = ("there is no text in the message to edit", "there is no caption in the message to edit")
NOT_PARSED = "can't parse entities"
NO_PHOTOS = "not enough rights to send photos"
NO_STARS = ("balance too low", "not enough stars", "payment required", "paid broadcast")

_TOPIC = ("topic closed", "topic deleted", "topic id invalid", "message thread not found", "thread not found")
_GONE = (
    "chat not found",
    "user not found",
    "peer id invalid",
    "group chat was deactivated",
    "group is deactivated",
    "not enough rights to send",
    "have no rights to send",
    "chat write forbidden",
    "chat restricted",
    "chat send plain forbidden",
    "need administrator rights in the channel",
    "not a member of the",
    "bot was kicked",
    "bot was blocked",
    "user is deactivated",
    "channel private",
    "chat admin required",
)
TOKEN_REFUSED_SECONDS = 60


def outcome_of(error: Exception) -> Outcome:
    """What an error of a call that posts or edits means."""
    if isinstance(error, CutOffError):
        return _cut_off(error)
    return _answered(error) if isinstance(error, ApiError) else Unknown(f"{type(error).__name__}: {error}")


def _cut_off(error: CutOffError) -> Outcome:
    reason = f"the connection failed ({error.message})"
    return Unknown(reason) if error.left else RetryLater(None, reason)


def _answered(error: ApiError) -> Outcome:
    if "migrate_to_chat_id" in error.parameters:
        return Migrated(int(error.parameters["migrate_to_chat_id"]))
    if error.code == 429 or "retry_after" in error.parameters:
        return RetryLater(_seconds(error.parameters.get("retry_after")), str(error))
    if error.code in (401, 404):
        return RetryLater(TOKEN_REFUSED_SECONDS, f"Telegram does not know the token: {error}", Scope.ALL)
    if error.code >= 500 or error.code in (408, 409):
        return RetryLater(None, str(error))
    return _refused(error)


def _refused(error: ApiError) -> Outcome:
    words = plain(error.description)
    if any(known in words for known in _TOPIC):
        return TopicClosed(str(error))
    if error.code == 403 or (any(known in words for known in _GONE) and NO_PHOTOS not in words):
        return ChatGone(str(error))
    return Refused(str(error))


def _seconds(given: object) -> float | None:
    return float(given) if isinstance(given, int | float) and not isinstance(given, bool) else None


def plain(words: str) -> str:
    """Telegram's words in one manner: "Bad Request: TOPIC_CLOSED" as "topic closed"."""
    return words.removeprefix("Bad Request: ").removeprefix("Forbidden: ").replace("_", " ").lower()


def says(error: Exception, *known: str) -> bool:
    """Whether Telegram's answer holds one of these words."""
    return isinstance(error, ApiError) and any(word in plain(error.description) for word in known)
