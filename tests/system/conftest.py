from tests.support.databases import _makers, fresh_url, postgres

__all__ = ["_makers", "fresh_url", "postgres"]
