"""The languages there are, and the messages of each: gettext catalogues under `data/locale`, read when first spoken.

A catalogue is the file that translators edit (`de/LC_MESSAGES/assay.po`); it is compiled in memory, once a process. English is
what the code says, so it needs neither a catalogue nor the library that reads them. What a catalogue does not translate, or only
guesses at ("fuzzy"), is said in English.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING

from extractors.resources import data_path

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code (`de`), with the name it calls itself by, and its name in English."""

    code: str
    name: str
    english: str

    @property
    def is_english(self) -> bool:
        """Whether it is the language that the code is written in."""
        return self.code == ENGLISH

    @property
    def locale(self) -> Locale:
        """How the language writes dates and numbers."""
        return _locale(self.code)

    def message(self, english: str) -> str:
        """The message in this language, gaps and all."""
        return _messages(self.code).gettext(english) if english else ""

    def counted(self, one: str, many: str, count: int) -> str:
        """The form of the message that the language uses with this count."""
        return _messages(self.code).ngettext(one, many, count)


LANGUAGES = {
    language.code: language
    for language in (
        Language(ENGLISH, "English", "English"),
        Language("de", "Deutsch", "German"),
        Language("es", "Español", "Spanish"),
        Language("ru", "Русский", "Russian"),
        Language("zh", "中文", "Chinese"),
    )
}
"""Every language that can be spoken, by its code."""


def language_names() -> dict[str, str]:
    """Every name that a language may be called by, in lower case, with its code: code, own name, name in English."""
    return {name.casefold(): one.code for one in LANGUAGES.values() for name in (one.code, one.name, one.english)}


def nearest_code(tag: str | None) -> str | None:
    """The code of the language that a tag of Telegram's means (`de`, `pt-br`, `zh-hans`); None if it is not spoken here."""
    code = (tag or "").replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else None


@cache
def _locale(code: str) -> Locale:
    from babel import Locale

    return Locale.parse(code)


@cache
def _messages(code: str) -> NullTranslations:
    """The compiled catalogue; for English one that gives back what it gets."""
    if code == ENGLISH:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with data_path("locale", code, "LC_MESSAGES", "assay.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    for message in list(catalogue):
        if isinstance(message.id, tuple) and not all(message.string or ()):
            catalogue.delete(message.id)  # its first form would be said with every count
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
