"""The floors of the house: imports go down only, outside libraries stay with their owners, rooms stay small.

Every module belongs to a room of `ROOMS`; a module may import its own room and rooms on lower floors, so two rooms on the
same floor (decisions and edges) never import each other. Imports inside functions and under TYPE_CHECKING count as well.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WINGS = ("extractors", "bot")
LONGEST_FILE = 300

ROOMS = {
    "extractors.model": 0,
    "extractors.errors": 0,
    "extractors.resources": 0,
    "extractors.cells": 0,
    "extractors.spaced": 1,
    "extractors.text": 1,
    "extractors.rows": 2,
    "extractors.encoding": 1,
    "extractors.html_text": 1,
    "extractors.links": 1,
    "extractors.moments": 1,
    "extractors.clearing": 1,
    "extractors.jsonl": 1,
    "extractors.mentions": 2,
    "extractors.feed": 2,
    "extractors.page": 2,
    "extractors.intake": 3,
    "extractors.rules": 3,
    "extractors.claims": 3,
    "extractors.notes": 3,
    "extractors.marked": 3,
    "extractors.merge": 3,
    "extractors.tongues": 4,
    "extractors.stories": 5,
    "extractors.door": 5,
    "extractors": 6,  # the package's door, which only names what lies below
    "bot": 6,
    "bot.errors": 6,
    "bot.model": 7,
    "bot.settings": 7,
    "bot.speech": 8,
    "bot.decisions": 9,
    "bot.edges": 9,
    "bot.commands.desk": 10,  # what commands and jobs read from the store, gathered once
    "bot.jobs": 11,
    "bot.commands": 11,
    "bot.telegram": 12,
    "bot.app": 13,
    "bot.cli": 14,
}

OWNERS = {
    "feedparser": {"extractors.feed"},
    "lxml": {"extractors.feed", "extractors.page", "extractors.html_text"},
    "trafilatura": {"extractors.page"},
    "spacy": {"extractors.mentions", "extractors.marked.words"},
    "httpx": {"bot.edges.fetch", "bot.edges.chain.http"},
    "websockets": {"bot.edges.chain"},
    "sqlmodel": {"bot.edges.store"},
    "sqlalchemy": {"bot.edges.store"},
    "alembic": {"bot.edges.store"},
    "telegram": {"bot.edges.sender", "bot.telegram"},
    "matplotlib": {"bot.decisions.charts"},
    "pydantic": {"bot.settings"},
    "pydantic_settings": {"bot.settings"},
    "babel": {"bot.speech"},
    "platformdirs": {"bot.settings"},
    "typer": {"bot.cli"},
    "rich": {"bot.cli"},
}

# What the library may not reach for: it has no network, clock, environment or database.
FORBIDDEN_BELOW = {"socket", "ssl", "urllib.request", "http.client", "sqlite3", "subprocess", "asyncio", "httpx", "sqlmodel", "telegram"}


def modules() -> dict[str, Path]:
    found = {}
    for wing in WINGS:
        for path in sorted((ROOT / wing).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path) -> set[str]:
    """Every module that a file imports, `from a import b` as both `a` and `a.b`."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the floor they go to"
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(room + ".")


def room_of(module: str) -> str | None:
    rooms = [room for room in ROOMS if within(module, room) and (room not in WINGS or module == room)]
    return max(rooms, key=len, default=None)


MODULES = modules()


def test_the_house_is_not_empty() -> None:
    assert len(MODULES) > 40
    assert {room_of(module) for module in MODULES} == set(ROOMS), "a room without a file"


@pytest.mark.parametrize("module", MODULES)
def test_every_file_has_a_room(module: str) -> None:
    assert room_of(module), f"{module} is in no room of this test"


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down_only(module: str) -> None:
    room = room_of(module)
    for name in imports(MODULES[module]):
        if name.split(".")[0] not in WINGS or name in WINGS:
            continue
        other = room_of(name)
        if other is None:  # a name out of the package's own door
            other = name.split(".")[0]
        assert other == room or ROOMS[other] < ROOMS[room], f"{module} ({room}) imports {name} ({other})"


@pytest.mark.parametrize("module", MODULES)
def test_outside_libraries_stay_with_their_owners(module: str) -> None:
    for name in imports(MODULES[module]):
        owners = OWNERS.get(name.split(".")[0])
        assert owners is None or any(within(module, owner) for owner in owners), f"{module} imports {name}, owned by {owners}"


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, "extractors")])
def test_the_library_reaches_for_nothing_outside(module: str) -> None:
    assert not {name for name in imports(MODULES[module]) if name in FORBIDDEN_BELOW}


# A migration is a record of one step and is never edited again: splitting it would make nothing easier to read.
@pytest.mark.parametrize("module", [name for name in MODULES if ".migrations.versions." not in name])
def test_files_stay_small(module: str) -> None:
    lines = MODULES[module].read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_FILE, f"{module} has {lines} lines: two rooms"


@pytest.mark.parametrize("module", MODULES)
def test_every_module_opens_with_its_strategy(module: str) -> None:
    assert ast.get_docstring(ast.parse(MODULES[module].read_text(encoding="utf-8"))), f"{module} has no docstring"


def test_no_circle_of_imports() -> None:
    graph = {module: {name for name in imports(path) if name in MODULES and name != module} for module, path in MODULES.items()}
    done: set[str] = set()
    for start in graph:
        visit(start, graph, done, [])


def visit(module: str, graph: dict[str, set[str]], done: set[str], trail: list[str]) -> None:
    if module in done:
        return
    assert module not in trail, " -> ".join([*trail[trail.index(module) :], module])
    for name in sorted(graph[module]):
        # A package's door names its parts on purpose, lazily; the parts import their siblings by full name.
        if name not in WINGS:
            visit(name, graph, done, [*trail, module])
    done.add(module)
