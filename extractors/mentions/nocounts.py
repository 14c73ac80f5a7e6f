"""Figures beside words that tell what they are without a unit: names of things and hours, and the few that only words count."""

from __future__ import annotations

import re

# "Note 14", "Chapter 11", "14:00 GMT": a number that names a thing or an hour.
# fmt: off
_NAMES = frozenset([
    "note", "notes", "item", "items", "section", "sections", "chapter", "chapters", "phase", "phases", "series", "page", "pages",
    "p.", "figure", "figures", "fig.", "figs.", "table", "tables", "no.", "nos.", "number", "article", "articles", "step", "steps",
    "tier", "tiers", "level", "levels", "building", "buildings", "hall", "halls", "exhibit", "exhibits", "rule", "rules", "version",
    "room", "suite", "route", "highway", "interstate", "schedule", "appendix", "annex", "paragraph", "footnote", "slide", "chart",
    "volume", "vol.", "episode", "ep.", "grade", "class", "gate", "dock", "form", "top", "rank", "ranked", "ranks", "stage", "round",
    "day", "antminer", "whatsminer", "avalon", "forbes", "fortune", "russell", "s&p", "nasdaq", "dax", "ftse", "nikkei", "covid",
])
# fmt: on
_DAY_MONTH = re.compile(r"[0-3]?\d\.[01]?\d")  # "(30.11.)"
_LONGEST = 4  # digits of a figure that names a thing
_CLOCK = re.compile(r":[0-5]\d(?!\d)")


# "at a ratio of 150 to one", "a reverse split of 1 for 20"
_RATIO_BEFORE = re.compile(r"\b(?:ratio|rate|split|consolidation|basis|odds) of (?:about )?$")
_RATIO_BETWEEN = re.compile(r"\b(?:ratio|rate|split|basis|odds) of [a-z\d]+(?:-| )(?:for|to)(?:-| )$")
_RATIO_BEHIND = re.compile(r"(?:-| )(?:for|to)(?:-| )(?:one|ten|a|\d+)\b(?! (?:btc|bitcoins?|coins))")


def counts_nothing(lower: str, start: int, end: int, before: str) -> bool:
    """Whether the figure at `[start, end)` names a thing or an hour; `before` is what stands before it."""
    if lower[end : end + 2] == ".)" and _DAY_MONTH.fullmatch(lower, start, end):
        return True
    if end - start > _LONGEST:
        return False
    if end - start <= 2 and (
        (lower[end : end + 1] == ":" and _CLOCK.match(lower, end)) or (before[-1:] == ":" and before[-2:-1].isdigit())
    ):
        return True
    if " of " in before and ((_RATIO_BEFORE.search(before) and _RATIO_BEHIND.match(lower, end)) or _RATIO_BETWEEN.search(before)):
        return True
    named = before.rstrip(" #").rsplit(None, 1)
    return bool(named) and named[-1] in _NAMES


_OF_THEM = re.compile(r" of (?:them|those|these|which|its (?:coins|bitcoins?|last)|the (?:coins|bitcoins?))\b")
_EXACTLY = re.compile(r",? (?:to be (?:exact|precise|clear)|in all|all told)\b")
_LEFT_WITH = re.compile(
    r"\b(?:leaving|left with|keeps?|kept|keeping|holds?|held|retain(?:s|ed|ing)) (?:it with |only |just |itself |the company )*$"
)


def is_few(lower: str, start: int, end: int) -> bool:
    """ "ten of them are to be sold", "leaving seven."."""
    return bool(_OF_THEM.match(lower, end) or _EXACTLY.match(lower, end)) or (
        lower[end : end + 1] in {"", ".", ",", ";", "\n"} and bool(_LEFT_WITH.search(lower, max(0, start - 40), start))
    )
