from tests.support.databases import _makers, _migrated, empty_url, fresh_url, postgres, store, store_url

__all__ = ["_makers", "_migrated", "empty_url", "fresh_url", "postgres", "store", "store_url"]
