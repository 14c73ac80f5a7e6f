"""Settings come from the environment; what cannot be used is named by its variable."""

import pytest

from bot.errors import SettingsError
from bot.settings import load_settings


@pytest.mark.parametrize(
    ("given", "paid"), [(None, False), ("", False), ("off", False), ("0", False), ("on", True), ("true", True), ("1", True)]
)
def test_broadcasts_are_paid_for_only_if_it_is_said(monkeypatch: pytest.MonkeyPatch, given: str | None, paid: bool) -> None:
    monkeypatch.delenv("ASSAY_PAID_BROADCAST", raising=False)
    if given is not None:
        monkeypatch.setenv("ASSAY_PAID_BROADCAST", given)
    assert load_settings(_env_file=None).paid_broadcast is paid


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_PAID_BROADCAST", "perhaps")
    with pytest.raises(SettingsError, match="ASSAY_PAID_BROADCAST"):
        load_settings(_env_file=None)
