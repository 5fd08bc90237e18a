from __future__ import annotations

import pytest

from tests.dunia import Dunia
from tests.wbp.bantu import Register


@pytest.fixture
def ambon(dunia: Dunia) -> Register:
    return Register(dunia.ambon, dunia.operator_ambon)


@pytest.fixture
def pekanbaru(dunia: Dunia) -> Register:
    return Register(dunia.pekanbaru, dunia.operator_pekanbaru)


@pytest.fixture
def masohi(dunia: Dunia) -> Register:
    return Register(dunia.masohi, dunia.operator_masohi)
