"""The sample: feeds that come with the package, read into a database of their own by the same code as any others.

Its clock stands, so that "the last day" has something to tell whenever somebody tries it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.edges.store.store import Store
from bot.jobs.read import Read, read_new
from bot.model import FeedKind, FeedSource
from extractors.door import extract
from extractors.feed import read_feed
from extractors.model import Article, Extraction
from extractors.resources import data_path

SAMPLE_NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sample:
    """A feed of the sample with its entries."""

    source: FeedSource
    articles: tuple[Article, ...]


def read_sample() -> tuple[Sample, ...]:
    """The sample's feeds, parsed."""
    folder = data_path("samples")
    listed = tomllib.loads((folder / "feeds.toml").read_text(encoding="utf-8"))["feed"]
    return tuple(_read(folder, entry) for entry in listed)


def _read(folder: Path, entry: dict[str, str]) -> Sample:
    source = FeedSource(entry["url"], entry["title"], FeedKind(entry["kind"]))
    return Sample(source, read_feed((folder / entry["file"]).read_bytes(), url=source.url))


@contextmanager
def sample_store() -> Iterator[Store]:
    """An empty database that is gone afterwards; never the user's."""
    with (
        TemporaryDirectory(prefix="assay-sample-", ignore_cleanup_errors=True) as folder,
        Store.open(f"sqlite:///{folder}/sample.sqlite3") as store,
    ):
        yield store


async def load_sample(store: Store, samples: tuple[Sample, ...], advance: Callable[[int], None]) -> Read:
    """Stores the sample's articles and reads them; `advance` is called for each article."""
    store.feeds.ensure([sample.source for sample in samples])
    numbers = {feed.source.url: feed.id for feed in store.feeds.all()}
    for sample in samples:
        number = numbers[sample.source.url]
        store.articles.add_all(sample.articles, number, SAMPLE_NOW)
        newest = max((article.published for article in sample.articles if article.published), default=None)
        store.feeds.record_success(number, SAMPLE_NOW, SAMPLE_NOW + timedelta(hours=1), newest_entry=newest)
    return await read_new(store, _extract, lambda: SAMPLE_NOW, advance)


async def _extract(article: Article) -> Extraction:
    return extract(article)
