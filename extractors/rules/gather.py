"""All drafts of an article: sentence by sentence, with the focus carried along, then tables, dollars, dates and purposes."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Span, Status
from extractors.rules import money
from extractors.rules.anaphora import sold_before
from extractors.rules.carried import carried_date
from extractors.rules.compare import is_aimed_at, is_budgeted, is_of_a_day, is_of_the_past
from extractors.rules.context import listed, share_list
from extractors.rules.dollars import dollar_purchases, dollar_sales
from extractors.rules.draft import Draft
from extractors.rules.grids import grid_drafts
from extractors.rules.heldwhen import date_holdings
from extractors.rules.jointly import in_common
from extractors.rules.latedates import late_dates
from extractors.rules.lately import far_money, late_money, settlement
from extractors.rules.offers import Role
from extractors.rules.periods import Report, date_draft, report_for, report_of
from extractors.rules.production import is_equivalent
from extractors.rules.purposes import find_purposes
from extractors.rules.retracted import is_retracted, without_retracted
from extractors.rules.roles import find_roles
from extractors.rules.settle import settle
from extractors.rules.sharedtimes import share_time
from extractors.rules.status import standing
from extractors.rules.subjects import Focus, company_of, main_miner, move_focus
from extractors.rules.tables import table_drafts
from extractors.rules.unsold import unsold_coins

_MOST_PAIRS = 300  # of a sentence: one with more is no prose


_MOST_DRAFTS = 400  # of an article


_AGAIN = Cue(
    r"\b(?:another|a further|a second|a third|the same|an additional|again)(?: (?:batch|lot|tranche|block"
    r"|parcel) of)?(?: \w+)? $"
)
_BITCOIN = re.compile(r"\b(?:bitcoins?|btc|satoshis?)\b|₿|比特币|биткоин")


def gather(stream: Stream) -> list[Draft]:
    """The settled drafts of an article, in order."""
    bitcoin = bool(_BITCOIN.search(stream.read.lower)) or any(mention.miner and mention.miner.mines for mention in stream.miners)
    report = report_of(stream)
    grid, months, grid_lines = grid_drafts(stream, report)
    rows, table_lines = table_drafts(stream, report)
    table_lines |= grid_lines
    focus = Focus(topic=_topic(stream), titled=_one_in_title(stream))
    drafts: list[Draft] = []
    carried: Report | None = None
    for place, view in enumerate(stream.views):
        if view.sentence.line in table_lines:
            continue
        if not view.amounts or len(view.amounts) * len(view.triggers) > _MOST_PAIRS or len(drafts) > _MOST_DRAFTS:
            drafts += _dated(view, sold_before(view, place, [], drafts), report) if bitcoin and drafts else []
            if view.dates:
                carried = carried_date(view, carried)
            move_focus(view, focus)
            continue
        here = _drafts_of(view, place, focus, bitcoin=bitcoin)
        here += listed(stream, place, here, drafts, focus) if bitcoin else []
        here += sold_before(view, place, here, drafts)
        _add_money(view, place, here, drafts)
        for draft in here:
            date_draft(view, draft, report_for(view, report or (carried if place else None), stream))
            settlement(view, draft)
        if view.dates:
            share_time(view, here)
            carried = carried_date(view, carried)
        drafts += here
        move_focus(view, focus)
    drafts = [draft for draft in drafts if not (draft.btc and draft.btc.value in focus.denied and draft.kind in {Kind.SALE, Kind.TRANSFER})]
    drafts = without_retracted(drafts, lambda draft: is_retracted(stream, draft))
    drafts = far_money(stream, drafts + (grid or _owned(rows or months, focus)))
    drafts = _without_sold_holdings(drafts)
    late_dates(stream.views, drafts)
    date_holdings(stream, drafts, report)
    find_purposes(stream, drafts)
    return settle([draft for draft in drafts if draft.company], stream.published)


def _dated(view: View, drafts: list[Draft], report: Report | None) -> list[Draft]:
    for draft in drafts:
        date_draft(view, draft, report)
    return drafts


def _topic(stream: Stream) -> MinerMention | None:
    """The first miner of the headline or the opening; else the only one that is named at all."""
    for view in stream.views[:2]:
        found = main_miner(view)
        if found:
            return found
    mining = [mention for mention in stream.miners if mention.miner is None or mention.miner.mines]
    return mining[0] if len({mention.name for mention in mining}) == 1 else None


def _one_in_title(stream: Stream) -> bool:
    if not stream.views:
        return False
    return len({mention.name for mention in stream.views[0].miners if mention.miner is None or mention.miner.mines}) == 1


def _owned(rows: list[Draft], focus: Focus) -> list[Draft]:
    topic = focus.topic
    if topic is None:
        return []
    return [_with_company(row, topic) for row in rows]


def _with_company(draft: Draft, company: MinerMention) -> Draft:
    draft.company = company
    return draft


def _drafts_of(view: View, place: int, focus: Focus, *, bitcoin: bool) -> list[Draft]:
    roles = find_roles(view, bitcoin=bitcoin)
    drafts = [draft for role in roles if (draft := _draft(view, place, role, focus))]
    if view.miners:
        drafts = in_common(view, place, drafts)
    if drafts:
        share_list(view, drafts, focus)
        drafts = _without_sold_holdings(drafts)
    told = {trigger.kind for trigger in view.triggers}
    sells = Kind.SALE in {role.kind for role in roles}
    if sells:
        drafts += unsold_coins(view, place, roles, drafts, focus)
    if "sale" in told and not sells:
        drafts += dollar_sales(view, place, focus)
    if "purchase" in told:
        drafts += dollar_purchases(view, place, focus)
    return drafts


def _without_sold_holdings(drafts: list[Draft]) -> list[Draft]:
    """Coins that were sold are no longer held; those that are to be sold are."""
    gone = {draft.btc for draft in drafts if draft.kind is Kind.SALE and draft.status is not Status.PLANNED}
    if not gone:
        return drafts
    return [draft for draft in drafts if not (draft.kind is Kind.HOLDINGS and draft.btc in gone)]


_THEN = tuple(
    [f"a {time} {word}" for time in ("year", "month", "quarter") for word in ("ago", "earlier", "before")]
)  # "A year ago it had sold 4 BTC"


def _is_of_another_time(view: View, amount: Amount, kind: Kind) -> bool:
    """Whether the figure is that of last year, or is aimed at."""
    if kind in {Kind.PURCHASE, Kind.TRANSFER}:
        return False
    if kind is Kind.SALE:
        return view.lower.startswith(_THEN, view.sentence.start) and is_of_the_past(view, amount)
    if is_of_the_past(view, amount) or is_aimed_at(view, amount):
        return True
    return kind is Kind.PRODUCTION and is_budgeted(view, amount)


def _draft(view: View, place: int, role: Role, focus: Focus) -> Draft | None:
    kind, amount, trigger = role.kind, role.amount, role.trigger
    if kind is Kind.PRODUCTION and (is_equivalent(view, amount) or is_of_a_day(view, amount)):
        return None
    at = trigger if role.own else trigger._replace(start=amount.start, end=amount.start)
    company = company_of(view, at, amount.start, focus)
    if _is_of_another_time(view, amount, kind):
        return None
    if company is None or amount.value <= 0:
        return None
    said = standing(view, trigger)
    if said.denied and not (kind is Kind.HOLDINGS and trigger.sort == "noun"):
        if kind is Kind.SALE and view.read.text[view.sentence.end - 1] != "?":
            focus.denied.add(amount.value)
        return None
    if kind in {Kind.PRODUCTION, Kind.HOLDINGS} and said.status is Status.PLANNED and kind is Kind.PRODUCTION:
        return None
    draft = Draft(
        kind,
        place,
        Span(trigger.start, trigger.close.end if trigger.close else trigger.end),
        trigger,
        btc=amount,
        company=company,
        cost=role.cost,
        own=role.own,
        again=bool(
            view.cues & _AGAIN.bit and _AGAIN.search(view.cues, view.lower, max(view.sentence.start, amount.start - 40), amount.start)
        ),
    )
    if kind in {Kind.SALE, Kind.PURCHASE, Kind.TRANSFER}:
        draft.status, draft.status_span = said.status, said.span
    return draft


def _add_money(view: View, place: int, here: list[Draft], earlier: list[Draft]) -> None:
    used: set[Amount] = set()
    usd = view.of(Counts.USD)
    sold = [draft for draft in here if draft.kind is Kind.SALE]
    lone = frozenset([draft.usd for draft in sold if draft.usd and not draft.btc])
    if here and usd:
        used = money.attach_sums(view, [draft for draft in here if draft.btc], view.published)
    if lone and earlier and not any(draft.btc for draft in sold):
        late_money(view, place, earlier, used, lone=lone)
        _tell_the_same(sold, earlier)
    if here and usd:
        used |= {draft.usd for draft in here if draft.usd}
        money.attach_price(view, here, used, view.published)
    if not sold and usd and earlier:
        late_money(view, place, earlier, used)


def _tell_the_same(lone: list[Draft], earlier: list[Draft]) -> None:
    """A sale told in dollars that turned out to be those of one told before has its coins."""
    whose = {draft.usd: draft for draft in earlier if draft.usd and draft.kind is Kind.SALE}
    for draft in lone:
        if draft.usd and (known := whose.get(draft.usd)):
            draft.btc, draft.company = known.btc, known.company
