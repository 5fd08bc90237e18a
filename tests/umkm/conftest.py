from __future__ import annotations

import pytest

from tests.dunia import Dunia
from tests.umkm.bantu import Unit


@pytest.fixture
def ambon(dunia: Dunia) -> Unit:
    return Unit(dunia.ambon, dunia.operator_ambon)


@pytest.fixture
def pekanbaru(dunia: Dunia) -> Unit:
    return Unit(dunia.pekanbaru, dunia.operator_pekanbaru)
