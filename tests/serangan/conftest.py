"""The API client of `tests/api`, so that every attack is tried on pages and API alike."""

from tests.api.conftest import api

__all__ = ["api"]
