from tests.support.databases import _makers, _migrated, postgres, store_url

__all__ = ["_makers", "_migrated", "postgres", "store_url"]
