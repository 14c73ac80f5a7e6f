"""What a reader does not see, taken out of an article before it is read: signs without width, marks of direction, tags, entities.

Feeds and pasted texts carry them within words and beside figures ("573<WORD JOINER> BTC", "<td>573</td>"). Rules read the cleared
text; every span is led back to the words of the body as it came.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape

from extractors.model import Article, Claim, Event, Note, Span

_CELLS = "td|th"
_BLOCKS = "table|thead|tbody|tfoot|tr|p|div|ul|ol|li|br|hr|h[1-6]|section|article|blockquote|caption"
_INLINE = "a|abbr|b|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sup|sub|time|u|wbr"
_HINT = re.compile("[<&\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_TAG = rf"</?(?:{_CELLS}|{_BLOCKS}|{_INLINE})(?=[\s/>])[^<>]{{0,300}}>"
_UNSEEN = re.compile(
    rf"(?P<tags>(?:{_TAG}\s{{0,60}})+)"
    r"|(?P<entity>&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z][a-zA-Z0-9]{1,8});)"
    "|(?P<space>\u200b)|[\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]",
    re.IGNORECASE,
)
_CELL = re.compile(rf"</?(?:{_CELLS})\b", re.IGNORECASE)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cleared:
    """An article whose body holds what is seen, and from which places of the body as it came its stretches are."""

    article: Article
    starts: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()

    def span(self, span: Span) -> Span:
        """Where the words of a span stand in the body as it came."""
        if not self.starts or span.end <= span.start:
            return span
        return Span(self._origin(span.start), self._origin(span.end - 1) + 1)

    def _origin(self, place: int) -> int:
        index = bisect_right(self.starts, place) - 1
        return self.origins[index] + place - self.starts[index]

    def _spans(self, evidence: Mapping[str, Span]) -> dict[str, Span]:
        return {field: self.span(span) for field, span in evidence.items()}

    def event(self, event: Event) -> Event:
        """The event with its evidence in the body as it came."""
        return replace(event, evidence=self._spans(event.evidence)) if self.starts else event

    def claim(self, claim: Claim) -> Claim:
        """The claim, likewise."""
        return replace(claim, evidence=self._spans(claim.evidence)) if self.starts else claim

    def note(self, note: Note) -> Note:
        """The note, likewise."""
        return replace(note, span=self.span(note.span)) if self.starts else note


def clear(article: Article) -> Cleared:
    """The article as it is seen; itself if nothing in it is hidden."""
    body = article.body
    if not _HINT.search(body):
        return Cleared(article)
    starts, origins = [0], [0]
    pieces: list[str] = []
    length = last = 0
    for match in _UNSEEN.finditer(body):
        seen = _seen(body, match, in_title=match.start() <= len(article.title))
        if seen is None:
            continue
        kept = body[last : match.start()]
        if seen in {"\n", " | "}:
            kept = kept.rstrip(" \t")
        pieces += [kept, seen]
        starts += [length + len(kept), length + len(kept) + len(seen)]
        origins += [match.start(), match.end()]
        length, last = starts[-1], match.end()
    if not pieces:
        return Cleared(article)
    text = "".join([*pieces, body[last:]])
    title, _, rest = text.partition("\n")
    return Cleared(replace(article, title=title, text=rest), *_bounded(starts, origins))


def _seen(body: str, match: re.Match[str], *, in_title: bool) -> str | None:
    """What a reader sees of it; None where it is left as it is."""
    if tags := match.group("tags"):
        if in_title or not (_BLOCK.search(tags) or _CELL.search(tags)):
            return " " if tags[-1].isspace() else ""
        return "\n" if _BLOCK.search(tags) else " | "
    if entity := match.group("entity"):
        sign = unescape(entity)
        return sign if len(sign) == 1 and (sign.isprintable() or sign == "\u00a0") else None
    if match.group("space"):
        around = body[match.start() - 1 : match.start()] + body[match.end() : match.end() + 1]
        return "" if len(around) < 2 or around[0].isspace() or around[1].isspace() else None
    return ""


def _bounded(starts: list[int], origins: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Without the stretches that hold nothing."""
    kept = [index for index in range(len(starts)) if index + 1 == len(starts) or starts[index] < starts[index + 1]]
    return tuple(starts[index] for index in kept), tuple(origins[index] for index in kept)
