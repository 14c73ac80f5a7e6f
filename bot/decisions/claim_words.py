"""How a claim is told: what the article says in its own figures, then what the chain says, worst first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from bot.decisions import money
from bot.decisions.lines import bold, enumerated, italic, joined, line
from bot.decisions.remarks import told
from bot.decisions.telling import outlet, source_piece
from bot.model import Line, StoredClaim, Verdict
from bot.speech import marked, say, say_line
from extractors.model import Claim, Metric, Modality

_LABELS: Mapping[Verdict, str] = {
    Verdict.CONTRADICTS: marked("Contradicted"),
    Verdict.EARLIER_RETARGET: marked("Another retarget"),
    Verdict.UNCHECKABLE: marked("Cannot be checked"),
    Verdict.FORECAST: marked("Forecast"),
    Verdict.ROUNDS_TO: marked("Right, rounded"),
    Verdict.MATCHES: marked("Right"),
}
_ORDER = {verdict: place for place, verdict in enumerate(_LABELS)}
_METRICS: Mapping[Metric, str] = {
    Metric.DIFFICULTY: marked("Difficulty"),
    Metric.HASHRATE: marked("Hashrate"),
    Metric.PUELL: marked("Puell multiple"),
    Metric.PRICE: marked("Price"),
    Metric.HASHPRICE: marked("Hashprice"),
    Metric.BLOCK_HEIGHT: marked("Block height"),
    Metric.BLOCK_REWARD: marked("Block reward"),
}
_SINCE: Mapping[str, tuple[str, str]] = {
    "drop": (marked("the largest fall ever"), marked("the largest fall since {time}")),
    "rise": (marked("the largest rise ever"), marked("the largest rise since {time}")),
    "abs_drop": (marked("the largest fall ever in absolute terms"), marked("the largest fall since {time} in absolute terms")),
    "abs_rise": (marked("the largest rise ever in absolute terms"), marked("the largest rise since {time} in absolute terms")),
    "high": (marked("an all-time high"), marked("the highest since {time}")),
    "low": (marked("the lowest ever"), marked("the lowest since {time}")),
}
_RANKS: Mapping[str, tuple[str, str]] = {
    "drop_rank": (marked("number {n} among the largest falls"), marked("number {n} among the largest falls of {year}")),
    "rise_rank": (marked("number {n} among the largest rises"), marked("number {n} among the largest rises of {year}")),
}
_RUNS: Mapping[str, str] = {"falls": marked("fall number {n} in a row"), "rises": marked("rise number {n} in a row")}
_LONGEST_QUOTE = 200


def worst_first(claims: Iterable[StoredClaim]) -> list[StoredClaim]:
    """Judged claims, the contradicted first, each kind newest first; a claim told twice by one outlet stands once."""
    newest = sorted(claims, key=lambda claim: (claim.source.published is not None, claim.source.published, claim.id), reverse=True)
    once: dict[tuple[str, _Figures, Verdict], StoredClaim] = {}
    for claim in newest:
        if claim.judged:
            once.setdefault((outlet(claim.source), _figures(claim.claim), claim.judged.verdict), claim)
    return sorted(once.values(), key=lambda claim: _ORDER[claim.judged.verdict] if claim.judged else 0)


_Figures = tuple[Metric, Decimal | None, Decimal | None, Decimal | None, str | None, bool]


def _figures(claim: Claim) -> _Figures:
    """What `said` tells of a claim: two with the same figures read the same."""
    return claim.metric, claim.value, claim.from_value, claim.change_pct, claim.superlative, claim.modality is Modality.FORECAST


def said(claim: Claim) -> str:
    """What the article says: "Difficulty -14 %", "Difficulty 141.6 T to 125.86 T", "Difficulty the largest fall since 2021"."""
    metric = say(_METRICS[claim.metric])
    parts = (
        _levels(figure(claim.metric, claim.from_value), figure(claim.metric, claim.value)),
        money.stated_percent(claim.change_pct) if claim.change_pct is not None else None,
        superlative(claim.superlative) if claim.superlative else None,
    )
    figures = enumerated(parts)
    if claim.modality is Modality.FORECAST:
        return say("{metric} expected {figures}", metric=metric, figures=figures) if figures else say("{metric} expected", metric=metric)
    return say("{metric} {figures}", metric=metric, figures=figures) if figures else metric


def _levels(before: str | None, value: str | None) -> str | None:
    """`141.6 T to 125.86 T`, or the one of them that is told."""
    if before and value:
        return say("{before} to {after}", before=before, after=value)
    return value or (say("from {before}", before=before) if before else None)


def figure(metric: Metric, value: Decimal | None) -> str | None:
    """A figure with the digits that the article printed and the unit of its metric; None for None."""
    if value is None:
        return None
    if metric is Metric.DIFFICULTY and value >= 10**12:
        return f"{money.plain(value / 10**12)} T"
    if metric is Metric.HASHRATE and value >= 10**15:
        return f"{money.plain(value / 10**18)} EH/s"
    if metric in (Metric.PRICE, Metric.HASHPRICE):
        return money.dollars(value)
    return money.btc(value) if metric is Metric.BLOCK_REWARD else money.plain(value)


def superlative(code: str) -> str:
    """`drop:2021` in words, "the largest fall since 2021"; a code of no known form is shown as it is."""
    word, _, rest = code.partition(":")
    number, _, year = rest.partition(":")
    if word in _SINCE:
        ever, since = _SINCE[word]
        return say(ever) if number == "all" else say(since, time=money.since(number))
    if word in _RANKS:
        ever, within = _RANKS[word]
        return say(within, n=number, year=year) if year else say(ever, n=number)
    return say(_RUNS[word], n=number) if word in _RUNS else code


def claim_lines(stored: StoredClaim) -> list[Line]:
    """What was said and by whom, what the chain says, and the sentence it stands in."""
    judged = stored.judged
    lines = [joined((bold(said(stored.claim)), source_piece(stored.source)))]
    if judged:
        label = say(_LABELS[judged.verdict])
        lines.append(say_line("{verdict}: {reason}", verdict=label, reason=told(judged.reason)) if judged.reason else line(label))
    if stored.source.quote:
        lines.append(line(italic(shortened(stored.source.quote))))
    return lines


def shortened(quote: str, most: int = _LONGEST_QUOTE) -> str:
    """The words in quotation marks, cut between words where they are too many."""
    text = re.sub(r"\s+", " ", quote).strip()
    if len(text) > most:
        text = text[: most - 3].rsplit(" ", 1)[0].rstrip(",;:") + " ..."
    return say("“{text}”", text=text)
