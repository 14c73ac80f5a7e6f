"""A text for every chat is kept from its draft on and confirmed once."""

from bot.edges.store.store import Store
from tests.support.news import NOW


def test_a_draft_comes_back_as_it_was_and_is_confirmed_once(store: Store) -> None:
    draft = store.broadcasts.draft("The bot rests\nfrom 10:00 <UTC> & comes back 🟧", 7, NOW)
    assert store.broadcasts.get(draft.id) == draft
    assert (draft.text, draft.by, draft.owed_at) == ("The bot rests\nfrom 10:00 <UTC> & comes back 🟧", 7, None)
    assert store.broadcasts.confirm(draft.id, NOW)
    assert not store.broadcasts.confirm(draft.id, NOW)
    kept = store.broadcasts.get(draft.id)
    assert kept is not None
    assert kept.owed_at == NOW


def test_a_text_that_nobody_wrote_is_none(store: Store) -> None:
    assert store.broadcasts.get(12) is None
    assert not store.broadcasts.confirm(12, NOW)
