"""How far a figure stands from a verb or noun: the cost of reading them together. 0 is "sold 4,451 BTC"; above `LIMIT` they are apart.

Costs are sums of small parts: the fit of the construction (active, passive, nominal), the length of the way, the commas, conjunctions
and brackets on it, and the other figures and verbs that stand between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Trigger, View
from extractors.rules import partitive

COINS = frozenset([Counts.BTC, Counts.BARE])  # what figures of coins count, with a unit or without
LIMIT = 2.8
LIMIT_BARE = 1.75
FAR = 9.0

# What parts a sentence, by weight.
_WEIGHTS = {
    "strong": 2.2,
    "contrast": 1.3,
    "dash": 1.0,
    "long": 1.0,
    "short": 1.0,
    "colon": 0.7,
    "bracket": 0.7,
    "clause": 0.6,
    "comma": 0.45,
    "and": 0.35,
    "relative": 0.25,
}
_SIGNS = re.compile(
    r"[;•|▪✅ —–:(),](?:(?<=[;•|▪✅])(?P<strong>)|(?<= )[–—-](?= )(?P<dash>)|(?<=—)(?P<long>)|(?<=–)(?= )(?P<short>)|(?<=:)(?= )(?P<colon>)"
    r"|(?<=[()])(?P<bracket>)|(?<=,)(?= )(?P<comma>))"
)
_WORDS = (
    dict.fromkeys(["while", "but", "whereas", "although", "though", "yet", "however", "mientras", "während", "tandis"], "contrast")
    | dict.fromkeys(["after", "before", "following", "since", "because", "when", "if", "than", "until", "so", "as"], "clause")
    | dict.fromkeys(["and", "or", "plus"], "and")
    | dict.fromkeys(["which", "who", "that", "whose"], "relative")
)
_IN_FULL = {"so": "so that", "as": "as well as"}  # these two part a sentence only so
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|are|is|got|get|gets|wurden?|fueron|foram|были|été)\b(?:\W+[\w'-]+){0,2}\W*$")
_PASSIVE_AND = re.compile(r"\b(?:was|were|been)\b[^,;]* and (?:then |later |finally )?$")
_CLAUSE_OF_OWNER = re.compile(
    r"(?:\b(?:it|they|we|he|she|that|which|who|company|miner|firm|producer|group|operator|corporate|agency|machines"
    r"|rigs|fleet|farms?|sites?|servers)|[A-Z0-9]\w*)(?: (?:had|has"
    r"|have|just|also|recently|already|then|since|were|was|itself))*\W*$"
)
_ONLY_FILLERS = re.compile(
    r"^[\s,]*(?:(?:of (?:them|those|these|which|it|the|its|their|new|newly)|coins|coin|btc|bitcoins?|units|tokens|more|already|also"
    r"|then|since|all|altogether|in total|total|worth|or so|self-|newly|freshly|of bitcoin|that|have|had|has|the|in|on|at|during|for"
    r"|over|within|last|month|year|january|february|march|april|may|june|july|august|september|october|november|december|equivalents"
    r"|[a-z]+ly|net|gross|\(btc\)|\(|\)|,|\d{4}|q[1-4])\b[\s,]*)*$"
)
_PASSIVE_BEFORE = re.compile(r"\b(?:was|were|been|being|be|are|is|got)\b(?: \w+ly| also| already| all| then)? $")


_SO_MUCH = (
    r"(?:worth|valued at|or|about|roughly|approximately|nearly|around|almost)(?: \w+){0,2} ?[$~]+[\d.,]+ ?(?:million|billion|mn|m|bn|b|k)?"
    r"\b,?"
)
# What stands aside of the sentence: brackets, and a value in apposition. Each way begins with a sign, so that the engine skips to those.
_ASIDES = re.compile(
    r" from (?:about )?[\d,.]+ ?(?:btc|bitcoins?|coins)?(?: in [a-z]+)?(?= (?:down |up )?to )|"
    r"\([^()]{0,80}\)| [–—-] [^;()–—-]{3,60} [–—-](?= )|, (?:which|who|where|whose)\b[^,;()]{0,80},|, (?:the (?:company|miner"
    r"|firm)|it|he|she|management"
    r"|[a-z]+(?: [a-z]+)?) (?:said|says|added|reported|reports|noted|wrote)(?: [a-z]+){0,4},| (?:that|which) (?!(?:was|were|had been"
    r"|have been|has been|is|are)\b)[^,;()]{3,80}?(?= (?:was|were|have been|had been|has been|went|changed|fetched|brought|netted)\b)"
    r"|, (?:i\.e\.|that is|namely|more or less|practically|equal to|part of|most of|all of|or)[^;()]{3,80}?,(?= (?:was|were|have been"
    r"|had been|has been|went|changed)\b)"
    rf"|, {_SO_MUCH}| {_SO_MUCH}"
)


class _Ground(NamedTuple):
    """Where a sentence is parted and what stands aside, with running sums, so that any way in it is weighed at once."""

    places: tuple[int, ...]
    sums: tuple[float, ...]
    asides: tuple[tuple[int, int], ...]

    def weight(self, start: int, end: int) -> float:
        """What lies between two places."""
        places, sums, _ = self
        return sums[bisect_left(places, end)] - sums[bisect_left(places, start)] + (end - start) / 42


def _ground(view: View) -> _Ground:
    start, end = view.sentence.start, view.sentence.end
    places, sums = [], [0.0]
    for place, weight in _boundaries(view, start, end):
        places.append(place)
        sums.append(sums[-1] + weight)
    asides = tuple([match.span() for match in _ASIDES.finditer(view.lower, start, end)])
    made = _Ground(tuple(places), tuple(sums), asides)
    view.ground["ways"] = made
    return made


def _boundaries(view: View, start: int, end: int) -> list[tuple[int, float]]:
    """The signs and words that part a sentence, in order, with their weights."""
    lower = view.lower
    found = [(match.start(), _WEIGHTS[match.lastgroup or "comma"]) for match in _SIGNS.finditer(lower, start, end)]
    starts, ends, words = view.words
    skip = -1
    for index in [index for index, word in enumerate(words) if word in _WORDS]:
        word, place = words[index], starts[index]
        stop = place + len(_IN_FULL.get(word, word))
        whole = stop == ends[index] or (lower.startswith(_IN_FULL[word], place) and stop <= end)
        before, behind = lower[place - 1 : place] if place > start else " ", lower[stop : stop + 1] if stop < end else " "
        if place >= skip and whole and (before == behind == " " or not _is_joined(before, behind)):
            found.append((place, _WEIGHTS[_WORDS[word]]))
            skip = stop
    found.sort()
    return found


def _is_joined(before: str, behind: str) -> bool:
    """Whether a word goes on in a digit or an underscore."""
    return before.isdigit() or behind.isdigit() or "_" in before + behind


def crossing(view: View, start: int, end: int) -> float:
    """The cost of the way between two places of a sentence."""
    ground: _Ground = view.ground.get("ways") or _ground(view)
    cost = ground.weight(start, end)
    for first, last in ground.asides:
        if start <= first and last <= end:
            cost -= ground.weight(first, last)
    if cost > FAR:
        return cost
    return cost + _figures_between(view, start, end) + _triggers_between(view, start, end)


_JOINED = re.compile(r"[\s,]*(?:and|or|plus|then|another|a further|,|\W)*(?:another|a further|about|some)?\s*")


def _figures_between(view: View, start: int, end: int) -> float:
    cost = 0.0
    for amount in view.amounts:
        if start <= amount.start and amount.end <= end and amount.counts in COINS:
            whole = view.lower[start : start + 4] in partitive.HEADS and partitive.is_whole(view, start, amount)
            cost += 0.0 if whole else 0.3 if _JOINED.fullmatch(view.lower, amount.end, end) else 0.8
    return cost


def _triggers_between(view: View, start: int, end: int) -> float:
    cost, last = 0.0, -1
    for trigger in view.triggers:
        if start <= trigger.start and trigger.end <= end and trigger.start != last and trigger.kind != "money":
            cost += 0.5 if trigger.sort in {"weak", "noun"} else 1.2
            last = trigger.start
    return cost


def owned_cost(view: View, amount: Amount, trigger: Trigger) -> float:
    """The coins as the object of a verb that has no passive ("the 300 BTC that it has")."""
    if trigger.end <= amount.start:
        return crossing(view, trigger.end, amount.start)
    if _OWN_OBJECT.match(view.lower, trigger.end):
        return FAR
    if amount.end <= trigger.start and _CLAUSE_OF_OWNER.search(view.read.text, amount.end, trigger.start):
        return 0.4 + crossing(view, amount.end, trigger.start)
    return FAR


# "and it kept zero": the verb has an object of its own.
_OWN_OBJECT = re.compile(r" (?:zero|none|nothing|next to (?:none|nothing)|hardly any|no |not a|everything|almost nothing|little)\b")
_LABEL = re.compile(
    r"(?![^:]*\b(?:not|has|have|had|was|were|is|are|it|they|went|go|gone|that|which)\b)[^.;:()]{0,48}(?:\([^()]{0,30}\))?: ?(?:about "
    r"|approximately |~|some |around )?"
)


def verb_cost(view: View, amount: Amount, trigger: Trigger) -> float:
    """The coins as the object of the verb, or as its subject in the passive."""
    if trigger.end <= amount.start:
        if trigger.form != "past":
            return crossing(view, trigger.end, amount.start)
        between = view.lower[trigger.end : amount.start]
        if ":" in between and _LABEL.fullmatch(between):
            return 0.4
        passive = _PASSIVE_BEFORE.search(view.lower, max(0, trigger.start - 24), trigger.start)
        stopped = between.startswith((",", ";"))
        return (1.8 if passive else 0.0) + (1.5 if stopped else 0.0) + crossing(view, trigger.end, amount.start)
    if amount.end > trigger.start or _PART_OF_WHAT.search(view.cues, view.lower, max(amount.end, trigger.start - 50), trigger.start):
        return FAR
    fit = _as_subject(view, amount, trigger)
    return fit + crossing(view, amount.end, trigger.start) * (0.55 if fit == 0.2 else 1.0)


def _as_subject(view: View, amount: Amount, trigger: Trigger) -> float:
    between = view.lower[amount.end : trigger.start]
    if _NEXT_CLAUSE.search(between) or _has_object(view, amount, trigger):
        return 3.0
    fit = _as_participle(between) if trigger.form == "past" else None
    if fit is not None:
        return fit
    if _CLAUSE_OF_OWNER.search(view.read.text, amount.end, trigger.start) and trigger.form in {"past", "third", "base"}:
        return 0.3 if len(between) < 40 else 1.2
    return 0.8 if trigger.form == "base" and between.rstrip().endswith(("to", "to be")) else 3.0


# "1,050 BTC, most of what it owned, were turned into cash"
_PART_OF_WHAT = Cue(
    r"\b(?:most|half|part|some|much|bulk|third|quarter|majority|nearly all|almost all|%|percent) of (?:what|all|everything)"
    r" (?:that )?(?:it|they|we|the (?:company|miner|firm)) (?:had |has |ever |still |then )*$"
)
_NEXT_CLAUSE = re.compile(r"[,;] (?:and|but|while|so|yet) (?:it|they|we|he|she|the (?:company|miner|firm))\b")


def _has_object(view: View, amount: Amount, trigger: Trigger) -> bool:
    """ "dumped 3,000 BTC in June, mined 253 BTC": behind a comma a verb with a figure of its own is no participle of the one before."""
    if "," not in view.lower[amount.end : trigger.start]:
        return False
    return any(0 < other.start - trigger.end <= 2 and other.counts in COINS for other in view.amounts)


def _as_participle(between: str) -> float | None:
    if between == " ":
        return 0.05
    if _PASSIVE.search(between) or _PASSIVE_AND.search(between):
        return 0.2
    return 0.4 if _ONLY_FILLERS.match(between) else None


_LEVEL = re.compile(
    r"\b(?:was|were|is|are|came to|come to|comes to|totall?ed|totals?|amounted to|reached|stood at|stands at|stand at|fell to|falls to"
    r"|rose to|rises to|grew to|grows to|shrank to|dropped to|drops to|down to|up to|equals?|added up to|to|at|with|climbed to"
    r"|swelled to|slipped to|dwindled to|counted|numbered|consisted of|includes?|included|hit|ended)\b[^.;]{0,24}$"
)


_APPOSED = re.compile(r"(?:,| [–—-]| \() ?(?:about |some |around |roughly |approximately |nearly |almost |namely |all |~)*")


def noun_cost(view: View, amount: Amount, trigger: Trigger) -> float:
    """ "sales of 1,576 bitcoins", "output came to 174 BTC", "Bitcoin sold: 34", "a 4,451 BTC sale"."""
    if trigger.end <= amount.start:
        return _noun_before(view, amount, trigger)
    if amount.end > trigger.start:
        return FAR
    between = view.lower[amount.end : trigger.start]
    near = 0.5 if _NOUN_NEXT.fullmatch(between) else 0.6 if _NOUN_OF.fullmatch(between) else 3.2
    return near + crossing(view, amount.end, trigger.start)


_NOUN_NEXT = re.compile(r"[ -]?(?:\w+ )?")
_NOUN_OF = re.compile(r"(?: in| of| from| through| via| as| by)(?: [\w'-]+){0,3} ")


def _noun_before(view: View, amount: Amount, trigger: Trigger) -> float:
    between = view.lower[trigger.end : amount.start]
    if ":" in between and _LABEL.fullmatch(between):
        return 0.3
    way = crossing(view, trigger.end, amount.start)
    if between == " " and trigger.kind != "sale":
        return 0.3  # "treasury 294.9", in notes
    if between.startswith(":"):
        return 0.1 + max(0.0, way - 0.7)
    if between.startswith((" of ", " :", " (")) or (_LEVEL.search(between) and not _APPOSED.fullmatch(between)):
        return 0.1 + way
    return (0.2 if _APPOSED.fullmatch(between) else 1.5) + way


def subject_cost(view: View, amount: Amount, trigger: Trigger, behind: float) -> float:
    """The coins as the subject of an intransitive verb ("300 BTC went", "3,349 remain"); `behind` is the cost of the other order."""
    if amount.end <= trigger.start:
        between = view.lower[amount.end : trigger.start]
        fit = 0.2 if len(between) < 26 or _ONLY_FILLERS.match(between) else 1.2
        return fit + crossing(view, amount.end, trigger.start)
    if trigger.end <= amount.start:
        return behind + crossing(view, trigger.end, amount.start)
    return FAR


def gap_cost(view: View, amount: Amount, trigger: Trigger) -> float:
    """ "turned 15,133 BTC into cash", "2,385 bitcoin were converted to cash", "cut its holdings by 512 BTC"."""
    close = trigger.close
    if close is None:
        return FAR
    leaves = view.lower[trigger.start : trigger.start + 4] in {
        "leav",
        "left",
    }  # "left 31 BTC in the vault" is no sale, "31 BTC left the vault" is
    if trigger.end <= amount.start and amount.end <= close.start and not leaves:
        return 0.1 + crossing(view, trigger.end, amount.start) * 0.5
    if close.end <= amount.start and view.lower[close.start : close.end].endswith((" by", "with", "on", " of", " for")):
        return 0.2 + crossing(view, close.end, amount.start)
    if amount.end <= trigger.start and close.start - trigger.end < 45:
        return 0.3 + crossing(view, amount.end, trigger.start)
    return FAR
