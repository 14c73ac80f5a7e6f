"""What the money was for: words of purpose in the sentence of a sale, or in those behind it that speak of the money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Purpose, Span
from extractors.rules.draft import Draft
from extractors.tongues.subjects import is_miner
from extractors.tongues.words import Tongue, purposes_of

_REACH = 3  # sentences behind the sale
_AIM_REACH = 90
_AIM_BEHIND = {"de": 50, "zh": 12}  # where the verb stands at the end: "soll in den Ausbau ... fließen", "为...提供资金"


def find_purposes(stream: Stream, drafts: Sequence[Draft], language: Tongue) -> None:
    """Set the purposes of every sale among the drafts."""
    sales = [draft for draft in drafts if draft.kind is Kind.SALE]
    for draft in sales:
        found = dict(_own(stream.views[draft.place], draft, sales, language))
        for view in _behind(stream, draft, sales):
            if _speaks(view, language):
                found |= {
                    purpose: span for purpose, span in _told(view, view.sentence.start, view.sentence.end, language) if purpose not in found
                }
        _give(draft, found)
    if stream.views and len({draft.company.name for draft in sales if draft.company}) == 1:
        title = stream.views[0]
        for draft in sales:
            if not any(other.purposes for other in sales if other is not draft) and not draft.purposes:
                _give(draft, dict(_told(title, title.sentence.start, title.sentence.end, language)))


def _give(draft: Draft, found: dict[Purpose, Span]) -> None:
    if found:
        draft.purposes = tuple(purpose for purpose in Purpose if purpose in found)
        draft.purpose_span = min(found.values())


def _own(view: View, draft: Draft, sales: Sequence[Draft], language: Tongue) -> Iterator[tuple[Purpose, Span]]:
    """In the sale's own sentence: not those that stand beyond another sale of it told with its own verb."""
    start, end = view.sentence.start, view.sentence.end
    later = [other.anchor.start for other in sales if other.place == draft.place and other.anchor.start > draft.anchor.end and other.own]
    return _told(view, start, min([end, *later]) if later else end, language)


def _told(view: View, start: int, end: int, language: Tongue) -> Iterator[tuple[Purpose, Span]]:
    """Each purpose that words say in a stretch, behind words of aim and not denied."""
    for purpose, pattern in purposes_of(language):
        for found in pattern.finditer(view.lower, start, end):
            first = max(start, found.start() - _AIM_REACH)
            aimed = language.has("purposes.aim", view.lower, first, min(end, found.end() + _AIM_BEHIND.get(language.name, 2)))
            denied = language.has("sense.negation", view.lower, max(first, found.start() - 24), found.start())
            if aimed and not denied:
                yield purpose, Span(*found.span())
                break
    for purpose in Purpose:
        for found in language.pattern(f"plain.{purpose.value}").finditer(view.lower, start, end):
            yield purpose, Span(*found.span())
            break


def _behind(stream: Stream, draft: Draft, sales: Sequence[Draft]) -> Iterator[View]:
    others = {other.place for other in sales if not _same(draft, other)}
    for place, view in enumerate(stream.views[draft.place + 1 : draft.place + 1 + _REACH], draft.place + 1):
        if place in others:
            return
        named = {mention.name for mention in view.miners if is_miner(mention)}
        if draft.company and named and draft.company.name not in named:
            return
        yield view


def _same(one: Draft, other: Draft) -> bool:
    return not (one.btc and other.btc) or one.btc.value == other.btc.value


def _speaks(view: View, language: Tongue) -> bool:
    start, end = view.sentence.start, view.sentence.end
    return any(language.has(words, view.lower, start, end) for words in ("money.proceeds", "sale.about", "purposes.reason", "sale.nouns"))
