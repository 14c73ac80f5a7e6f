"""How well events are extracted: the rules of `data/gold/README.md`, over any of the article sets in `data/gold/`.

An extracted event hits an expected one of the same article when kind, miner and status agree and the amount does: bitcoin within 0.5 %,
or dollars within 1 % where the expected event states no bitcoin. Each is used once; a hit is full when the dollars agree too. Optional
events take an extracted one out of the count and are never missed.

Usage: python -m benchmarks.scores [FILE ...]      the table, as it stands in the README
       python -m benchmarks.scores --errors [FILE]  what went wrong
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors.door import find_events
from extractors.jsonl import event_json
from extractors.mentions.registry import load_registry
from extractors.model import Article

GOLD = Path(__file__).resolve().parent.parent / "data" / "gold"
SETS = ("dev", "probes", "wild", "fresh_a", "fresh_b", "fresh_c", "fresh_d", "fresh_e", "fresh_f", "tongues")
KINDS = ("sale", "purchase", "transfer", "production", "holdings")
FIELDS = ("usd", "price_usd", "period", "settlement", "ticker", "held_on")

_Record = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts over a set of articles."""

    kinds: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    fields: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in FIELDS})
    purposes: Counter[str] = field(default_factory=Counter)
    quiet: int = 0
    alarms: int = 0
    errors: list[str] = field(default_factory=list)


