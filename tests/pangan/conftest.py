"""Fixtures of the food register's tests."""

from __future__ import annotations

import pytest

from tests.dunia import Dunia
from tests.pangan.bantu import Kebun


@pytest.fixture
def kebun(dunia: Dunia) -> Kebun:
    """The register of Lapas Ambon, written by its operator; empty."""
    return Kebun(dunia.ambon, dunia.operator_ambon)
