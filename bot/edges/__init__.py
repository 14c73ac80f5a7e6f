"""Everything that touches the outside: database, HTTP, chain sources, Telegram."""
