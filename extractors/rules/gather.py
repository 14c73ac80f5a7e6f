"""All drafts of an article: sentence by sentence, with the focus carried along, then tables, dollars, dates and purposes."""

from __future__ import annotations

import re

from extractors.mentions import calendar as cal
from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Stream, Trigger, View
from extractors.model import Kind, Span, Status
from extractors.rules import costs, money, sale
from extractors.rules.draft import Draft
from extractors.rules.periods import Report, carried_date, date_draft, report_of
from extractors.rules.production import is_equivalent
from extractors.rules.purposes import find_purposes
from extractors.rules.lists import each_of_list, figure_in_context, list_role
from extractors.rules.roles import Role, find_roles, is_compared, is_of_the_past
from extractors.rules.parts import without_parts
from extractors.rules.settle import settle
from extractors.rules.status import standing
from extractors.rules.subjects import Focus, company_of, main_miner, move_focus
from extractors.rules.tables import table_drafts

_MOST_PAIRS = 300  # of a sentence: one with more is no prose
_MOST_DRAFTS = 400  # of an article
_TIGHT_BEFORE = re.compile(r"[\s(,~≈]*(?:(?:approx\.?|approximately|about|roughly|worth|valued at|or|some|nearly|around)[\s~]*)*")
_BITCOIN = re.compile(r"\b(?:bitcoins?|btc|satoshis?)\b|₿|比特币|биткоин")
_OBJECT = re.compile(
    r"\b(?:bitcoins?(?![ -]min)|btc|coins?|digital assets?|crypto\w*|production|output|digital gold|digital currency|bitcoin holdings|tokens)\b|比特币|биткоин"
)


def gather(stream: Stream) -> list[Draft]:
    """The settled drafts of an article, in order."""
    bitcoin = bool(_BITCOIN.search(stream.read.lower)) or any(mention.miner and mention.miner.mines for mention in stream.miners)
    report = report_of(stream)
    rows, table_lines = table_drafts(stream, report)
    focus = Focus(topic=_topic(stream), titled=_one_in_title(stream))
    drafts: list[Draft] = []
    carried: Report | None = None
    for place, view in enumerate(stream.views):
        if view.sentence.line in table_lines:
            continue
        if not view.amounts or len(view.amounts) * len(view.triggers) > _MOST_PAIRS or len(drafts) > _MOST_DRAFTS:
            carried = carried_date(view, carried)
            move_focus(view, focus)
            continue
        here = _drafts_of(view, place, focus, bitcoin=bitcoin)
        here += _listed(stream, place, here, drafts, focus) if bitcoin else []
        _add_money(view, place, here, drafts)
        for draft in here:
            date_draft(view, draft, report or (carried if place else None))
            _settlement(view, draft)
        carried = carried_date(view, carried)
        drafts += here
        move_focus(view, focus)
    drafts = [draft for draft in drafts if not (draft.btc and draft.btc.value in focus.denied and draft.kind in {Kind.SALE, Kind.TRANSFER})]
    drafts += _owned(rows, stream, focus)
    _sensible_dates(drafts, stream)
    find_purposes(stream, drafts)
    return settle([draft for draft in drafts if draft.company], stream.published)


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


def _owned(rows: list[Draft], stream: Stream, focus: Focus) -> list[Draft]:
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
    _share_list(view, drafts, focus)
    drafts = _without_sold_holdings(drafts)
    if not any(role.kind is Kind.SALE for role in roles):
        drafts += _dollar_sales(view, place, focus)
    return drafts


def _listed(stream: Stream, place: int, drafts: list[Draft], earlier: list[Draft], focus: Focus) -> list[Draft]:
    view = stream.views[place]
    known = {draft.btc for draft in drafts}
    if not view.amounts:
        return []
    told = {(draft.company.name, draft.btc.value) for draft in earlier[-60:] if draft.company and draft.btc}
    found = []
    for amount in view.amounts:
        if amount in known or is_compared(view, amount) or amount.value > 100_000 or not (role := list_role(stream, place, amount)):
            continue
        kind, trigger, company = role
        company = company or focus.current
        if company and (company.miner is None or company.miner.mines) and (company.name, amount.value) not in told:
            found.append(Draft(kind, place, Span(trigger.start, trigger.end), trigger, btc=amount, company=company, cost=2.0))
    known |= {draft.btc for draft in found}
    for kind, amount, name in each_of_list(stream, place, {amount for amount in known if amount}):
        found.append(Draft(kind, place, Span(name.span.start, name.span.end), btc=amount, company=name, cost=2.0))
    known |= {draft.btc for draft in found}
    return found + _in_context(stream, place, {amount for amount in known if amount}, earlier, focus)


def _in_context(stream: Stream, place: int, known: set[Amount], earlier: list[Draft], focus: Focus) -> list[Draft]:
    view = stream.views[place]
    kinds = {draft.kind for draft in earlier[-20:] if draft.place == place - 1}
    found = []
    for amount in view.amounts:
        if amount in known or is_compared(view, amount) or not (role := figure_in_context(stream, place, amount, kinds)):
            continue
        kind, trigger = role
        company = company_of(view, trigger, amount.start, focus)
        if company:
            found.append(Draft(kind, place, Span(trigger.start, trigger.end), trigger, btc=amount, company=company, cost=2.0))
    return found


