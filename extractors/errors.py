"""The library's errors, one tree:

ExtractorError
├── InputError            bytes or a line that cannot be read as an article
│   ├── FeedError         no feed format recognised, or a feed too large, too deep or too slow to read
│   └── PageError         a page without readable text, or beyond the limits
└── DataError             a registry or lexicon file that is damaged
"""

from __future__ import annotations


class ExtractorError(Exception):
    """Anything this library refuses to do; the message is a line for a person."""


class InputError(ExtractorError):
    """Bytes or a line that cannot be read as an article."""


class FeedError(InputError):
    """No feed format recognised, or a feed beyond the limits."""


class PageError(InputError):
    """A page without readable text, or beyond the limits."""


class DataError(ExtractorError):
    """A registry or lexicon file that is damaged."""
