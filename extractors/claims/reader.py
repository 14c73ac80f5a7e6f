"""An article read sentence by sentence: most sentences are passed over after a look at their words, the rest yield drafts.

The reader keeps the metric last spoken of, so that "it fell by 5%" and "the third cut in a row" find their subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import compress, pairwise

from extractors.claims import lexicon as lex
from extractors.claims.attach import attach
from extractors.claims.blocks import name_blocks
from extractors.claims.draft import put_together
from extractors.claims.figures import find_figures
from extractors.claims.item import Item
from extractors.claims.lexicon import words
from extractors.claims.nearby import date_by_before, date_by_head, expect
from extractors.claims.parts import Part, Role, find_parts
from extractors.claims.roles import turn_before
from extractors.claims.scene import Scene
from extractors.claims.spot import Context
from extractors.claims.stream import build, is_not_the_coin
from extractors.claims.superlatives import CUES, Superlative, find_superlatives
from extractors.claims.told import Draft
from extractors.claims.when import When
from extractors.mentions.scan import Scan
from extractors.model import Metric, Span
from extractors.text import Sentence, Words

# What a figure of a claim has about it, or what asks for one; any other sentence is read for its subject only.
_NETWORK_FIGURES = words(
    """
    % percent cent pct t tn trn trillion trillions tons hash hashes hashrate hashprice block height puell percentage
    adjustment readjustment retarget recalculation epoch halving eh zh ph th gh
    thash phash ehash ghash exahash zettahash petahash terahash gigahash exahashes zettahashes
    petahashes terahashes gigahashes
    ₿ reward subsidy
    """
)
_MARKET_FIGURES = words("$ dollar dollars usd")
# It begins with a set, so that the engine skips what lies between.
_PRICE = re.compile(
    r"[$\du](?:(?<=\$) ?(?:\d{1,3}(?:,\d{3}(?!,?\d)|(?:\.\d+)?k\b)(?! ?(?:m|b|mn|bn|million|billion)\b)|\d{4,6}\b)"
    r"|(?<=\b\d)\d{1,2}[,. ]?\d{3} (?:us )?dollars|(?<=\bu)sd[: ]{0,2}\d)"
)
_SMALL_PRICE = re.compile(r"\$ ?\d|\b\d[\d.,]* (?:us )?dollars")
_IT_IS = re.compile(r"\bit (?:is|was|has|had|stands|stood|earns|pays|fell|rose|fetches)\b[^.;$]{0,24}\$ ?\d")
_FULL_LEVEL = re.compile(r"\d,\d{3},\d{3}|\d(?:e| ?[x*\u00d7] ?10)|\b\d{8}")
_SMALL_PRICES_UNTIL = 2016
_LARGE_LEVEL = re.compile(r"(?<![$\d.,\u20ac\u00a3])\d[\d.,]{0,12} ?(?:million|billion|bn|mln|bln)\b(?! (?:dollars|in|of|us|usd))")
_LARGE_WORDS = words("million billion bn mln bln")
_COIN = re.compile(r"(?:bitcoin|btc|the (?:coin|cryptocurrency)),? ([a-z]+)\b")
_COIN_BEGINS = ("bitcoin", "btc", "the c")  # what `_COIN` begins with
_NOW_QUESTION = re.compile(r"(?:and |so |but )?(?:what about |where are we )?(today|now|this week|nowadays)\s?\?\s*")
_SHORT = 40
_SUBORDINATES = words("while as with although though when after whereas even despite since because amid")
_FIGURE, _MARKET, _CUE, _LARGE = 1, 2, 4, 8
_FLAGS = dict.fromkeys(_NETWORK_FIGURES, _FIGURE) | dict.fromkeys(_MARKET_FIGURES, _MARKET) | dict.fromkeys(_LARGE_WORDS, _LARGE)
_FLAGS |= {word: _FLAGS.get(word, 0) | _CUE for word in CUES}
_SUBJECTS = lex.METRICS | dict.fromkeys(lex.ADJUSTMENTS, Metric.DIFFICULTY)
_FLAGS |= {word: _FLAGS.get(word, 0) for word in _SUBJECTS}
_VERB_REACH = 6
_MEMORY = 2
_LONG_AGO = 180  # days
_MOST_READ = 500  # sentences and claims together: far more than prose has, so that a hostile text ends soon


class Reader:
    """Reads an article's sentences in order and remembers what it is about."""

    def __init__(self, ready: Scan, published: date | None, *, network: bool) -> None:
        """Start with nothing told; `network` says that the article has words of the network at all."""
        self._ready, self._published = ready, published
        self._context = Context(None, network, year=published.year if published else 0, text=ready.text)
        starts, _, lowers = ready.words
        self._marks = list(compress(zip(starts, lowers, strict=True), map(_FLAGS.__contains__, lowers)))
        self._marks.append((len(ready.text) + 1, ""))  # behind the last sentence
        self._next = 0
        self._may_ask = published is not None and "?" in ready.text
        self._left = _MOST_READ
        self._age = 0
        self._main: Metric | None = None
        self._asked: When | None = None
        self._base: When | None = None
        self._told_at = 0

    def read(self, sentence: Sentence, number: int) -> list[Draft]:
        """The drafts of the next sentence; sentences come in order."""
        flags, subject = self._glance(sentence) if self._marks[self._next][0] < sentence.end else (0, None)
        asked = self._asked
        self._asked = self._asks(sentence) if self._may_ask else None
        figured = (flags > 0 or subject is not None) and self._is_figured(sentence, flags, subject)
        cued = flags & _CUE > 0 and (figured or self._context.network)
        if not (figured or cued) or not self._left:
            self._follow(subject or self._coin(sentence), first=sentence.first)
            return []
        figures = find_figures(self._ready.text, sentence.start, sentence.end) if figured else []
        self._left = max(0, self._left - 1 - len(figures) // 5)
        words = self._ready.words.within(sentence.start, sentence.end)
        items = build(words, figures)
        if items[0].lower == "it":
            self._context = self._context._replace(before=self._context.topic)
        self._follow(_named(items), first=sentence.first)
        parts = find_parts(items, self._context) if figures else []
        found = self._superlatives(sentence, words) if parts or (cued and not self._is_question(sentence)) else []
        if not parts and not found:
            return []
        drafts = self._drafts(Scene(self._ready, sentence, number, words, items, self._published, found), parts)
        for draft in drafts[:1] if asked else ():
            draft.when = draft.when or asked
        return drafts

    def _is_figured(self, sentence: Sentence, flags: int, subject: Metric | None) -> bool:
        """Whether a sentence may tell a figure of the network or the market."""
        told = self._context.network and (bool(flags & _FIGURE) or self._is_levelled(sentence, flags, subject))
        return told or (bool(flags & _MARKET) and self._is_priced(sentence))

    def _asks(self, sentence: Sentence) -> When | None:
        """ "And today?": the day of what the next sentence tells."""
        if sentence.end - sentence.start > _SHORT or self._published is None or "?" not in self._ready.text[sentence.start : sentence.end]:
            return None
        found = _NOW_QUESTION.fullmatch(self._ready.lower, sentence.start, sentence.end)
        return When(self._published, Span(*found.span(1))) if found else None

    def _is_question(self, sentence: Sentence) -> bool:
        return self._ready.text[sentence.end - 2 : sentence.end].rstrip().endswith("?")

    def _glance(self, sentence: Sentence) -> tuple[int, Metric | None]:
        """What the words of a sentence promise, and the first metric they name."""
        flags, subject, marks, place = 0, None, self._marks, self._next
        while marks[place][0] < sentence.end:
            word = marks[place][1]
            flags |= _FLAGS[word]
            if subject is None and word in _SUBJECTS:
                subject = _SUBJECTS[word]
            place += 1
        self._next = place
        return flags, None if subject is Metric.BLOCK_REWARD else subject

    def _coin(self, sentence: Sentence) -> Metric | None:
        """ "Bitcoin did not join in.": the price, for "It cost $60,200" right after."""
        lower = self._ready.lower
        found = _COIN.match(lower, sentence.start, sentence.end) if lower.startswith(_COIN_BEGINS, sentence.start) else None
        return Metric.PRICE if found and not is_not_the_coin(found[1]) else None

    def _is_priced(self, sentence: Sentence) -> bool:
        lower = self._ready.lower
        if self._context.topic is Metric.HASHPRICE and _IT_IS.search(lower, sentence.start, sentence.end):
            return True
        small = 0 < self._context.year <= _SMALL_PRICES_UNTIL
        return (_SMALL_PRICE if small else _PRICE).search(lower, sentence.start, sentence.end) is not None

    def _is_levelled(self, sentence: Sentence, flags: int, subject: Metric | None) -> bool:
        """Whether a sentence may tell a difficulty in millions, or in all its digits."""
        if flags & _LARGE and Metric.DIFFICULTY in {subject, self._context.topic}:
            return _LARGE_LEVEL.search(self._ready.lower, sentence.start, sentence.end) is not None
        return subject is Metric.DIFFICULTY and _FULL_LEVEL.search(self._ready.lower, sentence.start, sentence.end) is not None

    def _drafts(self, scene: Scene, parts: Sequence[Part]) -> list[Draft]:
        if parts:
            self._turn(parts, scene.items)
            if scene.items[0].lower in _SUBORDINATES:  # "While bitcoin slid to $39,000, the difficulty rose by 9.32%. That is ..."
                self._context = self._context._replace(topic=parts[-1].metric)
        number = scene.number
        drafts = put_together(scene, parts, self._base.day if self._base and number - self._told_at <= 1 else None)
        self._remember(drafts, number)
        expect(scene, drafts)
        date_by_before(scene, drafts)
        date_by_head(scene, drafts)
        self._left = max(0, self._left - len(drafts))
        if scene.superlatives:
            attach(scene, drafts, self._context)
        name_blocks(scene, drafts)
        return drafts

    def _remember(self, drafts: Sequence[Draft], number: int) -> None:
        """ "A year ago it was 67.31 T.": the day that "61% more" in the next sentence counts from."""
        days = [draft.when for draft in drafts if draft.metric is Metric.DIFFICULTY and draft.when and Role.VALUE in draft.parts]
        if days and self._published is not None and (self._published - days[0].day).days >= _LONG_AGO:
            self._base, self._told_at = days[0], number

    def _superlatives(self, sentence: Sentence, words: Words) -> list[Superlative]:
        found = find_superlatives(self._ready.lower[sentence.start : sentence.end], words.lowers, self._published)
        return [one._replace(span=Span(one.span.start + sentence.start, one.span.end + sentence.start)) for one in found]

    def _turn(self, parts: Sequence[Part], items: Sequence[Item]) -> None:
        for part in reversed(parts):
            if part.role is Role.CHANGE and part.metric is Metric.DIFFICULTY:
                self._context = self._context._replace(turn=1 if part.value > 0 else -1)
                return
        for part in parts:  # "receded to 27.69 T"
            if part.metric is Metric.DIFFICULTY and (turn := turn_before(items, part.place, _VERB_REACH)):
                self._context = self._context._replace(turn=turn)
                return

    def _follow(self, named: Metric | None, *, first: bool) -> None:
        """Keep the metric last spoken of, for two sentences of a paragraph at most."""
        if named is not None:
            self._age, self._main = 0, self._main or named
        else:
            self._age += 1
            if self._age <= _MEMORY and not first:
                return
        topic = named or (Metric.DIFFICULTY if self._context.network else self._main)
        if topic is not self._context.topic:
            self._context = self._context._replace(topic=topic)


def _named(items: Sequence[Item]) -> Metric | None:
    """The first metric that a sentence names."""
    for item in items:
        if not item.names:
            continue
        metric = Metric.DIFFICULTY if item.adjusts else item.metric
        if metric is None or metric is Metric.BLOCK_REWARD:
            continue
        if item.lower in lex.BITCOIN and any(one.lower == "its" and two.metric is Metric.DIFFICULTY for one, two in pairwise(items)):
            continue  # "Bitcoin is about to lower its difficulty"
        return metric
    return None
