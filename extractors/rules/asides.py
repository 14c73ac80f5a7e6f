"""Names that are no subjects: those that others are held against, lists of them, guesses."""

from __future__ import annotations

import re

from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View
from extractors.model import Span

_ASIDE = re.compile(
    r"\b(?:like|unlike|such as|including|than|with|against|alongside|besides|friends?|peers?|rivals? (?:such as|like)|from|to|via"
    r"|through|versus|vs\.?|and not|shares of|shares in|stake in|toward|towards|into|between|among|for|on|acquisition of|merger with"
    r"|lender|owed?|owes)(?: (?:the|its|their|his|michael novogratz's|lender|broker|miner|rivals?|peers?|bitcoin miners?|partners?"
    r"|hosts?|friends?))*[ (]+$"
)
_LIST_LINE = re.compile(r"^[\W\d_]*$")
_LISTED = Cue(r"\b(?:among them|among others|included)\b")
_CLAUSE_UP_TO = re.compile(r"[^.;:]{0,70}")
_GUESSED = re.compile(r"\?(?: [\w. ]{2,24}\?)* (?:no|nope|neither|wrong|not)\b")  # "Soluna? Mawson? No: it is Argo."


def is_aside(view: View, span: Span) -> bool:
    """Whether the words beside a name ("like Riot", "than", "a stake in", "among them") keep it from being the subject."""
    lower = view.lower
    if (lower.startswith("?", span.end) and _GUESSED.match(lower, span.end)) or is_listed(view, span):
        return True
    last = lower[span.start - 1] if span.start > view.sentence.start else ""
    if last not in {" ", "("}:
        return False
    before = lower[max(view.sentence.start, span.start - 48) : span.start]
    return bool(_ASIDE.search(before)) or (last == "(" and not _LIST_LINE.match(before[:-1]))


def is_listed(view: View, span: Span) -> bool:
    """ "Riot and Cipher among them": named as of a crowd."""
    if not view.cues & _LISTED.bit:
        return False
    found = _LISTED.search(view.cues, view.lower, span.end, min(view.sentence.end, span.end + 90))
    return bool(found and _CLAUSE_UP_TO.fullmatch(view.lower, span.end, found.start()))
