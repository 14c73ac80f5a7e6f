"""What the money was for: phrases of use, tied to a sale by words of aim, in its own sentence or in those that speak of its proceeds."""

from __future__ import annotations

import re

from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Purpose, Span, Status
from extractors.rules.draft import Draft
from extractors.rules.parts import without_parts
from extractors.rules.uses import Use, uses_in

_SPEAKS_OF_SALE = re.compile(
    r"\b(?:proceeds|money|cash|funds|fiat|sums?|sales?|selling|sell|sells|sold|liquidat\w+|disposal|disposed|disposing|coins|monetis\w+"
    r"|monetiz\w+|offload\w*|unload\w*|transaction|divest\w+|raised|cashing|cashes|it (?:goes|pays|went)|everything goes|none of it"
    r"|reason|the (?:move|step|decision)|haul|harvest|bought by us|that same|let go|part of the|capital|board|reason|picked the moment"
    r"|timing|in this (?:manner|way)|that way)\b|\$\d|\b(?:we|our)\b"
)
_SPEAKS_STRICTLY = re.compile(
    r"\b(?:proceeds|the (?:money|cash|funds|sales?)|sell|sells|selling|sold|liquidat\w+|disposals?|bought by us|offload\w*|cash funds)\b"
)
_EXPLAINS = re.compile(r"\b(?:needs?|pays?|paid|because|so that|wish|wants?|happy|hence|reason|moment|picked|timing|cited)\b")
_NEGATED = re.compile(r"\b(?:not|no|never|without|rather than|instead of|fewer|less)\b[^.;]{0,30}$")
_OTHER_SOURCE = re.compile(
    r"\b(?:notes? offering|private placement|note money|new notes|shares (?:of|sold)|stock (?:offering|programme?|program)"
    r"|credit line was|new loan|convertible|at-the-market|financing of|equity|at cost|revenue|contracts?|lease|energy credits)\b"
)


def find_purposes(stream: Stream, drafts: list[Draft]) -> None:
    """Set the purposes of every sale among the drafts."""
    sales = without_parts([draft for draft in drafts if draft.kind is Kind.SALE])
    if not sales:
        return
    companies = {draft.company.name for draft in sales if draft.company}
    for draft in sales:
        found = _own(stream.views[draft.place], draft, sales) if draft.place >= 0 else []
        if draft.place >= 0 and not found and _LOOKS_BACK.search(stream.views[draft.place].lower, *stream.views[draft.place].sentence[:2]):
            found = _before(stream, draft.place)
        for follower in _following(stream, draft, sales, companies):
            found += _used(stream.views[follower], near=follower == draft.place + 1, strict=draft.place < 0 or follower > draft.place + 4)
        _give([draft], found)
    _from_title(stream, sales)


_LOOKS_BACK = re.compile(
    r"\b(?:to (?:fund|finance|pay for|do) (?:it|this|that|them|so)|needed for (?:it|this|that)|paid for (?:it|this|them)|(?:financed"
    r"|funded|covered|paid) by|the money for)\b"
)


def _before(stream: Stream, place: int) -> list[Use]:
    """The purpose stands in the sentences before: "... has retired its note. The 9.2 BTC needed for it were sold"."""
    for index in range(place - 1, max(-1, place - 7), -1):
        view = stream.views[index]
        found = _phrases(view, view.sentence.start, view.sentence.end)
        if found:
            return found[:1]
    return []


def _give(drafts: list[Draft], found: list[Use]) -> None:
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


def _own(view: View, draft: Draft, sales: list[Draft]) -> list[Use]:
    phrases = _phrases(view, view.sentence.start, view.sentence.end)
    return [phrase for phrase in phrases if not _other_clause(view, draft, phrase, sales)]


def _other_clause(view: View, draft: Draft, phrase: Use, sales: list[Draft]) -> bool:
    """Behind another miner's name, or behind the coins of another miner's sale, the words speak of that one."""
    place = draft.btc.start if draft.btc else draft.anchor.start
    first, last = sorted((place, phrase.span.start))
    for mention in view.miners:
        if (
            first < mention.span.start < last
            and draft.company
            and mention.name != draft.company.name
            and mention.miner
            and mention.miner.mines
        ):
            return True
    return any(
        other.place == draft.place and other.company != draft.company and other.btc and place < other.btc.start < phrase.span.start
        for other in sales
    )


def _used(view: View, *, near: bool, strict: bool) -> list[Use]:
    text = view.lower[view.sentence.start : view.sentence.end]
    speaks = _SPEAKS_STRICTLY.search(text) if strict else _SPEAKS_OF_SALE.search(text) or (near and _EXPLAINS.search(text))
    if not speaks or _OTHER_SOURCE.search(text):
        return []
    return _phrases(view, view.sentence.start, view.sentence.end)


def _phrases(view: View, start: int, end: int) -> list[Use]:
    return uses_in(view.lower, start, end)


def _following(stream: Stream, draft: Draft, sales: list[Draft], companies: set[str]) -> list[int]:
    """Sentences that may speak of the proceeds: those behind a sale up to the next one, within reach."""
    own = draft.company.name if draft.company else ""
    if draft.place < 0:
        return list(range(len(stream.views)))
    other_places = {other.place for other in sales if other.place > draft.place and not _same_sale(draft, other)}
    followers = []
    for index in range(draft.place + 1, min(len(stream.views), draft.place + 13)):
        view = stream.views[index]
        if index in other_places:
            break
        named = {mention.name for mention in view.miners if mention.miner is None or mention.miner.mines}
        if named and own not in named:
            if len(companies) > 1:
                break
            continue
        followers.append(index)
    return followers


def _same_sale(one: Draft, other: Draft) -> bool:
    if not one.company or not other.company or one.company.name != other.company.name:
        return False
    return not (one.btc and other.btc) or one.btc.value == other.btc.value


def _from_title(stream: Stream, sales: list[Draft]) -> None:
    """A headline's words of use go to the sales of the article, if it tells of one miner's."""
    if not stream.views or len({draft.company.name for draft in sales if draft.company}) != 1:
        return
    bare = [draft for draft in sales if not draft.purposes and draft.status is not Status.RUMOURED]
    if bare and len(bare) == len(sales):
        _give(bare, _phrases(stream.views[0], stream.views[0].sentence.start, stream.views[0].sentence.end))
