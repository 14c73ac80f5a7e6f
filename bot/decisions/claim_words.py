"""How a claim is told: what the article says in its own figures, then what the chain says, worst first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from bot.decisions.lines import bold, italic, line
from bot.decisions.telling import outlet, source_piece
from bot.model import Line, StoredClaim, Verdict
from extractors.model import Claim, Metric, Modality

LABELS: Mapping[Verdict, str] = {
    Verdict.CONTRADICTS: "Contradicted",
    Verdict.EARLIER_RETARGET: "Another retarget",
    Verdict.UNCHECKABLE: "Cannot be checked",
    Verdict.FORECAST: "Forecast",
    Verdict.ROUNDS_TO: "Right, rounded",
    Verdict.MATCHES: "Right",
}
_ORDER = {verdict: place for place, verdict in enumerate(LABELS)}
_NAMES: Mapping[Metric, str] = {Metric.PUELL: "Puell multiple", Metric.BLOCK_HEIGHT: "block height", Metric.BLOCK_REWARD: "block reward"}
_LONGEST_QUOTE = 200


def worst_first(claims: Iterable[StoredClaim]) -> list[StoredClaim]:
    """Judged claims, the contradicted first, each kind newest first; a claim told twice by one outlet stands once."""
    newest = sorted(claims, key=lambda claim: (claim.source.published is not None, claim.source.published, claim.id), reverse=True)
    once: dict[tuple[str, str, Verdict], StoredClaim] = {}
    for claim in newest:
        if claim.judged:
            once.setdefault((outlet(claim.source), said(claim.claim), claim.judged.verdict), claim)
    return sorted(once.values(), key=lambda claim: _ORDER[claim.judged.verdict] if claim.judged else 0)


def said(claim: Claim) -> str:
    """What the article says: "Difficulty -14 %", "Difficulty 141.6 T to 125.86 T", "Difficulty the largest fall since 2021"."""
    name = _NAMES.get(claim.metric, claim.metric.value)
    value, before = figure(claim.metric, claim.value), figure(claim.metric, claim.from_value)
    parts = [
        f"{before} to {value}" if before and value else value or (f"from {before}" if before else ""),
        f"{claim.change_pct.normalize():+,f} %" if claim.change_pct is not None else "",
        superlative(claim.superlative) if claim.superlative else "",
    ]
    told = ", ".join(part for part in parts if part)
    expected = " expected" if claim.modality is Modality.FORECAST else ""
    return f"{name[0].upper()}{name[1:]}{expected} {told}".strip()


def figure(metric: Metric, value: Decimal | None) -> str | None:
    """A figure with the digits that the article printed and the unit of its metric; None for None."""
    if value is None:
        return None
    if metric is Metric.DIFFICULTY and value >= 10**12:
        return f"{_stated(value / 10**12)} T"
    if metric is Metric.HASHRATE and value >= 10**15:
        return f"{_stated(value / 10**18)} EH/s"
    if metric in (Metric.PRICE, Metric.HASHPRICE):
        return f"${_stated(value)}"
    return f"{_stated(value)} BTC" if metric is Metric.BLOCK_REWARD else _stated(value)


def _stated(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def superlative(code: str) -> str:
    """`drop:2021` in words, "the largest fall since 2021"; a code of no known form is shown as it is."""
    word, _, rest = code.partition(":")
    number, _, year = rest.partition(":")
    way = "rise" if word.startswith("rise") else "fall"
    since = "ever" if number == "all" else f"since {number}"
    if word in ("drop", "rise"):
        return f"the largest {way} {since}"
    if word in ("high", "low"):
        return "an all-time high" if (word, number) == ("high", "all") else f"the {word}est {since}"
    if word in ("falls", "rises"):
        return f"{way} number {number} in a row"
    if word in ("drop_rank", "rise_rank"):
        return f"number {number} among the largest {way}s{f' of {year}' if year else ''}"
    return code


def claim_lines(stored: StoredClaim) -> list[Line]:
    """What was said and by whom, what the chain says, and the sentence it stands in."""
    judged = stored.judged
    lines = [line(bold(said(stored.claim)), " · ", source_piece(stored.source))]
    if judged:
        lines.append(line(f"{LABELS[judged.verdict]}: {judged.reason}" if judged.reason else LABELS[judged.verdict]))
    if stored.source.quote:
        lines.append(line(italic(shortened(stored.source.quote))))
    return lines


def shortened(quote: str, most: int = _LONGEST_QUOTE) -> str:
    """The words in quotation marks, cut between words where they are too many."""
    text = re.sub(r"\s+", " ", quote).strip()
    if len(text) > most:
        text = text[: most - 3].rsplit(" ", 1)[0].rstrip(",;:") + " ..."
    return f"“{text}”"
