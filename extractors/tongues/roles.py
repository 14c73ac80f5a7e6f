"""Which figure plays which part: the word that stands nearest in the order that the language allows.

A figure of a comparison ("frente a los 156 BTC de mayo") and a rate have none. Coins that were mined or held and sold in one breath
("vendió los 463 BTC que minó") are both: mined and sold, or, where the sale is only planned, held and to be sold.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.stream import Trigger, View
from extractors.model import Kind, Span, Status
from extractors.tongues.sentences import coins_of, is_whole
from extractors.tongues.standing import Standing, standing
from extractors.tongues.ways import FAR, LIMIT, way
from extractors.tongues.words import Tongue

_LARGEST = 100_000  # no miner has ever held as much
_ORDER = {"de": 0.3, "ru": 0.3, "zh": 1.6}  # what it costs if the coins stand before the verb
_DEEDS = frozenset({Kind.SALE, Kind.PURCHASE, Kind.TRANSFER})
_WHICH = re.compile(r"[中里内上]?的")  # "持有的", "储备中的"
_LINK = re.compile(r"[\s,、]*")


class Role(NamedTuple):
    """A figure, the word that speaks for it, and whether it was done."""

    kind: Kind
    amount: Amount
    trigger: Trigger
    cost: float
    said: Standing | None


def find_roles(view: View, language: Tongue, *, bitcoin: bool) -> list[Role]:
    """The parts of all figures of a sentence in order; a role with `said` None is denied or cannot be told."""
    figures = [
        amount
        for amount in coins_of(view, language)
        if 0 < amount.value <= _LARGEST and (bitcoin or not amount.loose) and not is_compared(view, amount, language)
    ]
    options = {amount: _options(view, amount, language) for amount in figures}
    roles: list[Role] = []
    taken: dict[Trigger, Amount] = {}
    for amount in sorted(figures, key=lambda figure: min((role.cost for role in options[figure]), default=FAR)):
        free = [role for role in options[amount] if not _is_taken(view, role, taken, language)]
        for role in _parts(view, amount, free, language):
            roles.append(role)
            taken.setdefault(role.trigger, amount)
    roles += _wholes(view, roles, language)
    return sorted(roles, key=lambda role: (role.amount.start, role.kind))


def _options(view: View, amount: Amount, language: Tongue) -> list[Role]:
    best: dict[str, Role] = {}
    for trigger in view.triggers:
        cost = _cost(view, amount, trigger, language)
        if cost <= LIMIT and (trigger.kind not in best or cost < best[trigger.kind].cost):
            said = standing(view, trigger, amount, language)
            best[trigger.kind] = Role(Kind(trigger.kind), amount, trigger, cost, said)
    return sorted(best.values(), key=lambda role: role.cost)


def _cost(view: View, amount: Amount, trigger: Trigger, language: Tongue) -> float:
    if trigger.end <= amount.start:
        if _has_other_goods(view, amount, trigger, language) or _has_own_object(view, amount, trigger, language):
            return FAR
        return way(view, trigger.end, amount.start, language) + _noun_fit(view, amount, trigger, language)
    if amount.end > trigger.start:
        # "403 der 473 geschürften BTC": the participle within the figure tells of the whole, the verb before it of the part.
        return 0.1 if trigger.start > amount.start and is_whole(view, amount, language) else FAR
    between = way(view, amount.end, trigger.start, language)
    if trigger.sort == "noun":
        placed = trigger.kind != Kind.SALE and language.has("figure.within", view.lower, amount.end, trigger.start)
        near = trigger.start - amount.end <= 16
        attributive = _is_attributive(view, amount, trigger, language)
        return between + 0.6 if (near and placed) or attributive else FAR
    passive = language.has("figure.passive", view.lower, amount.end, trigger.end)
    return between + (0.1 if passive else _ORDER.get(language.name, 1.0))


def _noun_fit(view: View, amount: Amount, trigger: Trigger, language: Tongue) -> float:
    """A noun governs the figure through "of" or through a verb of level ("sus reservas alcanzaron ...")."""
    if trigger.sort != "noun":
        return 0.0
    linked = amount.start - trigger.end <= 2 or language.behind("figure.of", view.lower, trigger.end, amount.start + 1)
    if linked or (trigger.kind != Kind.SALE and language.has("figure.level", view.lower, trigger.end, amount.start)):
        return 0.1
    return 1.2 if trigger.kind != Kind.SALE else 2.0


def _is_attributive(view: View, amount: Amount, trigger: Trigger, language: Tongue) -> bool:
    """ "4451枚比特币的出售", "4.451-BTC-Verkauf"."""
    between = view.lower[amount.end : trigger.start]
    return between in {"-", "的", "的 "} or (not language.spaced and between == "")


def _has_other_goods(view: View, amount: Amount, trigger: Trigger, language: Tongue) -> bool:
    """Whether what stands between a verb of dealing and the figure is another object ("vendió acciones ...")."""
    return trigger.kind in {Kind.SALE, Kind.PURCHASE} and language.has("who.goods", view.lower, trigger.end, amount.start)


def _has_own_object(view: View, amount: Amount, trigger: Trigger, language: Tongue) -> bool:
    """ "todo lo que minó y 12 monedas de su tesorería": what stands behind the conjunction is not the relative verb's."""
    relative = language.before("figure.relative", view.lower, max(view.sentence.start, trigger.start - 24), trigger.start)
    return relative and language.has("figure.and", view.lower, trigger.end, amount.start)


