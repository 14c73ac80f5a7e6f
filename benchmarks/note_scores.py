"""How well notes are found: the rules of `data/gold/README.md` over the note sets in `data/gold/`, whose texts stand in the article sets.

A found note hits a wanted one of the same article when the kinds agree and its span meets one of the quotes; each wanted note is hit
once, and a further note on a quote of it, or on an optional one, is neither asked for nor wrong.

Usage: python -m benchmarks.note_scores [--errors]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.scores import GOLD, SETS, article_of, miner_key, read, share
from extractors.door import extract
from extractors.model import Article, Note, NoteKind

NOTE_SETS = ("notes", "notes_later")

_Record = dict[str, Any]


@dataclass(slots=True)
class NoteTally:
    """Counts of hits, wrong and missed notes by kind, and of hits with the right company."""

    kinds: dict[str, Counter[str]] = field(default_factory=lambda: {kind.value: Counter() for kind in NoteKind})
    companies: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


def annotated(note_set: str) -> list[tuple[Article, _Record]]:
    """The articles of a note set, each with its record."""
    texts = {record["id"]: article_of(record) for name in SETS for record in read(GOLD / f"{name}.jsonl")}
    return [(texts[record["id"]], record) for record in read(GOLD / f"{note_set}.jsonl")]


def tally_notes(records: Iterable[tuple[Article, _Record]]) -> NoteTally:
    """Extract every article and count."""
    counts = NoteTally()
    for article, record in records:
        _count(article, record, extract(article).notes, counts)
    return counts


def note_figures(counts: NoteTally) -> dict[str, float]:
    """Precision, recall and F1 of all notes and of each kind, and the share of hits with the right company."""
    total = sum(counts.kinds.values(), Counter[str]())
    result = {}
    for name, count in {"notes": total, **counts.kinds}.items():
        hit, wrong, missed = count["hit"], count["wrong"], count["missed"]
        result[f"{name}_precision"] = share(hit, hit + wrong)
        result[f"{name}_recall"] = share(hit, hit + missed)
        result[f"{name}_f1"] = share(2 * hit, 2 * hit + wrong + missed)
    result["company_right"] = share(counts.companies["right"], counts.companies["all"])
    return {name: round(value, 4) for name, value in result.items()}


def note_table(sets: Mapping[str, NoteTally]) -> str:
    """Precision, recall and F1 of some sets as a table in Markdown, a line for each kind."""
    figures = {name: note_figures(counts) for name, counts in sets.items()}
    heads = " | ".join(f"{name}: wanted | precision | recall | F1" for name in sets)
    lines = [f"| notes | {heads} |", "| --- |" + " ---: |" * 4 * len(sets)]
    for kind in ("notes", *(kind.value for kind in NoteKind)):
        cells = [cell for name, counts in sets.items() for cell in _cells(kind, counts, figures[name])]
        lines.append(f"| {'all' if kind == 'notes' else kind.replace('_', ' ')} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cells(kind: str, counts: NoteTally, values: Mapping[str, float]) -> list[str]:
    wanted = sum(count["hit"] + count["missed"] for name, count in counts.kinds.items() if kind in ("notes", name))
    return [str(wanted), *(f"{values[f'{kind}_{figure}']:.3f}" for figure in ("precision", "recall", "f1"))]


def _count(article: Article, record: _Record, found: Iterable[Note], counts: NoteTally) -> None:
    left = list(found)
    for wanted in record["notes"]:
        hits = [note for note in left if _meets(note, wanted, article.body)]
        counts.kinds[wanted["kind"]]["hit" if hits else "missed"] += 1
        if not hits:
            counts.errors.append(f"{article.id} missed {wanted['kind']}: {wanted['quotes'][0]}")
            continue
        best = next((note for note in hits if _same(note.company, wanted["company"])), hits[0])
        counts.companies.update({"all": 1, "right": _same(best.company, wanted["company"])})
        if not _same(best.company, wanted["company"]):
            counts.errors.append(f"{article.id} company of {wanted['kind']}: expected {wanted['company']}, found {best.company}")
        left.remove(best)
    for note in left:
        if not any(_meets(note, passed, article.body) for passed in (*record["notes"], *record["optional"])):
            counts.kinds[note.kind.value]["wrong"] += 1
            counts.errors.append(f"{article.id} wrong {note.kind.value}: {article.body[slice(*note.span)]}")


def _meets(note: Note, wanted: _Record, body: str) -> bool:
    if note.kind.value != wanted["kind"]:
        return False
    return any(note.span.start < end and start < note.span.end for start, end in _places(wanted, body))


def _places(wanted: _Record, body: str) -> Iterator[tuple[int, int]]:
    for quote in wanted["quotes"]:
        start = body.index(quote)
        yield start, start + len(quote)


def _same(one: str | None, other: str | None) -> bool:
    return one is other if one is None or other is None else miner_key(one) == miner_key(other)


def main(arguments: list[str]) -> None:
    counts = {name: tally_notes(annotated(name)) for name in NOTE_SETS}
    print(note_table(counts))
    for name, count in counts.items():
        print(f"\n{name}: company right {note_figures(count)['company_right']:.3f}")
        if "--errors" in arguments:
            print("\n".join(count.errors))


if __name__ == "__main__":
    main(sys.argv[1:])
