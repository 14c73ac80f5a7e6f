"""The page in pieces: `HEAD`, then a section for each article or error as they come, then `foot`.

One file without scripts or anything from outside; all text of articles is escaped.
"""

from __future__ import annotations

from html import escape

from extractors.marked.marks import Found, items_of, marks_of
from extractors.marked.style import STYLE
from extractors.marked.tables import tables_of
from extractors.marked.words import Line, marked_lines
from extractors.model import Article, Kind

_FAMILIES = (*(kind.value for kind in Kind), "claim", "note")
_KEY = "".join(f'<span style="background:var(--{family})">{family}</span>' for family in _FAMILIES)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

HEAD = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    f"<title>What the articles say</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    f'<h1>What the articles say</h1>\n<p class="key">{_KEY}</p>\n'
)
"""Everything before the first article."""


def article_section(article: Article, found: Found) -> str:
    """The article with the words of what was found marked, and the tables of it; spans count in `article.body`."""
    items = items_of(found)
    lines = "".join(_line(line, len(article.title)) for line in marked_lines(article.body, marks_of(items)))
    about = " · ".join(filter(None, (article.id, f"{article.published:%Y-%m-%d}" if article.published else "", article.feed or "")))
    return (
        f'<article>\n<header>{escape(about)}</header>\n<div class="text">\n{lines}</div>\n'
        f"<aside>\n{tables_of(items, article.body)}</aside>\n</article>\n"
    )


def error_section(name: str | None, error: str) -> str:
    """What stands in the place of an article that could not be read."""
    return f'<article class="error">\n<header>{escape(name or "no id")}</header>\n<p>{escape(error)}</p>\n</article>\n'


def foot(articles: int, errors: int) -> str:
    """Everything after the last article: how many there were, and how many could not be read."""
    told = "1 article" if articles == 1 else f"{articles:,} articles" if articles else "No articles"
    return f"<footer>{told}{f', {errors:,} could not be read' if errors else ''}.</footer>\n</body>\n</html>\n"


def _line(line: Line, title: int) -> str:
    if line.start < title:
        return f'<div class="title" role="heading" aria-level="2" dir="auto">{line.html}</div>\n'
    return f'<div class="line" dir="auto">{line.html}</div>\n'
