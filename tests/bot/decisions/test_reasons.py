"""Reasons of edges and readers are known again by their messages, every one of them, and said in any language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.decisions.reasons import in_words, recognised
from bot.decisions.remarks import told
from bot.model import packed, plain, unpacked
from bot.speech import LANGUAGES, speaking

ROOT = Path(__file__).resolve().parents[3]
RAISING = [
    *sorted((ROOT / "bot" / "edges" / "fetch").glob("*.py")),
    *sorted((ROOT / "bot" / "edges" / "chain").rglob("*.py")),
    *sorted((ROOT / "extractors" / "feed").glob("*.py")),
    ROOT / "bot" / "edges" / "reader.py",
    ROOT / "bot" / "edges" / "sender" / "wire.py",
    ROOT / "bot" / "jobs" / "chain_calls.py",
]
ERRORS = {
    "SourceError",
    "FetchError",
    "ForbiddenHostError",
    "InputError",
    "FeedError",
    "AssayError",
    "_Again",
    "NotOfferedError",
    "CutOffError",
}
TELLING = {"_reason", "_refusal", "_what_it_is"}  # they return what is raised
OF_OTHERS = ("HTTP ", "getblock")  # a server's own words, with its status or what it was asked


def written(node: ast.expr) -> Iterator[str]:
    """What a literal may read like, with a figure in each gap of an f-string and both ends of a choice."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(part.value if isinstance(part, ast.Constant) else filling(part) for part in parts)
        case ast.BinOp(left=left, right=right):
            yield from (one + other for one in written(left) for other in written(right))
        case ast.IfExp(body=body, orelse=otherwise):
            yield from (text for end in (body, otherwise) for text in written(end))


def filling(gap: ast.expr) -> str:
    name = ast.unparse(gap)
    if "what" in name:
        return "the figure"
    return "getblock" if "method" in name else "'7'" if "shown" in name else "HTTP 7" if "reason" in name else "7"


def raised(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS and node.args:
            yield from written(node.args[0])
        elif isinstance(node, ast.FunctionDef) and node.name in TELLING:
            returned = (each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value is not None)
            yield from (text for value in returned for text in written(value))


def test_every_reason_that_the_code_gives_is_known_again() -> None:
    found = {text for path in RAISING for text in raised(path)}
    assert len(found) > 45
    unknown = [text for text in found if recognised(text) == plain(text) and not text.startswith(OF_OTHERS)]
    assert [text for text in unknown if text != "7: 7"] == []


@pytest.mark.parametrize(
    ("reason", "german"),
    [
        ("the server did not answer in time", "der Server hat nicht rechtzeitig geantwortet"),
        ("the answer is larger than 5 MB", "die Antwort ist größer als 5 MB"),
        ("the answer is larger than 5 MB when unpacked", "die Antwort ist entpackt größer als 5 MB"),
        ("feeds.example.org is not known to the name service", "feeds.example.org ist dem Namensdienst nicht bekannt"),
        ("the node is catching up: 934,000 of 935,424 blocks", "der Knoten holt noch auf: 934.000 von 935.424 Blöcken"),
        ("the height is 'abc'", "die Antwort ergibt keinen Sinn: the height is 'abc'"),
        ("gave up after 10 attempts: no answer in 40 s", "nach 10 Versuchen aufgegeben; keine Antwort in 40 s"),
        ("HTTP 503 Service Unavailable", "HTTP 503 Service Unavailable"),
        ("400 Bad Request: message is too long", "400 Bad Request: message is too long"),
        (None, ""),
    ],
)
def test_a_reason_is_said_in_the_readers_language_and_other_peoples_words_are_not(reason: str | None, german: str) -> None:
    with speaking("de"):
        assert in_words(reason) == german


@pytest.mark.parametrize("code", LANGUAGES)
def test_in_english_it_reads_as_it_was_given_and_may_be_stored(code: str) -> None:
    reason = "asked for block 935,424 it sent block 935,425"
    assert in_words(reason) == reason
    with speaking(code):
        kept = unpacked(packed(recognised(reason)))
        assert told(kept) == in_words(reason)
        assert code == "en" or told(kept) != reason
