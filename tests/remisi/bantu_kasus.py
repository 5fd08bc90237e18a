"""Cases as people make them: an occasion, inmates who meet every condition, and each act in its doer's own scope."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import hari_ini, sekarang
from remisi.models import Kesempatan, LangkahUsulan, SidangTPP, Usulan
from remisi.usulan import services
from remisi.usulan.alur import Status
from remisi.usulan.langkah import Hasil, Pilihan
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NAPI, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT
from wbp.services_catatan import Perilaku

_nomor = itertools.count(1)
LAYAK = {**NAPI, "nama": "Cemara Lautbiru", "risiko_turun": True}


def kesempatan(hari: int = 30, batas: int = 20, **ubah: Any) -> Kesempatan:
    """An occasion some days ahead, on which units propose until `batas` days from now."""
    kini = hari_ini()
    isi = {
        "slug": f"ru-uji-{next(_nomor)}",
        "nama": "Remisi Umum uji",
        "jenis": "RU",
        "tanggal": kini + timedelta(days=hari),
        "batas_usul": kini + timedelta(days=batas),
        "sumber": "Keppres 174/1999",
    }
    with terpasang(SISTEM):
        return Kesempatan.objects.create(**{**isi, **ubah})


def layak(upt: UPT, oleh: Pengguna, banyak: int = 1, **ubah: Any) -> list[int]:
    """Inmates for whom every condition of an ordinary case is met today."""
    register, kini = Register(upt, oleh), hari_ini()
    dasar = {**LAYAK, "register_f_diperiksa": kini - timedelta(days=1), **ubah}
    ids = register.banyak([{**dasar, "nomor": nomor_ke(next(_nomor))} for _ in range(banyak)])
    register.perilaku(*(Perilaku(pk, "SPPN", kini - timedelta(days=20), "BAIK") for pk in ids))
    return ids


def calon(data: Iterable[int], k: Kesempatan, jenis: str = "RU") -> list[services.Calon]:
    return [services.Calon(pk, jenis, k.tanggal, k.pk) for pk in data]


class Meja:
    """Everybody who touches the cases of Lapas Ambon."""

    def __init__(self, dunia: Dunia) -> None:
        self.dunia = dunia
        self.upt = dunia.ambon

    def sebagai(self, orang: Pengguna, lakukan: Callable[..., Any], **lain: Any) -> Any:
        with sebagai_orang(orang) as (oleh, cakupan):
            return lakukan(oleh=oleh, cakupan=cakupan, **lain)

    def pilihan(self, kasus: Iterable[UUID]) -> list[Pilihan]:
        with terpasang(SISTEM):
            return [Pilihan(*u) for u in Usulan.objects.filter(pk__in=list(kasus)).values_list("pk", "revisi")]

    def usulkan(
        self, data: Sequence[int], k: Kesempatan, orang: Pengguna | None = None, upt: UPT | None = None
    ) -> Hasil:
        oleh = orang or self.dunia.operator_ambon
        return self.sebagai(oleh, services.usulkan, upt=upt or self.upt, calon=calon(data, k))

    def sidang(self, kasus: Sequence[UUID], nomor: str = "BA-1", orang: Pengguna | None = None) -> Hasil:
        isi = {"upt": self.upt, "pilihan": self.pilihan(kasus), "tanggal": hari_ini(), "nomor": nomor}
        return self.sebagai(orang or self.dunia.operator_ambon, services.sidangkan, **isi)

    def ajukan(self, kasus: Sequence[UUID], orang: Pengguna | None = None) -> Hasil:
        return self.sebagai(orang or self.dunia.kepala_ambon, services.ajukan, pilihan=self.pilihan(kasus))

    def verifikasi(self, kasus: Sequence[UUID], orang: Pengguna | None = None) -> Hasil:
        return self.sebagai(orang or self.dunia.verifikator_maluku, services.verifikasi, pilihan=self.pilihan(kasus))

    def verifikasi_pusat(self, kasus: Sequence[UUID]) -> Hasil:
        return self.verifikasi(kasus, self.dunia.peninjau)

    def terbitkan(self, kasus: Sequence[UUID], nomor: str = "PAS-1.PK.05.04", tanggal: date | None = None) -> Hasil:
        isi = {"pilihan": self.pilihan(kasus), "nomor": nomor, "tanggal": tanggal or hari_ini()}
        return self.sebagai(self.dunia.peninjau, services.terbitkan, **isi)

    def sampai(self, status: Status, data: Sequence[int], k: Kesempatan) -> list[UUID]:
        """Cases of these inmates, brought as far as `status` (DRAF to SK_TERBIT)."""
        kasus = list(self.usulkan(data, k).usulan)
        langkah: list[tuple[Status, Callable[[Sequence[UUID]], Hasil]]] = [
            (Status.SIDANG, self.sidang),
            (Status.DIAJUKAN, self.ajukan),
            (Status.VERIF_KANWIL, self.verifikasi),
            (Status.VERIF_PUSAT, self.verifikasi_pusat),
            (Status.SK_TERBIT, self.terbitkan),
        ]
        for ke, lakukan in langkah:
            if self.status(kasus) == [status] * len(kasus):
                break
            lakukan(kasus)
            assert self.status(kasus) == [ke] * len(kasus)
        return kasus

    def mundurkan(self, kasus: Sequence[UUID], hari: int) -> None:
        """As if these cases had been heard and sent so many days ago."""
        with terpasang(SISTEM):
            semua = Usulan.objects.filter(pk__in=kasus)
            SidangTPP.objects.filter(usulan__in=semua).update(tanggal=hari_ini() - timedelta(days=hari))
            semua.update(dikirim_pada=sekarang() - timedelta(days=hari))

    def baca(self, kasus: Sequence[UUID]) -> list[Usulan]:
        with terpasang(SISTEM):
            return list(Usulan.objects.filter(pk__in=kasus).order_by("pk"))

    def status(self, kasus: Sequence[UUID]) -> list[str]:
        return [u.status for u in self.baca(kasus)]

    def langkah(self, kasus: UUID) -> list[LangkahUsulan]:
        with terpasang(SISTEM):
            return list(LangkahUsulan.objects.filter(usulan=kasus).order_by("revisi", "pk"))