def _without_sold_holdings(drafts: list[Draft]) -> list[Draft]:
    """Coins that were sold are no longer held; those that are to be sold are."""
    gone = {draft.btc for draft in drafts if draft.kind is Kind.SALE and draft.status is not Status.PLANNED}
    return [draft for draft in drafts if not (draft.kind is Kind.HOLDINGS and draft.btc in gone)]


def _draft(view: View, place: int, role: Role, focus: Focus) -> Draft | None:
    kind, amount, trigger = role.kind, role.amount, role.trigger
    if kind is Kind.PRODUCTION and is_equivalent(view, amount):
        return None
    at = trigger if role.own else trigger._replace(start=amount.start, end=amount.start)
    company = company_of(view, at, amount.start, focus)
    if kind in {Kind.PRODUCTION, Kind.HOLDINGS} and is_of_the_past(view, amount):
        return None
    if company is None or amount.value <= 0:
        return None
    said = standing(view, trigger)
    if said.denied and not (kind is Kind.HOLDINGS and trigger.sort == "noun"):
        if kind is Kind.SALE:
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
    )
    if kind in {Kind.SALE, Kind.PURCHASE, Kind.TRANSFER}:
        draft.status, draft.status_span = said.status, said.span
    return draft


_EACH = re.compile(r"\brespectively\b|\b(?:the two|the pair|both)\b")


def _share_list(view: View, drafts: list[Draft], focus: Focus) -> None:
    """ "They liquidated 422 BTC and 365 BTC respectively": each of the companies of the sentence before gets its own."""
    if not _EACH.search(view.lower, view.sentence.start, view.sentence.end):
        return
    names = tuple(dict.fromkeys(mention for mention in view.miners)) or focus.crowd
    sold = [draft for draft in drafts if draft.btc]
    if len(names) == len(sold) > 1 and len({name.name for name in names}) == len(names):
        for draft, name in zip(sold, names, strict=True):
            draft.company = name


def _dollar_sales(view: View, place: int, focus: Focus) -> list[Draft]:
    """Sales told in dollars alone: "sold $208 million of bitcoin", "September sales came to $52.6 million"."""
    found = []
    for dollars in view.of(Counts.USD):
        if any(
            coins.end <= dollars.start and _TIGHT_BEFORE.fullmatch(view.lower[coins.end : dollars.start]) for coins in view.of(Counts.BTC)
        ):
            continue
        best = _dollar_trigger(view, dollars)
        if best is None:
            continue
        company = company_of(view, best, dollars.start, focus)
        said = standing(view, best)
        if company is None or said.denied:
            continue
        found.append(
            Draft(
                Kind.SALE,
                place,
                Span(best.start, best.end),
                best,
                usd=dollars,
                company=company,
                status=said.status,
                status_span=said.span,
                cost=1.0,
            )
        )
        break
    return found


def _dollar_trigger(view: View, dollars: Amount) -> Trigger | None:
    if not (dollars.multiplied or dollars.value >= 500_000) or re.match(
        r" (?:a|per|each) (?:quarter|month|year|week|day)\b", view.lower[dollars.end : dollars.end + 14]
    ):
        return None
    text = view.lower[view.sentence.start : view.sentence.end]
    if not _OBJECT.search(text):
        return None
    best, best_cost = None, 2.8
    for trigger in view.triggers:
        if trigger.kind != "sale" or trigger.sort not in {"verb", "noun", "gap", "leave", "spun"} or sale.sells_other_goods(view, trigger):
            continue
        if not _OBJECT.search(
            view.lower,
            max(view.sentence.start, min(trigger.start, dollars.start) - 50),
            min(view.sentence.end, max(dollars.end, trigger.end) + 50),
        ):
            continue
        cost = _dollar_cost(view, trigger, dollars)
        if cost < best_cost:
            best, best_cost = trigger, cost
    return best


_SOLD_FOR = re.compile(
    r"\b(?:for|of|at|worth|brought|raised|netting|netted|came to|totall?ed|fetched|generated|proceeds|generating|raising|in|put|gave|was|were|yielded|about|approximately|nearly|around|roughly|over)\b"
)


