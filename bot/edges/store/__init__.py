"""The database: tables, migrations and what is asked of them."""
