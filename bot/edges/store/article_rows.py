"""Articles from rows, and the words behind what was read in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.edges.store.columns import clean
from bot.edges.store.facts import to_event
from bot.edges.store.tables.base import number_of
from bot.edges.store.tables.news import ArticleRow, ArticleTextRow, ClaimRow, EventRow, FeedRow, NoteRow
from bot.model import FeedKind, Source, StoredArticle
from extractors.merge.primary import is_primary
from extractors.model import Article, Span, Told
from extractors.text import plain, sentences

_LONGEST_QUOTE = 400
_PRIMARY = (FeedKind.WIRE.value, FeedKind.FILING.value)  # feeds that carry the miners' own words

Fact = EventRow | ClaimRow | NoteRow


def articles() -> Select[ArticleRow, ArticleTextRow]:
    """Every article with its present words."""
    same = and_(col(ArticleTextRow.article_id) == col(ArticleRow.id), col(ArticleTextRow.revision) == col(ArticleRow.revision))
    return select(ArticleRow, ArticleTextRow).join(ArticleTextRow, same)


def read(session: Session, wanted: Select[ArticleRow, ArticleTextRow]) -> list[StoredArticle]:
    """The nouns of what `articles()`, narrowed, finds."""
    return [_article(row, text) for row, text in session.execute(wanted)]


def _article(row: ArticleRow, text: ArticleTextRow) -> StoredArticle:
    return StoredArticle(
        id=number_of(row),
        article=Article(id=row.guid, title=text.title, text=text.text, published=row.published, link=row.link),
        feed_id=row.feed_id,
        revision=row.revision,
        seen_at=row.seen_at,
        extractor=row.extractor if row.extracted == row.revision else None,
    )


def source_of(feed: str | None, link: str | None) -> str:
    """The name of the article's feed, or the site that it stands on."""
    return feed if feed is not None else (urlsplit(link or "").hostname or "")


def carries_own_words(feed_kind: str | None) -> bool:
    """Whether what such a feed brings is the miners' own: press wires, filings."""
    return feed_kind in _PRIMARY


def is_own_word(text: ArticleTextRow, link: str | None) -> bool:
    """Whether the article by itself shows that it is the miner's own word."""
    return is_primary(Article(id="", title=text.title, text=text.text, published=None, link=link))


class Read(NamedTuple):
    """Where a fact was read: the article, the words of the revision it was read from, and the feed."""

    article: ArticleRow
    text: ArticleTextRow
    feed: FeedRow | None

    @property
    def source(self) -> str:
        """The feed's name, or the site that the article stands on."""
        return source_of(self.feed.title if self.feed is not None else None, self.article.link)

    @property
    def primary(self) -> bool:
        """Whether the feed is a press wire or carries filings, or the article itself shows that it is the miner's own word."""
        return (self.feed is not None and carries_own_words(self.feed.kind)) or is_own_word(self.text, self.article.link)

    def quoting(self, spans: Mapping[str, Span]) -> Source:
        """The source with the sentence that each span stands in; the first of `spans` gives the quote."""
        body = f"{self.text.title}\n{self.text.text}"
        quotes = tuple((field, sentence_at(body, span)) for field, span in spans.items())
        return Source(
            article_id=str(self.article.id),
            title=self.text.title,
            link=self.article.link,
            feed=self.source,
            published=self.article.published,
            quote=quotes[0][1] if quotes else None,
            quotes=quotes,
        )


def read_in(session: Session, facts: Iterable[Fact]) -> dict[tuple[int, int], Read]:
    """Article, words and feed by (article, revision) of the facts."""
    wanted = {(fact.article_id, fact.revision) for fact in facts}
    found: dict[tuple[int, int], Read] = {}
    for some in _batches(sorted({number for number, _ in wanted})):
        for article, text, feed in session.execute(_with_feed(col(ArticleRow.id).in_(some))):
            if (text.article_id, text.revision) in wanted:
                found[text.article_id, text.revision] = Read(article, text, feed)
    return found


def _with_feed(where: ColumnElement[bool]) -> Select[ArticleRow, ArticleTextRow, FeedRow]:
    return (
        select(ArticleRow, ArticleTextRow, FeedRow)
        .join(ArticleTextRow, col(ArticleTextRow.article_id) == col(ArticleRow.id))
        .join(FeedRow, col(FeedRow.id) == col(ArticleRow.feed_id), isouter=True)
        .where(where)
    )


def _batches(numbers: list[int], size: int = 5000) -> Iterable[list[int]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))


def sentence_at(body: str, span: Span) -> str:
    """The sentence of `body` around a span, on one line; if it is very long, only what is nearest."""
    start, end = span
    for sentence in sentences(plain(body)):
        if sentence.start <= span.start < sentence.end:
            start, end = sentence.start, max(sentence.end, span.end)
            break
    if end - start > _LONGEST_QUOTE:
        start = max(start, span.start - _LONGEST_QUOTE // 2)
        end = min(end, start + _LONGEST_QUOTE)
    return " ".join(clean(body[start:end]).split())


def to_told(row: EventRow, read_from: Read) -> Told:
    """An event with the article that tells it."""
    return Told(str(row.article_id), to_event(row), read_from.article.published, read_from.source or None, read_from.primary)
