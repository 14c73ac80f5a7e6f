"""Taking an article in: is it new, edited, or known? One transaction an article; see `identity` for the rules.

Of an article that several feeds carry, the fullest text is kept: a feed's own later edit replaces its text, another feed's
telling only if it is longer. Every wording that was once seen is remembered, so that a cache serving old and new in turn, or
two feeds that cut differently, make no revisions.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.edges.store import identity
from bot.edges.store.engine import Database
from bot.edges.store.tables.base import number_of
from bot.edges.store.tables.news import ArticleKeyRow, ArticleRow, ArticleTextRow
from extractors.model import Article


def take_in(database: Database, session: Session, article: Article, feed_id: int | None, seen_at: datetime) -> int | None:
    """Stores what is new in `article`; its number if it is to be read (again), None if nothing is new."""
    keys = identity.keys(article, feed_id)
    found = _find(session, article, feed_id, keys)
    if found is None:
        number = _insert(session, article, feed_id, seen_at)
        _remember(database, session, number, keys)
        return number
    changed = _revise(session, found, article, feed_id, keys)
    if found.published is None and article.published is not None:
        found.published = found.told_at = article.published
    _remember(database, session, number_of(found), keys)
    return number_of(found) if changed else None


def _find(session: Session, article: Article, feed_id: int | None, keys: identity.Keys) -> ArticleRow | None:
    rows = session.scalars(select(ArticleKeyRow).where(col(ArticleKeyRow.key).in_(keys.lookups)))
    numbers = {row.key: row.article_id for row in rows}
    for key in keys.lookups:
        if key not in numbers:
            continue
        row = session.get_one(ArticleRow, numbers[key])
        known = identity.Known(numbers[key], row.feed_id, row.guid, row.link, current(session, row).title)
        if identity.is_same(article, feed_id, known, by=key.partition(":")[0]):
            return row
    return None


def current(session: Session, row: ArticleRow) -> ArticleTextRow:
    """The words of an article as they read now."""
    return session.get_one(ArticleTextRow, (row.id, row.revision))


def add_text(session: Session, row: ArticleRow, title: str, text: str, feed_id: int | None) -> None:
    """Makes these the article's words, as a new revision."""
    row.revision += 1
    session.add(ArticleTextRow(article_id=number_of(row), revision=row.revision, title=title, text=text, feed_id=feed_id))


def _insert(session: Session, article: Article, feed_id: int | None, seen_at: datetime) -> int:
    row = ArticleRow(
        feed_id=feed_id,
        guid=article.id,
        link=article.link,
        published=article.published,
        seen_at=seen_at,
        told_at=article.published or seen_at,
        revision=0,
    )
    session.add(row)
    session.flush()
    add_text(session, row, article.title, article.text, feed_id)
    return number_of(row)


def _revise(session: Session, row: ArticleRow, article: Article, feed_id: int | None, keys: identity.Keys) -> bool:
    if session.get(ArticleKeyRow, _read_key(number_of(row), keys)) is not None:
        return False
    text = current(session, row)
    if feed_id != text.feed_id and len(article.text) <= len(text.text):
        return False
    add_text(session, row, article.title, article.text, feed_id)
    return True


def _remember(database: Database, session: Session, number: int, keys: identity.Keys) -> None:
    wanted = [*keys.lookups, _read_key(number, keys)]
    session.flush()
    session.execute(
        database.insert(ArticleKeyRow).on_conflict_do_nothing(), [{"key": key, "article_id": number} for key in dict.fromkeys(wanted)]
    )


def _read_key(number: int, keys: identity.Keys) -> str:
    return f"read:{number}:{keys.words}"
