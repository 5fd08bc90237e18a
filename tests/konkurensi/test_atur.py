"""Two administrators at once: one rule of a table, code and day; one coming into force; rules loaded once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from pemasyarakatan.inti.galat import Bentrok
from remisi import kesempatan
from remisi.atur import services
from remisi.ketentuan import bawaan
from remisi.models import Aturan, Kesempatan
from remisi.selectors_aturan import himpunan
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from tests.umkm.bantu import sebagai_orang

RU2 = next(b for b in bawaan().baris if b.kode == "RU-2")


def _sebagai_admin(dunia: Dunia, kerja: Callable[..., Any], **isi: Any) -> Callable[[], Any]:
    def jalan() -> Any:
        with sebagai_orang(dunia.admin) as (oleh, _):
            return kerja(oleh=oleh, **isi)

    return jalan


def test_satu_rancangan_dari_banyak(dunia_nyata: Dunia) -> None:
    for n in range(3):
        baru = replace(RU2, berlaku_dari=date(2030 + n, 1, 1), nilai={**RU2.nilai, "bulan": 4})
        hasil = serentak([_sebagai_admin(dunia_nyata, services.simpan_rancangan, baris=baru) for _ in range(4)])
        assert Counter(type(h) for h in hasil) == {Aturan: 1, Bentrok: 3}, hasil
        assert Aturan.objects.filter(berlaku_dari=baru.berlaku_dari).count() == 1


def test_satu_penetapan_dari_banyak(dunia_nyata: Dunia) -> None:
    baru = replace(RU2, berlaku_dari=date(2031, 1, 1), nilai={**RU2.nilai, "bulan": 4})
    satu = _sebagai_admin(dunia_nyata, services.simpan_rancangan, baris=baru)()
    sidik = services.sidik_tetap(satu, himpunan())
    tugas = _sebagai_admin(dunia_nyata, services.tetapkan, aturan_id=satu.pk, sidik=sidik)
    hasil = serentak([tugas] * 4)
    assert Counter(type(h) for h in hasil) == {Aturan: 1, Bentrok: 3}, hasil


def test_dua_rancangan_ditetapkan_bersamaan(dunia_nyata: Dunia) -> None:
    """Both were seen with the same rules in force: the second one has to be looked at again."""
    semua = [
        _sebagai_admin(
            dunia_nyata,
            services.simpan_rancangan,
            baris=replace(RU2, berlaku_dari=date(2032, bulan, 1), nilai={**RU2.nilai, "bulan": 4}),
        )()
        for bulan in (1, 7)
    ]
    berlaku = himpunan()
    tugas = [
        _sebagai_admin(dunia_nyata, services.tetapkan, aturan_id=a.pk, sidik=services.sidik_tetap(a, berlaku))
        for a in semua
    ]
    hasil = serentak(tugas)
    assert Counter(type(h) for h in hasil) == {Aturan: 1, Bentrok: 1}, hasil


def test_aturan_dan_kesempatan_dimuat_sekali(dunia_nyata: Dunia) -> None:
    banyak = Aturan.objects.count()
    buka = partial(kesempatan.segarkan, dari=date(2027, 1, 1), sampai=date(2027, 12, 31))
    hasil = serentak([services.muat_bawaan, services.muat_bawaan, buka, buka, buka])
    assert not [h for h in hasil if isinstance(h, Exception)], hasil
    assert Aturan.objects.count() == banyak
    assert Kesempatan.objects.filter(slug__endswith="2027").count() == 9
    assert sorted(h.baru for h in hasil if isinstance(h, kesempatan.Hasil)) == [0, 0, 9]
