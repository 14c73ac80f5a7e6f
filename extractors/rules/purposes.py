"""What the money was for: uses told in the sentence of a sale, or in those behind it that speak of its proceeds."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.mentions.amounts import Amount
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Period, Purpose, Span, Status
from extractors.rules.draft import Draft
from extractors.rules.owners import KIN, is_of_kin
from extractors.rules.parts import close, without_parts
from extractors.rules.ties import FAR, is_apart, is_of_sale, is_own, leads_elsewhere, speaks
from extractors.rules.uses import Use, uses_in, without_echo
from extractors.rules.usewords import Words

_REACH = 13
_SECOND = 2
_NEARLY = Decimal("0.05")  # "463 of the month and 12 of before" beside 475
_LOOKS_BACK = Cue(
    r"\b(?:to (?:fund|finance|pay for|do) (?:it|this|that|them|so)|needed for (?:it|this|that)|paid for (?:it|this|them)|(?:financed"
    r"|funded|covered|paid) by|the money for|for (?:the|this|that) (?:same )?(?:purpose|reason|end)|to (?:that|this) end)\b"
)
# "A loan fell due. To repay it ...": whatever the sentence before names is what the money is for.
_FOR_WHAT_WAS_SAID = Cue(
    r"\bto (?:repay|pay|pay off|pay back|cover|meet|settle|buy|build|get|raise|order|afford|clear|retire)"
    r" (?:it|them|this|that|these|those)\b"
)
_PAYS_FOR_IT = Cue(
    r"\b(?:coins?|bitcoins?|btc|sales?|selling|proceeds|sell|money)\b[^.;]{0,30} (?:pay|pays|paid|paying|fund|funds|funded|cover|covers"
    r"|covered|finance|finances|financed)(?: for)? (?:it|this|that|them)\b"
)
_SPEAKS_FIRST = re.compile(
    r"\W*(?:and |but )?(?:the|these|this|its|both|such|part of the|some of the) (?:\w+ )?"
    r"(?:sales?|proceeds|money|cash|funds|disposals?|dollars)\b"
)
_THEREFORE = re.compile(
    r"\W*(?:so|hence|therefore|thus|accordingly|consequently|that is why|that\x27s why|this is why|for that|for this)\b"
)
_SUMS_UP = Cue(r"\b(?:in total|in all|altogether|all told|all in all|taken together)\b")


class _Reader:
    """The uses of each sentence, read once."""

    def __init__(self, stream: Stream) -> None:
        self.views = stream.views
        self._words: dict[int, Words] = {}
        self._known: dict[int, list[Use]] = {}
        self._labelled: dict[int, bool] = {}
        self._spoken: dict[tuple[int, int], int] = {}

    def words(self, place: int) -> Words:
        if place not in self._words:
            self._words[place] = Words(self.views[place])
        return self._words[place]

    def uses(self, place: int) -> list[Use]:
        if place not in self._known:
            self._known[place] = uses_in(self.words(place), labelled=self.labelled(place))
        return self._known[place]

    def labelled(self, place: int) -> bool:
        """Whether the sentence before announces a use."""
        if place not in self._labelled:
            self._labelled[place] = place > 0 and self.words(place - 1).ends_in_label()
        return self._labelled[place]

    def speaks(self, place: int, distance: int) -> int:
        """How clearly the sentence speaks of a sale told so many sentences before."""
        key = place, min(distance, FAR)
        if key not in self._spoken:
            self._spoken[key] = speaks(self.views[place], distance=distance)
        return self._spoken[key]


def find_purposes(stream: Stream, drafts: list[Draft]) -> None:
    """Set the purposes of every sale among the drafts."""
    sales = without_parts([draft for draft in drafts if draft.kind is Kind.SALE])
    if not sales:
        return
    reader = _Reader(stream)
    companies = {draft.company.name for draft in sales if draft.company}
    places = sorted({draft.place for draft in sales})
    for draft in sales:
        found = _own(reader, draft, sales) if draft.place >= 0 else []
        for follower in _following(stream, draft, sales, companies):
            found += _used(reader, draft, follower)
        _give([draft], reader, found)
    _from_dated(reader, sales)
    _share_plans(sales)
    _from_closing(reader, sales, places)
    _from_title(reader, sales)


def _own(reader: _Reader, draft: Draft, sales: list[Draft]) -> list[Use]:
    view = reader.views[draft.place]
    start, end = view.sentence.start, view.sentence.end
    found = [use for use in reader.uses(draft.place) if is_own(view, draft, use, sales)]
    found = found or _paid_for(reader, draft.place)
    if not found and _LOOKS_BACK.search(view.cues, view.lower, start, end):
        return _before(reader, draft.place)
    if not found and draft.place > 1 and _FOR_WHAT_WAS_SAID.search(view.cues, view.lower, start, end):
        return uses_in(reader.words(draft.place - 1), labelled=True) or (reader.uses(draft.place - 2) if draft.place > _SECOND else [])
    if (
        not found
        and draft.place > 1
        and (
            _THEREFORE.match(view.lower, start, end)
            or _SUMS_UP.search(view.cues, view.lower, start, draft.anchor.end)
            or _tells_habit(reader, draft.place - 1, sales)
        )
    ):
        before = reader.views[draft.place - 1]
        return [use for use in reader.uses(draft.place - 1) if is_of_sale(before, draft, use)]
    return found


def _tells_habit(reader: _Reader, place: int, sales: list[Draft]) -> bool:
    """ "It sells a part of its coins to meet its costs. In May it sold 120 BTC": a sentence on selling that tells no sale."""
    return "sale" in {trigger.kind for trigger in reader.views[place].triggers} and all(other.place != place for other in sales)


def _before(reader: _Reader, place: int) -> list[Use]:
    """The purpose stands in the sentences before: "... has retired its note. The 9.2 BTC needed for it were sold"."""
    for index in range(place - 1, max(-1, place - 7), -1):
        if reader.uses(index):
            return reader.uses(index)[:1]
    return []


def _used(reader: _Reader, draft: Draft, place: int) -> list[Use]:
    view = reader.views[place]
    far = draft.place < 0
    words = reader.words(place)
    if not words.may_tell() or _of_another_time(view, draft):
        return []
    said = 2 if reader.labelled(place) or _holds(view, draft.usd) else reader.speaks(place, FAR if far else place - draft.place)
    if not said or words.is_bare():
        return []
    found = [use for use in reader.uses(place) if (said == 2 or not use.goods) and is_of_sale(view, draft, use)]
    if said == 1 and found and any(not _meet(mention.period, draft.period) for mention in view.dates):
        return []  # "It bought 5,000 machines for $12 million in April": a deed of its own time
    if found and not far and is_apart(view):
        return []
    return found or (_paid_for(reader, place) if said == 2 else [])


def _holds(view: View, dollars: Amount | None) -> bool:
    """Whether the sentence tells what the sale brought."""
    return dollars is not None and view.sentence.start <= dollars.start < view.sentence.end


def _paid_for(reader: _Reader, place: int) -> list[Use]:
    """ "The upgrade is what counts, and the coins we sell help to pay for it": what was named before "it" in the sentence."""
    view = reader.views[place]
    paid = _PAYS_FOR_IT.search(view.cues, view.lower, view.sentence.start, view.sentence.end)
    return [use for use in uses_in(reader.words(place), labelled=True) if use.span.end <= paid.start()] if paid else []


_PURPOSES = tuple(Purpose)
_POLICY = re.compile(r"treasury (?:policy|strategy|plan|programme|program)")  # in line with which it was sold for something else


def _give(drafts: list[Draft], reader: _Reader, found: list[Use]) -> None:
    if not found:
        return
    found = without_echo(reader.views[0].lower, found)
    if len({use.purpose for use in found}) > 1:
        found = [use for use in found if not _POLICY.fullmatch(reader.views[0].lower, use.span.start, use.span.end)]
    purposes = {use.purpose for use in found}
    for draft in drafts:
        if not draft.purposes:
            draft.purposes = tuple([purpose for purpose in _PURPOSES if purpose in purposes])
            draft.purpose_span = _covering([use.span for use in found])


def _covering(spans: list[Span]) -> Span:
    start, end = min(spans).start, max(span.end for span in spans)
    return Span(start, end) if end - start < 400 else min(spans)


def _following(stream: Stream, draft: Draft, sales: list[Draft], companies: set[str]) -> list[int]:
    """Sentences that may speak of the proceeds: those behind a sale up to the next one, within reach."""
    own = draft.company.name if draft.company else ""
    if draft.place < 0:
        return list(range(min(len(stream.views), 300)))
    other_places = {other.place for other in sales if draft.place < other.place < draft.place + _REACH and not _same_sale(draft, other)}
    followers = []
    for index in range(draft.place + 1, min(len(stream.views), draft.place + _REACH)):
        view = stream.views[index]
        if index in other_places or leads_elsewhere(view):
            break
        if not view.miners:
            followers.append(index)
            continue
        kin = view.cues & KIN.bit
        named = {
            mention.name
            for mention in view.miners
            if (mention.miner is None or mention.miner.mines) and not (kin and is_of_kin(view, mention))
        }
        if (
            named
            and own not in named
            and not (len(companies) == 1 and _SPEAKS_FIRST.match(view.lower, view.sentence.start, view.sentence.end))
        ):
            if len(companies) > 1:
                break
            continue
        followers.append(index)
    return followers


def _same_sale(one: Draft, other: Draft) -> bool:
    if not one.company or not other.company or one.company.name != other.company.name:
        return False
    return not (one.btc and other.btc) or close(one.btc.value, other.btc.value, _NEARLY)


_MONEY_OF_THEN = re.compile(r"(?:'s)? (?:money|cash|proceeds|sales?|coins|dollars|haul)\b")


def _of_another_time(view: View, draft: Draft) -> bool:
    """ "This week's money is for wages": not of the sale of August told just before."""
    if not view.dates or not draft.period:
        return False
    spoken = [mention.period for mention in view.dates if _MONEY_OF_THEN.match(view.lower, mention.span.end)]
    return bool(spoken) and not any(_meet(period, draft.period) for period in spoken)


def _meet(one: Period, other: Period | None) -> bool:
    return other is not None and one.start <= other.end and other.start <= one.end


def _from_dated(reader: _Reader, sales: list[Draft]) -> None:
    """The money of a time that the text names goes to the sale of that time, wherever it was told."""
    if len(sales) < 2:
        return
    for place, view in enumerate(reader.views[:300]):
        for mention in view.dates:
            if _MONEY_OF_THEN.match(view.lower, mention.span.end):
                named = {miner.name for miner in view.miners}
                told = [draft for draft in sales if 0 <= draft.place < place and draft.company and named <= {draft.company.name}]
                meant = [draft for draft in told if _meet(mention.period, draft.period)]
                _give(meant if len(meant) == 1 else [], reader, reader.uses(place))


def _share_plans(sales: list[Draft]) -> None:
    """What is done of a plan is for what the plan is for."""
    for one in sales[:20]:
        for other in sales[:20]:
            if (
                one.purposes
                and not other.purposes
                and {one.status, other.status} == {Status.PLANNED, Status.COMPLETED}
                and one.company
                and other.company
                and one.company.name == other.company.name
                and abs(one.place - other.place) <= 1
            ):
                other.purposes, other.purpose_span = one.purposes, one.purpose_span


def _from_closing(reader: _Reader, sales: list[Draft], places: list[int]) -> None:
    """A reason given behind the sales of several miners ("The why is the same everywhere: ...") is that of all of them."""
    if len(places) < 2:
        return
    for place in range(places[-1] + 1, min(len(reader.views), places[-1] + 5)):
        if not reader.views[place].miners and reader.words(place).has_label():
            uses = reader.uses(place)
            if {purpose for draft in sales for purpose in draft.purposes} <= {use.purpose for use in uses}:
                _give(sales, reader, uses)


_MINERS_ALL = Cue(r"\b(?:miners|producers)\b")


def _from_title(reader: _Reader, sales: list[Draft]) -> None:
    """A headline's words of use go to the sales of the article, if it tells of one miner's or speaks of all ("Miners take profit")."""
    if not reader.views:
        return
    if len({draft.company.name for draft in sales if draft.company}) != 1:
        view = reader.views[0]
        uses = reader.uses(0) if not view.miners and _MINERS_ALL.search(view.cues, view.lower, 0, view.sentence.end) else []
        if {purpose for draft in sales for purpose in draft.purposes} <= {use.purpose for use in uses}:
            _give(sales, reader, uses)
        return
    bare = [draft for draft in sales if not draft.purposes and draft.status is not Status.RUMOURED]
    if bare and len(bare) == len(sales):
        _give(bare, reader, reader.uses(0))
