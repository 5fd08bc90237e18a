"""Cases as the acts of the workspace leave them, written directly: for what reads them (totals, lists, promises)."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from pemasyarakatan.inti.waktu import sekarang
from remisi.models import Keputusan, Kesempatan, LangkahUsulan, Usulan
from remisi.usulan import ringkas
from tests.wbp.bantu import Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT
from wbp.models import DataWarga, Pemberian

HARI = date(2026, 8, 17)
_nomor = count(1)
MAJU = ("DRAF", "SIDANG", "DIAJUKAN", "VERIF_KANWIL", "VERIF_PUSAT", "SK_TERBIT")


def kesempatan(slug: str = "ru-2026", jenis: str = "RU", tanggal: date = HARI) -> Kesempatan:
    satu, _ = Kesempatan.objects.get_or_create(
        slug=slug,
        defaults={
            "nama": "Remisi Umum 17 Agustus 2026", "jenis": jenis, "tanggal": tanggal, "batas_usul": tanggal,
            "terverifikasi": True, "sumber": "uji",
        },
    )  # fmt: skip
    return satu


def keputusan(k: Kesempatan, oleh: Any, nomor: str = "CONTOH-1") -> Keputusan:
    satu, _ = Keputusan.objects.get_or_create(
        nomor=nomor, defaults={"tanggal": k.tanggal, "kesempatan": k, "oleh": oleh, "pada": sekarang()}
    )
    return satu


def orang(dunia: Any, upt: UPT, **isi: Any) -> DataWarga:
    oleh = getattr(
        dunia,
        {dunia.ambon.pk: "operator_ambon", dunia.pekanbaru.pk: "operator_pekanbaru"}.get(upt.pk, "operator_masohi"),
    )
    n = next(_nomor)
    return Register(upt, oleh).catat(**{"nama": f"Orang Uji {n}", "nomor": nomor_ke(n), **isi})


def kasus(dunia: Any, k: Kesempatan, data: DataWarga, status: str = "SK_TERBIT", **isi: Any) -> Usulan:
    """One case with its steps, its grant, and the counts."""
    with terpasang(SISTEM):
        diputus = status in ("SK_TERBIT", "DILAKSANAKAN")
        semua = MAJU[: MAJU.index(status) + 1] if status in MAJU else (*MAJU, status)
        u = Usulan.objects.create(
            **{
                "rumpun": "REMISI", "kesempatan": k, "jenis": k.jenis, "data": data, "upt_id": data.upt_id,
                "kanwil_id": data.kanwil_id, "status": status, "revisi": len(semua), "tanggal": k.tanggal, "urutan": 1,
                "bulan": 2, "hari": 0, "hasil": "I", "jenis_kelamin": data.jenis_kelamin, "status_orang": data.status,
                "kelompok": data.kelompok, "keputusan": keputusan(k, dunia.peninjau) if diputus else None,
                "dibuat_oleh": dunia.operator_ambon, "dibuat_pada": sekarang(), "diubah_pada": sekarang(), **isi,
            }
        )  # fmt: skip
        _langkah(u, semua, dunia.operator_ambon)
        if diputus:
            Pemberian.objects.create(
                data=data, upt_id=u.upt_id, kanwil_id=u.kanwil_id, jenis=u.jenis, tanggal=u.tanggal, bulan=u.bulan,
                hari=u.hari, asal="PORTAL", usulan=u.pk, dibuat_oleh=dunia.peninjau, dibuat_pada=sekarang(),
            )  # fmt: skip
        ringkas.segarkan(k.pk, [u.upt_id])
        return u


def _langkah(u: Usulan, semua: tuple[str, ...], oleh: Any) -> None:
    dari = ""
    for n, ke in enumerate(semua, 1):
        LangkahUsulan.objects.create(
            usulan=u, jenis=u.jenis, upt_id=u.upt_id, kanwil_id=u.kanwil_id, dari=dari, ke=ke, revisi=n, oleh=oleh,
            pada=sekarang(),
        )  # fmt: skip
        dari = ke


def banyak(dunia: Any, k: Kesempatan, upt: UPT, n: int, **isi: Any) -> list[Usulan]:
    orang_isi = isi.pop("orang", {})
    return [kasus(dunia, k, orang(dunia, upt, **orang_isi), **isi) for _ in range(n)]
