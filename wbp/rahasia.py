"""The name and number of one row, read by the machine: to index them anew, to compare, to change half of them.

People read them through `wbp.buka` alone. What cannot be read is an outage of the installation: it is logged with the
row's id, and people are told whom to ask (`sandi.GalatSandi`).
"""

from __future__ import annotations

import logging

from wbp import sandi
from wbp.models import DataWarga, KunciWarga

log = logging.getLogger(__name__)


def amplop(data: DataWarga) -> sandi.Amplop:
    """The ciphertext with its key; `data` best comes with its key joined, so that both are of one moment. Raises
    GalatSandi when the key is gone."""
    try:
        kunci = data.kunci
    except KunciWarga.DoesNotExist:
        raise sandi.GalatSandi(f"Data key of person {data.pk} is missing although they were not erased.") from None
    return sandi.Amplop(bytes(data.rahasia), bytes(kunci.bungkus), kunci.kunci)


def baca(data: DataWarga) -> sandi.Rahasia:
    """Raises GalatSandi, after writing into the log which row it was."""
    try:
        return sandi.buka_warga(amplop(data), data.pk)
    except sandi.GalatSandi as galat:
        log.error("%s", galat)
        raise
