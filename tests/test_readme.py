"""What the README says is so: its example runs, its tables name what there is."""

import re
from pathlib import Path

from bot.commands.registry import COMMANDS, OPERATORS
from bot.settings import Settings

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_example_runs_and_prints_what_its_comments_say() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    printed: list[str] = []
    exec(compile(code, "README.md", "exec"), {"print": lambda *values: printed.append(" ".join(map(str, values)))})
    assert printed == re.findall(r"^print\(.*\)\s+# (.*)$", code, re.MULTILINE)


def test_every_setting_stands_in_the_table_and_no_other() -> None:
    assert set(re.findall(r"`(ASSAY_[A-Z_]+)`", README)) == {f"ASSAY_{name.upper()}" for name in Settings.model_fields}


def test_every_command_of_the_chat_is_told() -> None:
    chapter = README.partition("## Commands in the chat")[2].partition("\n## ")[0]
    everyone, _, operators = chapter.partition("\nOperators (`ASSAY_ADMINS`)")
    assert set(re.findall(r"`/(\w+)", everyone)) - {"setinline"} == set(COMMANDS)
    assert set(re.findall(r"`/(\w+)", operators)) == set(OPERATORS)


def test_every_dependency_has_a_reason() -> None:
    pyproject = (Path(__file__).resolve().parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"\ndependencies = \[(.*?)\n\]", pyproject, re.DOTALL)
    assert listed
    table = README.partition("### Dependencies")[2].lower().replace("_", "-")
    for name in re.findall(r'"([a-z-]+)', listed[1]):
        assert name in table, f"{name} has no reason in the README"
