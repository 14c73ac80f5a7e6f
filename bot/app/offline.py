"""`extract` and `stories`: articles in, lines of the contract or pieces of a page out; nothing is stored.

Claims are judged by the shipped history and closes and, where there is a database, by what it knows of the chain and the market.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.decisions.closes import shipped_closes
from bot.decisions.history import shipped_history
from bot.decisions.remarks import told
from bot.decisions.verdicts import Facts, judge_all
from bot.errors import StoreError
from bot.settings import Settings, has_database
from bot.speech import speaking
from extractors.door import extract
from extractors.errors import ExtractorError
from extractors.intake import BadLine
from extractors.jsonl import claim_json, extraction_json
from extractors.merge import merge
from extractors.merge.primary import is_primary
from extractors.model import Article, Event, Extraction, Told
from extractors.stories import stories_json

if TYPE_CHECKING:
    from bot.model import Judged
    from extractors.marked.marks import Found

log = logging.getLogger(__name__)


def known_facts(settings: Settings) -> Facts:
    """What is shipped with what the user's database adds; a database that is not there is not made, one that fails is passed over."""
    if not has_database(settings):
        return Facts(shipped_history(), shipped_closes())
    from bot.app.base import open_store
    from bot.jobs.read import chain_facts

    try:
        with open_store(settings) as store:
            return chain_facts(store, datetime.now(UTC))
    except StoreError as error:
        log.warning("%s; claims are judged by what is shipped alone", error)
        return Facts(shipped_history(), shipped_closes())


def extract_lines(articles: Iterable[Article | BadLine], facts: Facts) -> Iterator[dict[str, Any]]:
    """One line of the contract for each article, in order; `{"id", "error"}` in place of one that cannot be read."""
    for article in articles:
        extraction, error = _attempt(article)
        if isinstance(article, BadLine) or extraction is None:
            yield {"id": article.id, "error": error}
        else:
            yield _line(article, extraction, facts)


def marked_page(articles: Iterable[Article | BadLine], facts: Facts) -> Iterator[tuple[str, bool]]:
    """A page that shows the articles with their marks, in pieces as they come; True with a piece that stands for a bad article."""
    from extractors.marked.page import HEAD, article_section, error_section, foot

    yield HEAD, False
    read = failed = 0
    for article in articles:
        extraction, error = _attempt(article)
        if isinstance(article, BadLine) or extraction is None:
            failed += 1
            yield error_section(article.id, error), True
        else:
            read += 1
            yield article_section(article, _weighed(article, extraction, facts)), False
    yield foot(read, failed), False


def story_lines(articles: Iterable[Article | BadLine]) -> tuple[list[dict[str, Any]], list[str]]:
    """The merged stories of all the articles, and a line for each article that could not be read."""
    tellings, errors = [], []
    for article in articles:
        extraction, error = _attempt(article)
        if isinstance(article, BadLine) or extraction is None:
            where = f"line {article.line}" if isinstance(article, BadLine) and article.line else article.id
            errors.append(f"{where}: {error}")
        else:
            tellings += _tellings(article, extraction.events)
    return stories_json(merge(tellings)), errors


def _attempt(article: Article | BadLine) -> tuple[Extraction | None, str]:
    """The extraction, or None and why there is none: one bad item never sinks the batch."""
    if isinstance(article, BadLine):
        return None, article.error
    try:
        return extract(article), ""
    except ExtractorError as error:
        return None, str(error)
    except Exception as error:  # a fault of ours: said in its place, with the trace in the log
        log.exception("extraction of %s failed", article.id)
        return None, f"extraction failed: {type(error).__name__}"


def _line(article: Article, extraction: Extraction, facts: Facts) -> dict[str, Any]:
    judged = _judged(article, extraction, facts)
    claims = [claim_json(one.claim) | {"verdict": one.verdict.value, "reason": _reason(one)} for one in judged]
    return extraction_json(article.id, extraction) | {"claims": claims}


def _weighed(article: Article, extraction: Extraction, facts: Facts) -> Found:
    from extractors.marked.marks import Found, Weighed

    judged = _judged(article, extraction, facts)
    claims = [Weighed(one.claim, one.verdict.value, _reason(one)) for one in judged]
    return Found(extraction.events, claims, extraction.notes)


def _judged(article: Article, extraction: Extraction, facts: Facts) -> tuple[Judged, ...]:
    return judge_all(extraction.claims, article.published.date() if article.published else None, facts)


def _reason(judged: Judged) -> str:
    """In English whatever the terminal speaks: what is written is data for other programs."""
    with speaking("en"):
        return told(judged.reason)


def _tellings(article: Article, events: Iterable[Event]) -> list[Told]:
    primary = is_primary(article)
    return [Told(article.id, event, article.published, article.feed, primary) for event in events]