def _dollar_cost(view: View, trigger: Trigger, dollars: Amount) -> float:
    if trigger.sort in {"leave", "spun"} and trigger.end <= dollars.start:
        return costs.FAR
    behind = view.lower[dollars.end : min(view.sentence.end, dollars.end + 60)]
    if (
        not re.search(r"\b(?:bitcoins?|btc|coins|crypto|digital assets?|digital gold)\b", behind[:40])
        and money.other_sum(view, dollars) > 0
    ):
        return costs.FAR
    if trigger.end <= dollars.start:
        between = view.lower[trigger.end : dollars.start]
        worth_of_coins = re.match(
            r"^(?: worth)?(?: of| in| from| on|,? in)? (?:its |the |their |beloved )*(?:bitcoins?|btc|coins|crypto|digital assets|price of bitcoin)",
            behind,
        )
        if not worth_of_coins and not _SOLD_FOR.search(between) and trigger.sort != "noun":
            return costs.FAR
        return 0.2 + costs.crossing(view, trigger.end, dollars.start)
    if trigger.sort in {"leave", "spun"}:
        of_coins = re.match(r" (?:worth )?(?:of|in) (?:its |the )*(?:bitcoins?|btc|coins)", behind) or re.search(
            r"\b(?:bitcoins?|btc|coins) (?:value|worth|price)? ?(?:of )?(?:about |some )?$",
            view.lower[max(view.sentence.start, dollars.start - 30) : dollars.start],
        )
        return 0.4 + costs.crossing(view, dollars.end, trigger.start) if of_coins and dollars.end <= trigger.start else costs.FAR
    if dollars.end <= trigger.start and re.search(r"\b(?:from|by|through|via|of|was|were|for)\b", view.lower[dollars.end : trigger.start]):
        return 0.5 + costs.crossing(view, dollars.end, trigger.start)
    return costs.FAR


def _add_money(view: View, place: int, here: list[Draft], earlier: list[Draft]) -> None:
    with_coins = [draft for draft in here if draft.btc]
    used = money.attach_sums(view, with_coins, view.published)
    used |= {draft.usd for draft in here if draft.usd}
    money.attach_price(view, here, used, view.published)
    if not any(draft.kind is Kind.SALE for draft in here):
        _late_money(view, place, earlier, used)


_SPEAKS = re.compile(
    r"\b(?:proceeds|sale|sales|sold|transaction|disposal|average|apiece|each|it (?:generated|brought|raised|netted)|generated|brought|fetched|raised|netted|coins?|take|total|settled|trade|received|earned|all of it|price|came back|came in|made)\b"
)


def _late_money(view: View, place: int, earlier: list[Draft], used: set[Amount]) -> None:
    """A sentence on the proceeds of the sale that was told just before."""
    recent = [
        draft
        for draft in (*earlier[:4], *earlier[4:][-20:])
        if draft.kind is Kind.SALE and draft.btc and (0 < place - draft.place <= 3 or draft.in_title and place <= 9)
    ]
    subject = main_miner(view)
    if (
        not recent
        or (subject and recent[-1].company and subject.name != recent[-1].company.name)
        or not (
            _SPEAKS.search(view.lower, view.sentence.start, view.sentence.end) or any(trigger.kind == "money" for trigger in view.triggers)
        )
    ):
        return
    recent = without_parts(recent)
    last = recent[-1]
    if len([draft for draft in recent if draft.place == last.place]) > 1:
        return
    if last.settlement is None:
        _settlement(view, last)
    for dollars in view.of(Counts.USD):
        if dollars in used or last.btc is None:
            continue
        if last.price is None and money.price_cost(view, dollars) <= 1.0:
            last.price = dollars
            used.add(dollars)
        elif (
            last.usd is None
            and (_is_proceeds(view, dollars) or _agrees(last, dollars))
            and money.plausible(dollars.value, last.btc.value, view.published) == 0.0
        ):
            last.usd = dollars
            used.add(dollars)
            if last.period is None:
                date_draft(view, last, None)


def _agrees(draft: Draft, dollars: Amount) -> bool:
    if not (draft.price and draft.btc):
        return False
    return abs(draft.price.value * draft.btc.value - dollars.value) <= dollars.value / 30


def _is_proceeds(view: View, dollars: Amount) -> bool:
    if not (dollars.multiplied or dollars.value > 400_000):
        return False
    near = view.lower[max(view.sentence.start, dollars.start - 70) : min(view.sentence.end, dollars.end + 50)]
    return (
        bool(
            re.search(
                r"\b(?:proceeds|generat\w+|brought|raised|netted|net|fetched|total|sale|sales|earned|received|take|all of it|collected|came|yield\w*|gain\w*|made|credited|paid|price|changed hands|went for|in all)\b",
                near,
            )
        )
        and money.other_sum(view, dollars) == 0
    )


_IN_STABLE = re.compile(r"\b(?:usdt|usdc)\b|\btether's usdt\b")


def _settlement(view: View, draft: Draft) -> None:
    if draft.kind is not Kind.SALE:
        return
    if draft.usd and draft.usd.stable:
        draft.settlement, draft.settlement_span = draft.usd.stable, Span(draft.usd.start, draft.usd.end)
        return
    match = _IN_STABLE.search(view.lower, view.sentence.start, view.sentence.end)
    if match:
        draft.settlement = "USDC" if "usdc" in match.group() else "USDT"
        draft.settlement_span = Span(*match.span())


def _sensible_dates(drafts: list[Draft], stream: Stream) -> None:
    """Holdings without a date are those of the day of publication."""
    if stream.published is None:
        return
    for draft in drafts:
        if draft.kind is Kind.HOLDINGS and draft.period is None:
            draft.period = cal.one_day(stream.published)
