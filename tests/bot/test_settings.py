"""Settings come from the environment; what cannot be used is named by its variable."""

import pytest

from bot.errors import SettingsError
from bot.settings import load_settings


@pytest.mark.parametrize("name", ["PAID_BROADCAST", "DATE_ENTITIES"])
@pytest.mark.parametrize(
    ("given", "on"), [(None, False), ("", False), ("off", False), ("0", False), ("on", True), ("true", True), ("1", True)]
)
def test_what_may_go_wrong_or_cost_is_done_only_if_it_is_said(
    monkeypatch: pytest.MonkeyPatch, name: str, given: str | None, on: bool
) -> None:
    monkeypatch.delenv(f"ASSAY_{name}", raising=False)
    if given is not None:
        monkeypatch.setenv(f"ASSAY_{name}", given)
    assert getattr(load_settings(_env_file=None), name.lower()) is on


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_PAID_BROADCAST", "perhaps")
    with pytest.raises(SettingsError, match="ASSAY_PAID_BROADCAST"):
        load_settings(_env_file=None)
