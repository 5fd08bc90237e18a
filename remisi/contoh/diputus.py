"""Remission of a past day as if it had been decided here: the grants that the invented register already holds.

A grant becomes a case where the rules say the same of the person: the same amount, every condition met. The others stay
what they are, taken over from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.db import connection

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import WIB, hari_ini
from remisi.calon.orang import baca_orang
from remisi.calon.syarat import Hasil, semua
from remisi.contoh.petugas import Meja
from remisi.ketentuan import Himpunan
from remisi.models import Keputusan, Kesempatan, LangkahUsulan, SidangTPP, Usulan
from remisi.selectors_aturan import patokan_untuk
from remisi.usulan import ringkas
from remisi.usulan.penilai_remisi import penilaian
from wbp.models import DataWarga, Pemberian, RiwayatData

BEBAS = 0.015
"""Share of the grants of a unit that end the sentence: those with the least of it left."""
SUSULAN = 4
"""Cases of a unit that come with a later decree."""
ALASAN_CABUT = "Contoh: hukuman disiplin sebelum tanggal pemberian baru diketahui"
_LANGKAH = (
    ("DRAF", -20), ("SIDANG", -17), ("DIAJUKAN", -16), ("VERIF_KANWIL", -15), ("VERIF_PUSAT", -13), ("SK_TERBIT", 0),
    ("DILAKSANAKAN", 0),
)  # fmt: skip
_BATAS = {"VERIF_KANWIL": 2, "VERIF_PUSAT": 3}
"""Days within which the step had to come after the one before."""


@dataclass(frozen=True)
class Pemutus:
    """One occasion that was decided, and its decrees: on the day, and the later one."""

    kesempatan: Kesempatan
    aturan: Himpunan
    sk: Keputusan
    sk_susulan: Keputusan


def putuskan(kesempatan: Kesempatan, meja: Sequence[Meja], aturan: Himpunan) -> int:
    """Cases for this occasion in these units; how many."""
    peninjau = meja[0].peninjau
    nomor = f"CONTOH-{kesempatan.slug.upper()}"
    lambat = min(kesempatan.tanggal + timedelta(days=30), hari_ini())
    sk, susulan = (
        Keputusan.objects.create(
            nomor=n, tanggal=hari, kesempatan=kesempatan, oleh=peninjau, pada=_saat(hari, 9)
        )
        for n, hari in ((nomor, kesempatan.tanggal), (f"{nomor}-SUSULAN", lambat))
    )  # fmt: skip
    p = Pemutus(kesempatan, aturan, sk, susulan)
    jumlah = sum(_unit(p, m) for m in meja)
    ringkas.segarkan(kesempatan.pk, [m.upt.pk for m in meja])
    return jumlah


def _unit(p: Pemutus, m: Meja) -> int:
    pemberian = {
        (b.data_id, b.jenis): b
        for b in Pemberian.objects.filter(upt=m.upt, tanggal=p.kesempatan.tanggal, asal="IMPOR", dicabut_pada=None)
    }
    lahir = [(b, hasil) for b, hasil in _cocok(p, pemberian)]
    if not lahir:
        return 0
    sidang = SidangTPP.objects.create(
        upt=m.upt, kanwil_id=m.upt.kanwil_id, tanggal=_hari(p, -17), nomor=f"CONTOH-BA-{p.kesempatan.slug}",
        dibuat_oleh=m.operator, dibuat_pada=_saat(_hari(p, -17), 14),
    )  # fmt: skip
    kasus = [_kasus(p, m, sidang, b, hasil) for b, hasil in lahir]
    _bebaskan(p, m, kasus)
    for u in kasus[-SUSULAN:]:
        u.susulan, u.keputusan, u.status, u.dilaksanakan_pada = True, p.sk_susulan, "SK_TERBIT", None
        u.revisi, u.diputus_pada = len(_LANGKAH) - 1, p.sk_susulan.pada
    kasus[0].status, kasus[0].revisi = "DICABUT", len(_LANGKAH) + 1
    Usulan.objects.bulk_create(kasus, batch_size=2000)
    LangkahUsulan.objects.bulk_create([x for u in kasus for x in _langkah(p, m, u)], batch_size=5000)
    _sambung([(b.pk, u) for (b, _), u in zip(lahir, kasus, strict=True)], _saat(_hari(p, 40), 10))
    return len(kasus)


def _cocok(p: Pemutus, semua_pemberian: dict[tuple[int, str], Pemberian]) -> Iterator[tuple[Pemberian, Hasil]]:
    orang = baca_orang({d for d, _ in semua_pemberian}, p.kesempatan.tanggal)
    patokan = patokan_untuk(p.kesempatan, p.aturan, _hari(p, -16))
    for data_id, satu in sorted(orang.items()):
        for hasil in semua(satu, patokan):
            b = semua_pemberian.get((data_id, hasil.jenis))
            if b and hasil.keadaan == "LAYAK" and (b.bulan, b.hari) == (hasil.bulan, hasil.hari):
                yield b, hasil


def _kasus(p: Pemutus, m: Meja, sidang: SidangTPP, b: Pemberian, hasil: Hasil) -> Usulan:
    nilai = penilaian(hasil, p.kesempatan, p.aturan, _hari(p, -16))
    saat = _saat(p.kesempatan.tanggal, 11)
    return Usulan(
        pk=uuid4(), rumpun="REMISI", kesempatan=p.kesempatan, jenis=b.jenis, data_id=b.data_id, upt=m.upt,
        kanwil_id=m.upt.kanwil_id, status="DILAKSANAKAN", revisi=len(_LANGKAH), tanggal=b.tanggal, urutan=nilai.urutan,
        bulan=b.bulan, hari=b.hari, hasil=nilai.hasil, dasar=nilai.dasar, sidang=sidang, keputusan=p.sk,
        dikirim_pada=_saat(_hari(p, -16), 10), diputus_pada=p.sk.pada, dilaksanakan_pada=p.kesempatan.tanggal,
        dibuat_oleh=m.operator, dibuat_pada=_saat(_hari(p, -20), 10), diubah_pada=saat,
    )  # fmt: skip


def _bebaskan(p: Pemutus, m: Meja, kasus: Sequence[Usulan]) -> None:
    """Freeze who they are; let those go whose sentence is nearest to its end."""
    orang = {d.pk: d for d in DataWarga.objects.filter(pk__in=[u.data_id for u in kasus]).defer("rahasia")}
    for u in kasus:
        d = orang[u.data_id]
        u.jenis_kelamin, u.status_orang, u.kelompok = d.jenis_kelamin, d.status, d.kelompok
    urut = sorted(
        (u for u in kasus[1:-SUSULAN] if orang[u.data_id].sejak < u.tanggal), key=lambda u: _habis(orang[u.data_id])
    )
    bebas = urut[: round(len(kasus) * BEBAS)] if p.kesempatan.jenis == "RU" else []
    for u in bebas:
        u.hasil = "II"
        d = orang[u.data_id]
        d.keluar_pada, d.alasan_keluar, d.revisi = u.tanggal, "Bebas karena remisi", d.revisi + 1
    keluar = [orang[u.data_id] for u in bebas]
    DataWarga.objects.bulk_update(keluar, ["keluar_pada", "alasan_keluar", "revisi"])
    RiwayatData.objects.bulk_create(
        RiwayatData(
            data=d, upt_id=d.upt_id, kanwil_id=d.kanwil_id, revisi=d.revisi, sebab="keluar", oleh=m.operator,
            ubahan={"keluar_pada": [None, str(d.keluar_pada)], "alasan_keluar": ["", d.alasan_keluar]},
            pada=_saat(p.kesempatan.tanggal, 12),
        )
        for d in keluar
    )  # fmt: skip


def _habis(d: DataWarga) -> date:
    assert d.tanggal_tahan is not None
    bulan = 12 * (d.pidana_tahun or 0) + (d.pidana_bulan or 0)
    return d.tanggal_tahan + timedelta(days=round(30.4 * bulan))


def _langkah(p: Pemutus, m: Meja, u: Usulan) -> Iterator[LangkahUsulan]:
    pelaku = {"DIAJUKAN": m.kepala, "VERIF_KANWIL": m.verifikator, "VERIF_PUSAT": m.peninjau, "SK_TERBIT": m.peninjau}
    dari = ""
    for n, (ke, geser) in enumerate(_LANGKAH, 1):
        if n > u.revisi:
            return
        saat = u.diputus_pada if ke == "SK_TERBIT" and u.diputus_pada else _saat(_hari(p, geser), 9 + n // 2)
        tenggat = saat.date() + timedelta(days=_BATAS[ke] - 1) if ke in _BATAS else None
        yield _satu_langkah(u, dari, ke, n, pelaku.get(ke, m.operator), saat, tenggat)
        dari = ke
    if u.status == "DICABUT":
        yield _satu_langkah(u, dari, "DICABUT", u.revisi, m.peninjau, _saat(_hari(p, 40), 10), None, ALASAN_CABUT)


def _satu_langkah(
    u: Usulan, dari: str, ke: str, revisi: int, oleh: Pengguna, pada: datetime, tenggat: date | None, alasan: str = ""
) -> LangkahUsulan:
    return LangkahUsulan(
        usulan=u, jenis=u.jenis, upt_id=u.upt_id, kanwil_id=u.kanwil_id, dari=dari, ke=ke, revisi=revisi, oleh=oleh,
        pada=pada, tenggat=tenggat, tepat=None if tenggat is None else pada.date() <= tenggat, alasan=alasan,
    )  # fmt: skip


def _sambung(pasangan: Sequence[tuple[int, Usulan]], dicabut: datetime) -> None:
    """The grants say which case they come from; those of a revoked one are withdrawn."""
    with connection.cursor() as kursor:
        kursor.execute(
            "UPDATE wbp_pemberian p SET asal = 'PORTAL', usulan = v.u "
            "FROM unnest(%s::bigint[], %s::uuid[]) AS v(id, u) WHERE p.id = v.id",
            [[pk for pk, _ in pasangan], [str(u.pk) for _, u in pasangan]],
        )
    cabut = [pk for pk, u in pasangan if u.status == "DICABUT"]
    Pemberian.objects.filter(pk__in=cabut).update(dicabut_pada=dicabut)


def _hari(p: Pemutus, geser: int) -> date:
    return min(p.kesempatan.tanggal + timedelta(days=geser), hari_ini())


def _saat(hari: date, jam: int) -> datetime:
    return datetime.combine(hari, time(jam), WIB)
