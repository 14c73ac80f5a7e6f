from tests.support.databases import fresh_url, postgres, store, store_url

__all__ = ["fresh_url", "postgres", "store", "store_url"]
