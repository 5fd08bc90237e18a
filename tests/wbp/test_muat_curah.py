"""Loading by COPY makes the same persons as the services do."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

from django.db import connections

from tests.conftest import sebagai
from tests.dunia import Dunia
from tests.wbp.bantu import NAPI, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT
from wbp.models import Pemberian
from wbp.muat_curah import Orang, muat
from wbp.selectors_data import cari


def _orang(upt: UPT, n: int) -> Orang:
    kolom = {k: v for k, v in NAPI.items() if k not in ("nama", "nomor")}
    return Orang(
        upt, f"Orang, Ke{n} \\N", nomor_ke(n), kolom | {"agama": "", "denda_lunas": n % 2 == 0},
        pemberian=[("RU", date(2025, 8, 17), 2, 0)], sppn=[(date(2026, 6, 30), "CUKUP"), (date(2026, 7, 31), "BAIK")],
    )  # fmt: skip


def test_tiga_ribu_orang_dalam_dua_detik(dunia_nyata: Dunia) -> None:
    orang = [_orang(dunia_nyata.ambon, n) for n in range(3000)]
    with sebagai("pemilik"), terpasang(SISTEM):
        mulai = time.perf_counter()
        ids = muat(orang, oleh_id=dunia_nyata.operator_ambon.pk, pada=datetime(2026, 7, 1, tzinfo=UTC))
        lama = time.perf_counter() - mulai
    connections.close_all()
    assert lama < 2, f"{lama:.2f} s"
    ambon = Register(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    terbuka = ambon.buka(ids[41])[ids[41]]
    assert (terbuka.nama, terbuka.nomor) == ("Orang, Ke41 \\N", nomor_ke(41))
    data = ambon.baca(ids[41])
    assert (data.agama, data.denda_lunas, data.inisial, data.warga.ujung) == ("", False, "O.", "041")
    assert (data.sppn_predikat, data.sppn_tanggal, data.pidana_tahun) == ("BAIK", date(2026, 7, 31), 5)
    with terpasang(SISTEM):
        assert Pemberian.objects.filter(data=data).count() == 1
        assert [d.pk for d in cari(SISTEM, dunia_nyata.ambon, nomor_ke(41))] == [data.pk]
    assert ambon.ubah(data.pk, pidana_tahun=6).revisi == 2