def _is_taken(view: View, role: Role, taken: dict[Trigger, Amount], language: Tongue) -> bool:
    other = taken.get(role.trigger)
    if other is None or other.value == role.amount.value:
        return False
    first, second = sorted((other, role.amount))
    return not is_coordinated(view, first, second, language)


def is_coordinated(view: View, first: Amount, second: Amount, language: Tongue) -> bool:
    """ "1 818 BTC en décembre et 383 BTC en novembre": nothing but a conjunction and a date between."""
    covered = [mention.span for mention in view.dates]
    covered += [Span(money.start, money.end) for money in view.amounts if money.counts in {Counts.USD, Counts.MONEY}]
    rest = view.lower[first.end : second.start]
    for start, end in sorted(covered, reverse=True):
        if first.end <= start and end <= second.start:
            rest = rest[: start - first.end] + rest[end - first.end :]
    joined = language.pattern("figure.and").sub("", rest)
    return joined != rest and bool(_LINK.fullmatch(language.pattern("figure.small").sub("", joined)))


def _parts(view: View, amount: Amount, free: list[Role], language: Tongue) -> list[Role]:
    """The nearest reading, or two where the coins were mined, or are held, and are sold."""
    if not free:
        return []
    by_kind = {role.kind: role for role in free}
    sold = by_kind.get(Kind.SALE)
    if sold and any(amount.end <= other.start < sold.trigger.start and other.counts is Counts.BTC for other in view.amounts):
        sold = None  # "产出的31枚比特币中,有26枚被出售": the part was sold
    for kind in (Kind.PRODUCTION, Kind.HOLDINGS):
        told = by_kind.get(kind)
        if sold and told and _is_relative(view, amount, told.trigger, language):
            if sold.said is None:
                return [told]
            both = kind is Kind.PRODUCTION or sold.said.status is Status.PLANNED
            return [sold, told._replace(said=Standing(Status.COMPLETED))] if both else [sold]
    return [free[0]]


def _is_relative(view: View, amount: Amount, trigger: Trigger, language: Tongue) -> bool:
    """Whether the verb only tells which coins: "los 417,6 BTC que poseía", "持有的1827枚比特币"."""
    if amount.end <= trigger.start:
        if any(amount.end <= other.start < trigger.start for other in view.amounts):
            return False  # "403 de los 473 BTC que minó"
        between = view.lower[amount.end : trigger.start]
        return len(between) <= 24 and (between == " " or language.has("figure.relative", view.lower, amount.end, trigger.start))
    return not language.spaced and bool(_WHICH.match(view.lower, trigger.end, amount.start))


def _wholes(view: View, roles: list[Role], language: Tongue) -> list[Role]:
    """ "产出189.8枚BTC,已全部出售": what was mined was sold."""
    found: list[Role] = []
    spoken = {role.trigger for role in roles}
    for span in language.spans("sale.whole", view.lower, view.sentence.start, view.sentence.end):
        mined = [role for role in roles if role.kind is Kind.PRODUCTION and 0 <= span.start - role.amount.end <= 24]
        verbs = [trigger for trigger in view.triggers if trigger.kind == Kind.SALE and span.start <= trigger.start < span.end]
        if mined and verbs and verbs[0] not in spoken:
            said = standing(view, verbs[0], mined[-1].amount, language)
            found.append(Role(Kind.SALE, mined[-1].amount, verbs[0], 1.0, said))
    return found


def is_compared(view: View, amount: Amount, language: Tongue) -> bool:
    """Whether the figure stands for another period or another thing, and no verb of its own follows."""
    place, start = amount.start, max(view.sentence.start, amount.start - 60)
    moved = True
    while moved:
        moved = False
        for span in language.spans("figure.approx", view.lower, start, place):
            if 0 <= place - span.end <= 1:
                place, moved = span.start, True
    if not language.before("figure.compared", view.lower, start, place) and not _is_in_brackets(view, amount):
        return language.behind("figure.compared_behind", view.lower, amount.end, amount.end + 16)
    # "o dobro dos 668 BTC que minerou" tells what was mined; "los 450 BTC vendidos en agosto" only compares.
    return not any(
        0 <= trigger.start - amount.end <= 12 and language.has("figure.relative", view.lower, amount.end, trigger.start)
        for trigger in view.triggers
    )


def _is_in_brackets(view: View, amount: Amount) -> bool:
    """ "(junio: 58,9 BTC)": the figure of another time."""
    return any(
        view.lower[max(0, mention.span.start - 3) : mention.span.start].lstrip().startswith(("(", "（"))
        and view.lower[mention.span.end : amount.start].strip() == ":"
        for mention in view.dates
    )
