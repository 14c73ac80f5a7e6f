"""The languages there are, and the messages of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code (`de`), with the name it calls itself by."""

    code: str
    name: str

    def message(self, english: str) -> str:
        """The message in this language, gaps and all."""
        return english

    def counted(self, one: str, many: str, count: int) -> str:
        """The form of the message that the language uses with this count."""
        return one if count == 1 else many


LANGUAGES = {language.code: language for language in (Language("en", "English"),)}
