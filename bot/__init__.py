"""Everything with state: the chat bot, its store, its sources and its clock."""
