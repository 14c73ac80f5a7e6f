"""What the news claims, held against the chain and the market."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model.news import Source
from bot.model.remarks import Remarks
from extractors.model import Claim, Note


class Verdict(StrEnum):
    """A claim held against the chain or the market."""

    MATCHES = "matches"
    ROUNDS_TO = "rounds_to"
    CONTRADICTS = "contradicts"
    FORECAST = "forecast"
    EARLIER_RETARGET = "earlier_retarget"
    UNCHECKABLE = "uncheckable"


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict and the reason ("the chain says -11.16 %")."""

    claim: Claim
    verdict: Verdict
    reason: Remarks


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as kept, with its article and the sentence it stands in; `judged` is None until it was held against the chain."""

    id: int
    claim: Claim
    source: Source
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note as kept, with its article; the source's quote is the note's own words."""

    id: int
    note: Note
    source: Source