def read(path: Path) -> list[_Record]:
    """The articles of a set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def article_of(record: _Record) -> Article:
    """An article of a set, as a feed would give it."""
    return Article(record["id"], record["title"], record["text"], datetime.fromisoformat(record["published"]).replace(tzinfo=UTC))


def tally(records: Iterable[_Record]) -> Tally:
    """Extract every article and count."""
    counts = Tally()
    for record in records:
        _count(record, [event_json(event) for event in find_events(article_of(record))], counts)
    return counts


def figures(counts: Tally) -> dict[str, float]:
    """The figures that are judged, each between 0 and 1."""
    sale = counts.kinds["sale"]
    unfull = sale["hit"] - sale["full"]
    result = {
        "sale_f1": _f1(sale["hit"], sale["wrong"], sale["missed"]),
        "sale_precision": share(sale["hit"], sale["hit"] + sale["wrong"]),
        "sale_full_f1": _f1(sale["full"], sale["wrong"] + unfull, sale["missed"] + unfull),
    }
    for kind in KINDS[1:]:
        count = counts.kinds[kind]
        result[f"{kind}_f1"] = _f1(count["hit"], count["wrong"], count["missed"])
    result["purposes_f1"] = _f1(counts.purposes["hit"], counts.purposes["wrong"], counts.purposes["missed"])
    result |= {f"{name}_right": share(count["right"], count["all"]) for name, count in counts.fields.items()}
    result["articles_without_false_alarm"] = 1 - share(counts.alarms, counts.quiet, empty=0.0)
    return {name: round(value, 4) for name, value in result.items()}


def share(part: float, whole: float, empty: float = 1.0) -> float:
    """The part of the whole, `empty` if there is none."""
    return part / whole if whole else empty


def _f1(hit: int, wrong: int, missed: int) -> float:
    return share(2 * hit, 2 * hit + wrong + missed)


def miner_key(name: str) -> str:
    """What two spellings of one miner share."""
    miner = load_registry().by_name(name)
    return miner.name if miner else "".join(char for char in name.casefold() if char.isalnum())


def _close(one: float | None, other: float | None, share: float) -> bool:
    if one is None or other is None:
        return one is other
    return abs(float(one) - float(other)) <= share * max(abs(float(one)), abs(float(other)), 1e-9)


def _hits(wanted: _Record, found: _Record) -> bool:
    if wanted["kind"] != found["kind"] or miner_key(wanted["company"]) != miner_key(found["company"]):
        return False
    if wanted["kind"] in KINDS[:3] and (wanted.get("status") or "completed") != (found.get("status") or "completed"):
        return False
    if wanted.get("btc") is not None:
        return found.get("btc") is not None and _close(wanted["btc"], found["btc"], 0.005)
    return found.get("usd") is not None and _close(wanted.get("usd"), found["usd"], 0.01)


def _full(wanted: _Record, found: _Record) -> bool:
    return _close(wanted.get("usd"), found.get("usd"), 0.01)


def _pair(wanted: list[_Record], found: list[_Record]) -> tuple[list[tuple[_Record, _Record]], list[_Record], list[_Record]]:
    """Pairs, what was missed, and what is left over; events with a full hit choose first."""
    left, pairs, missed = list(found), [], []
    for event in sorted(wanted, key=lambda event: not any(_hits(event, other) and _full(event, other) for other in left)):
        options = [other for other in left if _hits(event, other)]
        if not options:
            missed.append(event)
            continue
        best = max(options, key=lambda other: (_full(event, other), other.get("period") == event.get("period")))
        left.remove(best)
        pairs.append((event, best))
    return pairs, missed, left


def _count(record: _Record, found: list[_Record], counts: Tally) -> None:
    optional = record.get("optional_events") or []
    pairs, missed, left = _pair(record["events"], found)
    wrong = _pair(optional, left)[2]
    for event, other in pairs:
        counts.kinds[event["kind"]].update({"hit": 1, "full": _full(event, other)})
        if event["kind"] == "sale":
            _count_fields(record["id"], event, other, counts)
        if event["kind"] == "holdings" and event.get("period"):
            counts.fields["held_on"].update({"all": 1, "right": event["period"] == other.get("period")})
    for sort, events in (("missed", missed), ("wrong", wrong)):
        for event in events:
            counts.kinds[event["kind"]][sort] += 1
            counts.errors.append(f"{record['id']} {sort} {event['kind']}: {event['company']} btc={event.get('btc')} usd={event.get('usd')}")
    if not any(event["kind"] == "sale" for event in record["events"] + optional):
        counts.quiet += 1
        counts.alarms += any(event["kind"] == "sale" for event in found)


def _count_fields(name: str, event: _Record, other: _Record, counts: Tally) -> None:
    right = {
        "usd": _full(event, other),
        "price_usd": _close(event.get("price_usd"), other.get("price_usd"), 0.01),
        "period": (event.get("period") or None) == (other.get("period") or None),
        "settlement": (event.get("settlement") or None) == (other.get("settlement") or None),
        "ticker": not event.get("ticker") or event["ticker"] == other.get("ticker"),
    }
    for key, is_right in right.items():
        counts.fields[key].update({"all": 1, "right": is_right})
        if not is_right:
            counts.errors.append(f"{name} {key}: expected {event.get(key)}, found {other.get(key)}")
    want, got = set(event.get("purposes") or []), set(other.get("purposes") or [])
    counts.purposes.update({"hit": len(want & got), "wrong": len(got - want), "missed": len(want - got)})
    if want != got:
        counts.errors.append(f"{name} purposes: expected {sorted(want)}, found {sorted(got)}")


def table(sets: dict[str, dict[str, float]]) -> str:
    """The figures of some sets as a table in Markdown."""
    names = list(next(iter(sets.values())))
    lines = ["| figure | " + " | ".join(name.replace("_", " ") for name in sets) + " |", "| --- |" + " ---: |" * len(sets)]
    lines += [_row(name, sets) for name in names]
    return "\n".join(lines)


def _row(name: str, sets: dict[str, dict[str, float]]) -> str:
    return f"| {name.replace('_', ' ')} | " + " | ".join(f"{values[name]:.3f}" for values in sets.values()) + " |"


def main(arguments: list[str]) -> None:
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")] or [GOLD / f"{name}.jsonl" for name in SETS]
    counts = {path.stem: tally(read(path)) for path in paths}
    print(table({name: figures(count) for name, count in counts.items()}))
    if "--errors" in arguments:
        for count in counts.values():
            print("\n".join(count.errors))


if __name__ == "__main__":
    main(sys.argv[1:])
