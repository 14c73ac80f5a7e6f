"""`make words`: the messages that the code says, into `data/locale/assay.pot`, and from there into every language's catalogue.

Translations stay as they are; a message that is gone goes from the catalogues as well, and a new one comes untranslated. Nothing
is guessed. The files tell neither dates nor lines nor versions, so that they change only when a message does.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.speech import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "data" / "locale"
TEMPLATE = LOCALE / "assay.pot"
CODES = [code for code, language in LANGUAGES.items() if not language.is_english]
FORMS = {"say": 1, "say_line": 1, "say_many": 2, "marked": 1}
"""What says something, with how many of its first arguments are the message."""
NOTE = "Translators:"
"""A comment above a message that begins so is shown to translators."""

_SPEAKS = re.compile(r"^from bot\.speech(?:\.\w+)? import ", re.MULTILINE)
_CHANGING = ("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team")


def speaking_files(root: Path = ROOT) -> list[Path]:
    """The files of the bot that say something, in the order of their names."""
    return [path for path in sorted((root / "bot").rglob("*.py")) if _SPEAKS.search(path.read_text(encoding="utf-8"))]


def template(root: Path = ROOT) -> Catalog:
    """Every message of the code, in the order of files and lines."""
    made = Catalog(charset="utf-8", fuzzy=False)
    for path in speaking_files(root):
        for message, notes in _messages(path):
            made.add(message, locations=[(path.relative_to(root).as_posix(), 0)], auto_comments=notes)
    return made


def _messages(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str]]]:
    """The literals of each call, also of one inside of another, each with the notes right above its line."""
    text = path.read_text(encoding="utf-8")
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    notes = _notes(text)
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if forms := _forms(call):
            yield (forms if len(forms) > 1 else forms[0]), notes.pop(call.lineno, [])


def _forms(call: ast.Call) -> tuple[str, ...]:
    """The message of a call, singular and plural where it has both; empty for one that says nothing, or not by a literal."""
    said = call.args[: FORMS.get(call.func.id, 0)] if isinstance(call.func, ast.Name) else []
    return tuple(form.value for form in said if isinstance(form, ast.Constant) and isinstance(form.value, str))


def _notes(text: str) -> dict[int, list[str]]:
    """Comments that begin with the mark, by the line of code that they stand above."""
    notes: dict[int, list[str]] = {}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            above, said = notes.pop(token.start[0], []), token.string.lstrip("# ")
            if above or said.startswith(NOTE):
                notes[token.start[0] + 1] = [*above, said.removeprefix(NOTE).strip()]
    return notes


def catalogue(code: str, messages: Catalog) -> Catalog:
    """A language's catalogue with exactly these messages, translated as far as it was."""
    path = catalogue_path(code)
    if path.exists():
        with path.open("rb") as file:
            made = read_po(file, locale=code)
    else:
        made = Catalog(locale=code, charset="utf-8", fuzzy=False)
    for message in list(made):
        known = messages.get(message.id)
        if known is not None and known.pluralizable is not message.pluralizable:
            made.delete(message.id)  # its translation has other forms
    made.update(messages, no_fuzzy_matching=True)
    return made


def catalogue_path(code: str) -> Path:
    """Where a language's catalogue lies."""
    return LOCALE / code / "LC_MESSAGES" / "assay.po"


def text_of(made: Catalog) -> str:
    """The file of a catalogue."""
    made.fuzzy = False
    made.header_comment = ""
    page = io.BytesIO()
    write_po(page, made, width=120, ignore_obsolete=True, include_lineno=False)
    lines = page.getvalue().decode().lstrip("\n#").splitlines()
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}:' for name in (*_CHANGING, "Generated-By")))]
    return "\n".join(kept).strip() + "\n"


def untranslated(made: Catalog) -> list[str]:
    """The messages that have no translation, or not in every form that their counts need."""
    return [forms[0] for message in made if (forms := _list(message.id))[0] and not all(_list(message.string or ""))]


def _list(words: str | Iterable[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def main() -> int:
    """Brings all files up to date and says how much is left to translate."""
    messages = template()
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(text_of(messages), encoding="utf-8")
    sys.stdout.write(f"{len(messages)} messages\n")
    for code in CODES:
        made, path = catalogue(code, messages), catalogue_path(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(made), encoding="utf-8")
        sys.stdout.write(f"{code}: {len(untranslated(made))} left to translate\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
