"""What the money was for: phrases of use, tied to a sale by words of aim, in its own sentence or in those that speak of its proceeds."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import NamedTuple

from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Purpose, Span, Status
from extractors.resources import data_path
from extractors.rules.draft import Draft


class _Phrase(NamedTuple):
    span: Span
    purpose: Purpose


_SPEAKS_OF_SALE = re.compile(
    r"\b(?:proceeds|money|cash|funds|fiat|sums?|sales?|selling|sell|sells|sold|liquidat\w+|disposal|disposed|disposing|coins|monetis\w+|monetiz\w+|offload\w*|unload\w*|transaction|divest\w+|raised|cashing|cashes|it (?:goes|pays|went)|everything goes|none of it|reason|the (?:move|step|decision)|haul|harvest|bought by us|that same|let go|part of the)\b|\$\d|\b(?:we|our)\b"
)
_NEGATED = re.compile(r"\b(?:not|no|never|without|rather than|instead of|fewer|less)\b[^.;]{0,30}$")
_OTHER_SOURCE = re.compile(r"\b(?:notes? offering|private placement|shares|stock (?:offering|programme?|program)|credit line was|new loan|convertible|at-the-market|financing of|equity|at cost|revenue|contracts?|lease|energy credits)\b")
_AIM_REACH = 64


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[Purpose, re.Pattern[str]], ...]]:
    with data_path("lexicon", "purposes.toml").open("rb") as file:
        table = tomllib.load(file)
    aim = re.compile("|".join(table["aim"]))
    return aim, tuple((purpose, re.compile(r"\b(?:" + "|".join(table[purpose.value]) + ")")) for purpose in Purpose)


def find_purposes(stream: Stream, drafts: list[Draft]) -> None:
    """Set the purposes of every sale among the drafts."""
    sales = [draft for draft in drafts if draft.kind is Kind.SALE]
    if not sales:
        return
    companies = {draft.company.name for draft in sales if draft.company}
    for place in sorted({draft.place for draft in sales}):
        here = [draft for draft in sales if draft.place == place]
        found = _own(stream.views[place], here[0])
        for follower in _following(stream, place, sales, companies):
            found += _used(stream.views[follower])
        _give(here, found)
    _from_title(stream, sales)


def _give(drafts: list[Draft], found: list[_Phrase]) -> None:
    if not found:
        return
    purposes = {phrase.purpose for phrase in found}
    for draft in drafts:
        if not draft.purposes:
            draft.purposes = tuple(purpose for purpose in Purpose if purpose in purposes)
            draft.purpose_span = _covering([phrase.span for phrase in found])


def _covering(spans: list[Span]) -> Span:
    start, end = min(spans).start, max(span.end for span in spans)
    return Span(start, end) if end - start < 400 else min(spans)


def _own(view: View, draft: Draft) -> list[_Phrase]:
    phrases = _phrases(view, view.sentence.start, view.sentence.end)
    return [phrase for phrase in phrases if not _other_clause(view, draft, phrase)]


def _other_clause(view: View, draft: Draft, phrase: _Phrase) -> bool:
    """Behind another miner's name the words speak of that one."""
    first, last = sorted((draft.anchor.start, phrase.span.start))
    for mention in view.miners:
        if first < mention.span.start < last and draft.company and mention.name != draft.company.name and mention.miner and mention.miner.mines:
            return True
    return False


def _used(view: View) -> list[_Phrase]:
    text = view.lower[view.sentence.start : view.sentence.end]
    if not _SPEAKS_OF_SALE.search(text) or _OTHER_SOURCE.search(text):
        return []
    return _phrases(view, view.sentence.start, view.sentence.end)


def _phrases(view: View, start: int, end: int) -> list[_Phrase]:
    aim, patterns = _patterns()
    found = []
    for purpose, pattern in patterns:
        for match in pattern.finditer(view.lower, start, end):
            before = view.lower[max(start, match.start() - _AIM_REACH) : match.end()]
            if aim.search(before) and not _NEGATED.search(before):
                found.append(_Phrase(Span(match.start(), match.end()), purpose))
                break
    return found


def _following(stream: Stream, place: int, sales: list[Draft], companies: set[str]) -> list[int]:
    """Sentences that may speak of the proceeds: those behind a sale up to the next one, within reach."""
    other_places = {draft.place for draft in sales if draft.place > place and not _same_sale(sales, place, draft)}
    own = {draft.company.name for draft in sales if draft.place == place and draft.company}
    followers = []
    for index in range(place + 1, min(len(stream.views), place + 6)):
        view = stream.views[index]
        if index in other_places:
            break
        named = {mention.name for mention in view.miners if mention.miner is None or mention.miner.mines}
        if named and not named & own:
            if len(companies) > 1:
                break
            continue
        followers.append(index)
    return followers


def _same_sale(sales: list[Draft], place: int, other: Draft) -> bool:
    return any(
        draft.place == place and draft.btc and other.btc and draft.btc.value == other.btc.value and draft.company == other.company for draft in sales
    )


def _from_title(stream: Stream, sales: list[Draft]) -> None:
    """A headline's words of use go to the sales of the article, if it tells of one miner's."""
    if not stream.views or len({draft.company.name for draft in sales if draft.company}) != 1:
        return
    bare = [draft for draft in sales if not draft.purposes and draft.status is not Status.RUMOURED]
    if bare and len(bare) == len(sales):
        _give(bare, _phrases(stream.views[0], stream.views[0].sentence.start, stream.views[0].sentence.end))
