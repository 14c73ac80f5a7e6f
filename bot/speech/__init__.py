"""The language that is spoken now: what is said passes through here, and figures are printed by its rules.

    with speaking("de"):
        say("Price from {source}, {age}", source="kraken", age=age)

The language belongs to the context (a task, a thread that was started from it), as the time zone of an answer belongs to its
arguments: words are looked up where they are written, however deep. A message is written in English with named gaps;
translators may put the gaps in another order. What is not translated is said in English.

Messages are literals in the call, by which they are collected for translators; one that is said later, from a table or a
stored remark, is a literal in `marked`.
"""

from __future__ import annotations

from bot.speech.catalogue import LANGUAGES, Language, language_names, nearest_code
from bot.speech.chats import language_of
from bot.speech.spoken import language, marked, say, say_line, say_many, speaking

__all__ = [
    "LANGUAGES",
    "Language",
    "language",
    "language_names",
    "language_of",
    "marked",
    "nearest_code",
    "say",
    "say_line",
    "say_many",
    "speaking",
]
