"""Acts on cases of remission and integration. Each takes many cases and does all of them, or none (`langkah`).

Every act needs the right of the table (`alur`) for the unit of each case. Raises TidakDitemukan (missing or
foreign), Ditolak (own, without the right; or an own earlier step), Bentrok (moved on), TidakSah (not allowed by the
rules, or incomplete); the latter three name the cases in `rincian["kasus"]` (`langkah.Halangan`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateField, F, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import WIB, hari_ini, sekarang, tulis_tanggal, zona_dari
from remisi.models import Keputusan, Kesempatan, LangkahUsulan, SidangTPP, Usulan
from remisi.selectors_aturan import himpunan
from remisi.usulan import alur, langkah, penilai
from remisi.usulan.langkah import Halangan, Hasil, Perintah, Pilihan
from upt.cakupan import Cakupan
from upt.models import UPT
from wbp.models import DataWarga, Pemberian

__all__ = [
    "Calon", "Halangan", "Hasil", "Pilihan", "Timbangan", "ajukan", "cabut", "kembalikan", "laksanakan", "sidangkan",
    "tarik", "terbitkan", "timbang", "tolak", "usulkan", "verifikasi",
]  # fmt: skip

BATAS_SIDANG = "SIDANG"
"""How long after a hearing it may be noted (rule table `tenggat`)."""
_DIBEKUKAN = (
    "urutan", "bulan", "hari", "hasil", "sampai", "dasar", "jenis_kelamin", "status_orang", "kelompok",
)  # fmt: skip


@dataclass(frozen=True)
class Calon:
    """Whom to propose for what: `tanggal` is the day of the grant or the first day of the programme."""

    data_id: int
    jenis: str
    tanggal: date
    kesempatan_id: int | None = None
    sampai: date | None = None

    @property
    def rumpun(self) -> str:
        return Usulan.Rumpun.REMISI if self.kesempatan_id else Usulan.Rumpun.INTEGRASI

    @property
    def kunci(self) -> tuple[int | None, int, str]:
        return self.kesempatan_id, self.data_id, self.jenis


# Proposing --------------------------------------------------------------------------------------------------


@transaction.atomic
def usulkan(*, upt: UPT, calon: Sequence[Calon], oleh: Pengguna, cakupan: Cakupan) -> Hasil:
    """Draft cases. Who fails a condition is refused; who lacks data may be drafted. `sudah` counts open ones."""
    _pastikan_unit(upt, Izin.SUSUN_USULAN, oleh, cakupan)
    langkah.kunci_unit([upt.pk])
    orang = _orang(upt, calon, cakupan)
    ada = _masih_ada(upt, calon)
    baru = [_kasus(c, upt, oleh) for c in {c.kunci: c for c in calon if c.kunci not in ada}.values()]
    _tandai_susulan(baru)
    halangan = []
    for kasus, hasil in zip(baru, penilai.nilai(baru), strict=True):
        if hasil.ditolak:
            halangan.append(Halangan(kasus.data_id, "; ".join(hasil.halangan), "syarat"))
        penilai.bekukan(kasus, hasil)
        _potret(kasus, orang[kasus.data_id])
    langkah.tolak_bila(halangan)
    _simpan_baru(baru, oleh)
    return Hasil(tuple(u.pk for u in baru), len(ada))


def _pastikan_unit(upt: UPT, izin: Izin, oleh: Pengguna, cakupan: Cakupan) -> None:
    if not UPT.objects.dalam(cakupan).filter(pk=upt.pk).exists():
        raise TidakDitemukan("UPT ini tidak ada, atau bukan dalam cakupan Anda.")
    if not boleh(oleh, izin, upt):
        raise Ditolak("Usulan disusun petugas UPT ini. Anda dapat membacanya.")


def _orang(upt: UPT, calon: Sequence[Calon], cakupan: Cakupan) -> dict[int, DataWarga]:
    if not calon:
        raise TidakSah("Pilih sedikitnya satu orang.")
    if len(calon) > langkah.PALING_BANYAK:
        raise TidakSah(f"Paling banyak {langkah.PALING_BANYAK} orang sekali tekan. Kurangi pilihan.")
    kunci = {c.data_id for c in calon}
    orang = _baca_orang(DataWarga.objects.dalam(cakupan).ada().filter(upt=upt, pk__in=kunci))
    if len(orang) < len(kunci):
        raise TidakDitemukan("Orang ini tidak ada di register unit Anda, atau sudah keluar.")
    return orang


def _baca_orang(semua: QuerySet[DataWarga]) -> dict[int, DataWarga]:
    return {d.pk: d for d in semua.only("jenis_kelamin", "status", "kelompok")}


def _masih_ada(upt: UPT, calon: Sequence[Calon]) -> set[tuple[int | None, int, str]]:
    """Keys of cases that are still alive: proposing them again changes nothing."""
    semua = Usulan.objects.filter(upt=upt, data__in={c.data_id for c in calon})
    hidup = semua.exclude(status__in=alur.GUGUR).exclude(rumpun=Usulan.Rumpun.INTEGRASI, status__in=alur.AKHIR)
    ada: set[Any] = set(hidup.values_list("kesempatan_id", "data_id", "jenis"))
    return {c.kunci for c in calon} & ada


def _kasus(c: Calon, upt: UPT, oleh: Pengguna) -> Usulan:
    kini = sekarang()
    return Usulan(
        rumpun=c.rumpun,
        kesempatan_id=c.kesempatan_id,
        jenis=c.jenis,
        data_id=c.data_id,
        upt=upt,
        kanwil_id=upt.kanwil_id,
        tanggal=c.tanggal,
        sampai=c.sampai,
        dibuat_oleh=oleh,
        dibuat_pada=kini,
        diubah_pada=kini,
    )


def _potret(kasus: Usulan, orang: DataWarga) -> None:
    kasus.jenis_kelamin, kasus.status_orang = orang.jenis_kelamin, orang.status
    kasus.kelompok = orang.kelompok


def _tandai_susulan(kasus: Sequence[Usulan]) -> None:
    """Late for its occasion: proposed after the last day on which units propose."""
    kini = hari_ini()
    perlu = {u.kesempatan_id for u in kasus if u.kesempatan_id}
    batas = dict(Kesempatan.objects.filter(pk__in=perlu).values_list("pk", "batas_usul"))
    for u in kasus:
        u.susulan = u.kesempatan_id is not None and kini > batas[u.kesempatan_id]


def _simpan_baru(baru: list[Usulan], oleh: Pengguna) -> None:
    Usulan.objects.bulk_create(baru, batch_size=500, ignore_conflicts=True)
    tersimpan = set(Usulan.objects.filter(pk__in=[u.pk for u in baru]).values_list("pk", flat=True))
    sebab = "sudah diusulkan unit lain untuk kesempatan yang sama sebelum pindah ke sini"
    langkah.tolak_bila([Halangan(u.data_id, sebab, "keadaan") for u in baru if u.pk not in tersimpan])
    pertama = [
        LangkahUsulan(
            usulan=u,
            jenis=u.jenis,
            upt_id=u.upt_id,
            kanwil_id=u.kanwil_id,
            ke=u.status,
            revisi=1,
            oleh=oleh,
            pada=u.dibuat_pada,
        )
        for u in baru
    ]
    LangkahUsulan.objects.bulk_create(pertama, batch_size=1000)
    langkah.catat_unit(alur.Aksi.SUSUN, baru, oleh)


# The hearing, sending, withdrawing --------------------------------------------------------------------------


def sidangkan(
    *,
    upt: UPT,
    pilihan: Sequence[Pilihan],
    tanggal: date,
    nomor: str,
    oleh: Pengguna,
    cakupan: Cakupan,
    perbaikan: str = "",
) -> Hasil:
    """Drafts that the unit's TPP has heard, with the day and the number of its minutes; of returned cases also what
    was mended (`perbaikan`), for the head and the Kanwil to read."""
    _pastikan_unit(upt, Izin.SUSUN_USULAN, oleh, cakupan)
    _pastikan_hari_sidang(tanggal, hari_ini(upt.zona))

    def isi(kasus: list[Usulan]) -> list[Halangan]:
        if any(u.upt_id != upt.pk for u in kasus):
            raise TidakDitemukan("Usulan ini tidak ada, atau bukan dari unit ini.")
        sidang = _sidang(upt, tanggal, nomor.strip(), oleh)
        for u in kasus:
            u.sidang = sidang
        return []

    def sama(kasus: Sequence[Usulan]) -> bool:
        sidang = SidangTPP.objects.filter(pk__in={u.sidang_id for u in kasus})
        return list(sidang.values_list("upt_id", "nomor", "tanggal")) == [(upt.pk, nomor.strip(), tanggal)]

    perintah = Perintah(alur.Aksi.SIDANGKAN, pilihan, oleh, cakupan, perbaikan, isi, ("sidang_id",), sama)
    return langkah.jalankan(perintah)


def _pastikan_hari_sidang(tanggal: date, kini: date) -> None:
    """A hearing that has been, and not longer ago than the rules let one be noted: of old ones the year is mistyped."""
    if tanggal > kini:
        raise TidakSah("Tanggal sidang belum tiba. Catat sesudah sidangnya selesai.")
    batas = himpunan().tenggat(BATAS_SIDANG, kini)
    if batas is not None and tanggal < kini - timedelta(days=batas.jumlah):
        raise TidakSah(
            f"Sidang {tulis_tanggal(tanggal)} lebih dari {batas.jumlah} hari sebelum hari ini, {tulis_tanggal(kini)}. "
            "Periksa tahunnya."
        )


def _sidang(upt: UPT, tanggal: date, nomor: str, oleh: Pengguna) -> SidangTPP:
    if not nomor:
        raise TidakSah("Tulis nomor berita acara sidang TPP.")
    bawaan = {"kanwil_id": upt.kanwil_id, "tanggal": tanggal, "dibuat_oleh": oleh, "dibuat_pada": sekarang()}
    sidang, _ = SidangTPP.objects.get_or_create(upt=upt, nomor=nomor, defaults=bawaan)
    if sidang.tanggal != tanggal:
        raise TidakSah(
            f"Berita acara {nomor} sudah tercatat untuk sidang {tulis_tanggal(sidang.tanggal)}. Pakai tanggal itu, "
            "atau tulis nomor lain."
        )
    return sidang


def ajukan(*, pilihan: Sequence[Pilihan], oleh: Pengguna, cakupan: Cakupan) -> Hasil:
    """Send to the Kanwil. Conditions are judged again with today's data and frozen; nothing missing may be left."""
    kolom = (*_DIBEKUKAN, "susulan", "dikirim_pada")
    perintah = Perintah(alur.Aksi.AJUKAN, pilihan, oleh, cakupan, kolom=kolom)

    def isi(kasus: list[Usulan]) -> list[Halangan]:
        belum = [u for u in kasus if u.dikirim_pada is None]
        _tandai_susulan(belum)
        for u in kasus:
            u.dikirim_pada = perintah.pada
        return _bekukan_layak(kasus)

    perintah.isi = isi
    return langkah.jalankan(perintah)


def _bekukan_layak(kasus: list[Usulan]) -> list[Halangan]:
    """Judge again, freeze what came of it, and say what is not met or missing."""
    orang = _baca_orang(DataWarga.objects.filter(pk__in={u.data_id for u in kasus}))
    semua = list(zip(kasus, penilai.nilai(kasus), strict=True))
    for u, hasil in semua:
        if hasil.layak:
            penilai.bekukan(u, hasil)
            _potret(u, orang[u.data_id])
    return _belum_layak(semua)


def _belum_layak(semua: Iterable[tuple[Usulan, penilai.Penilaian]]) -> list[Halangan]:
    return [Halangan(u.data_id, "; ".join(h.halangan), "syarat", u.pk) for u, h in semua if not h.layak]


def tarik(*, pilihan: Sequence[Pilihan], oleh: Pengguna, cakupan: Cakupan, alasan: str = "") -> Hasil:
    """The unit takes cases back before the Kanwil has verified them."""
    return _sederhana(alur.Aksi.TARIK, pilihan, oleh, cakupan, alasan)


def _sederhana(
    aksi: alur.Aksi, pilihan: Sequence[Pilihan], oleh: Pengguna, cakupan: Cakupan, alasan: str = ""
) -> Hasil:
    return langkah.jalankan(Perintah(aksi, pilihan, oleh, cakupan, alasan))


# Checking and deciding --------------------------------------------------------------------------------------


def verifikasi(*, pilihan: Sequence[Pilihan], oleh: Pengguna, cakupan: Cakupan) -> Hasil:
    """The Kanwil, then Ditjenpas: where the case is says whose turn it is."""
    return langkah.jalankan(Perintah(alur.Aksi.VERIFIKASI, pilihan, oleh, cakupan, isi=_hari_lain))


def _hari_lain(kasus: Sequence[Usulan]) -> list[Halangan]:
    """Cases whose occasion moved after they were judged: what they ask for is of another day."""
    remisi = Usulan.objects.filter(pk__in=[u.pk for u in kasus], rumpun=Usulan.Rumpun.REMISI)
    beda = remisi.annotate(hari_nilai=Cast(KT("dasar__tanggal"), DateField())).exclude(hari_nilai=F("tanggal"))
    sebab = "hari pemberiannya berubah sesudah diajukan; kembalikan supaya syarat dan besarannya dihitung lagi"
    return [Halangan(data, sebab, "isi", kunci) for kunci, data in beda.values_list("pk", "data_id")]


def kembalikan(*, pilihan: Sequence[Pilihan], alasan: str, oleh: Pengguna, cakupan: Cakupan) -> Hasil:
    """Back to the unit, which mends and sends again within the limit of corrections."""
    return _sederhana(alur.Aksi.KEMBALIKAN, pilihan, oleh, cakupan, alasan)


def tolak(*, pilihan: Sequence[Pilihan], alasan: str, oleh: Pengguna, cakupan: Cakupan) -> Hasil:
    return _sederhana(alur.Aksi.TOLAK, pilihan, oleh, cakupan, alasan)


def terbitkan(*, pilihan: Sequence[Pilihan], nomor: str, tanggal: date, oleh: Pengguna, cakupan: Cakupan) -> Hasil:
    """Record a decree over cases of many units: its number and day; grants enter the register, counts follow.

    What the head of a unit decides (family leave) is judged again first, because nobody has sent it before.
    """
    perintah = Perintah(alur.Aksi.TERBITKAN, pilihan, oleh, cakupan)
    perintah.kolom = ("keputusan_id", "diputus_pada")

    def isi(kasus: list[Usulan]) -> list[Halangan]:
        kepala = [u for u in kasus if alur.jalur(u.jenis) is alur.Jalur.UNIT]
        halangan = [*_mendahului(kasus, tanggal), *_bekukan_layak(kepala), *_hari_lain(kasus), *_besaran_lain(kasus)]
        if kepala:
            perintah.kolom = (*perintah.kolom, *_DIBEKUKAN)
        sk = _keputusan(kasus, nomor.strip(), tanggal, oleh)
        for u in kasus:
            u.keputusan, u.diputus_pada = sk, perintah.pada
        return halangan

    perintah.isi, perintah.sama = isi, lambda kasus: _keputusan_ini(kasus, nomor.strip(), tanggal)
    return langkah.jalankan(perintah)


def _mendahului(kasus: Sequence[Usulan], tanggal: date) -> list[Halangan]:
    """Cases that this decree precedes: it can have decided nothing that was not heard and sent by then."""
    sidang = dict(SidangTPP.objects.filter(pk__in={u.sidang_id for u in kasus}).values_list("pk", "tanggal"))
    halangan = []
    for u in kasus:
        langkah_lalu = (("sidang TPP-nya", sidang.get(u.sidang_id or 0)), ("hari diajukannya", _hari_diajukan(u)))
        sebab = next((f"{apa}, {tulis_tanggal(hari)}" for apa, hari in langkah_lalu if hari and tanggal < hari), "")
        if sebab:
            kata = f"keputusan tertanggal {tulis_tanggal(tanggal)} mendahului {sebab}"
            halangan.append(Halangan(u.data_id, kata, "isi", u.pk))
    return halangan


def _hari_diajukan(u: Usulan) -> date | None:
    """The western day on which the case was sent: no zone's day is earlier."""
    return u.dikirim_pada.astimezone(zona_dari(WIB)).date() if u.dikirim_pada else None


def _keputusan_ini(kasus: Sequence[Usulan], nomor: str, tanggal: date) -> bool:
    """Whether these cases rest on this decree and no other."""
    sk = Keputusan.objects.filter(pk__in={u.keputusan_id for u in kasus})
    return list(sk.values_list("nomor", "tanggal")) == [(nomor, tanggal)]


def _hari_terakhir(kasus: Sequence[Usulan]) -> date:
    """Today where the cases are: in the east a day begins two hours earlier."""
    return max((hari_ini(u.upt.zona) for u in kasus), default=hari_ini())


def _keputusan(kasus: Sequence[Usulan], nomor: str, tanggal: date, oleh: Pengguna) -> Keputusan:
    """The decree of this number; one that exists is joined when day and occasion are the same."""
    if not nomor:
        raise TidakSah("Tulis nomor keputusannya.")
    if tanggal > _hari_terakhir(kasus):
        raise TidakSah("Tanggal keputusan belum tiba. Catat sesudah keputusannya ditetapkan.")
    kesempatan = {u.kesempatan_id for u in kasus}
    if len(kesempatan) > 1:
        raise TidakSah("Satu keputusan untuk satu kesempatan. Pilih usulan dari satu kesempatan saja.")
    penerbit = {u.upt.kode if alur.jalur(u.jenis) is alur.Jalur.UNIT else "" for u in kasus}
    if len(penerbit) > 1:
        raise TidakSah("Satu keputusan untuk satu penerbit. Pilih usulan yang diputus pejabat yang sama.")
    bawaan = {"tanggal": tanggal, "kesempatan_id": kesempatan.pop(), "oleh": oleh, "pada": sekarang()}
    sk, baru = Keputusan.objects.get_or_create(penerbit=penerbit.pop(), nomor=nomor, defaults=bawaan)
    if not baru and (sk.tanggal, sk.kesempatan_id) != (tanggal, bawaan["kesempatan_id"]):
        raise TidakSah(f"Keputusan {nomor} sudah tercatat, {tulis_tanggal(sk.tanggal)}, untuk kesempatan lain.")
    return sk


def _besaran_lain(kasus: Sequence[Usulan]) -> list[Halangan]:
    """Cases whose grant the register already has with another amount."""
    remisi = [u for u in kasus if u.rumpun == Usulan.Rumpun.REMISI]
    semua = Pemberian.objects.filter(
        dicabut_pada=None, data__in={u.data_id for u in remisi}, tanggal__in={u.tanggal for u in remisi}
    )
    ada = {(p.data_id, p.jenis, p.tanggal): (p.bulan, p.hari) for p in semua}
    sebab = "register sudah mencatat pemberian ini dengan besaran lain; cocokkan dengan SDP"
    return [
        Halangan(u.data_id, sebab, "isi", u.pk)
        for u in remisi
        if ada.get((u.data_id, u.jenis, u.tanggal), (u.bulan, u.hari)) != (u.bulan, u.hari)
    ]


def laksanakan(*, pilihan: Sequence[Pilihan], tanggal: date, oleh: Pengguna, cakupan: Cakupan) -> Hasil:
    """The unit has carried the decree out: not before it was made, remission not before its day. Who is free by it (II)
    leaves the register by an act of its own."""

    def isi(kasus: list[Usulan]) -> list[Halangan]:
        sk = {k.pk: k.tanggal for k in Keputusan.objects.filter(pk__in={u.keputusan_id for u in kasus})}
        if tanggal > _hari_terakhir(kasus):
            raise TidakSah("Tanggal pelaksanaan belum tiba.")
        for u in kasus:
            u.dilaksanakan_pada = tanggal
        return [Halangan(u.data_id, kata, "isi", u.pk) for u in kasus if (kata := _terlalu_dini(u, tanggal, sk))]

    perintah = Perintah(alur.Aksi.LAKSANAKAN, pilihan, oleh, cakupan, isi=isi, kolom=("dilaksanakan_pada",))
    perintah.sama = lambda kasus: all(u.dilaksanakan_pada == tanggal for u in kasus)
    return langkah.jalankan(perintah)


def _terlalu_dini(u: Usulan, tanggal: date, sk: Mapping[int, date]) -> str:
    if tanggal < (terbit := sk[u.keputusan_id or 0]):
        return f"tanggal pelaksanaan mendahului keputusannya, {tulis_tanggal(terbit)}"
    dini = u.rumpun == Usulan.Rumpun.REMISI and tanggal < u.tanggal
    return f"tanggal pelaksanaan mendahului hari pemberiannya, {tulis_tanggal(u.tanggal)}" if dini else ""


def cabut(*, pilihan: Sequence[Pilihan], alasan: str, oleh: Pengguna, cakupan: Cakupan) -> Hasil:
    """Revoke what a decree gave: the grant is withdrawn from the register, the counts follow."""
    return _sederhana(alur.Aksi.CABUT, pilihan, oleh, cakupan, alasan)


# Before the press -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Timbangan:
    """What one act could do with chosen cases now; what refuses the others is said by case."""

    siap: list[Usulan]
    halangan: list[Halangan]


def timbang(aksi: alur.Aksi, pilihan: Sequence[Pilihan], *, oleh: Pengguna, cakupan: Cakupan) -> Timbangan:
    """Try an act without doing it. Raises TidakDitemukan, Ditolak, TidakSah (nothing or too much chosen)."""
    periksa = _UJI.get(aksi, lambda kasus: [])
    return Timbangan(*langkah.timbang(Perintah(aksi, pilihan, oleh, cakupan), periksa))


def _uji_layak(kasus: Sequence[Usulan]) -> list[Halangan]:
    return _belum_layak(zip(kasus, penilai.nilai(kasus), strict=True))


def _uji_keputusan(kasus: Sequence[Usulan]) -> list[Halangan]:
    kepala = [u for u in kasus if alur.jalur(u.jenis) is alur.Jalur.UNIT]
    return [*_uji_layak(kepala), *_hari_lain(kasus), *_besaran_lain(kasus)]


_UJI: dict[alur.Aksi, Callable[[list[Usulan]], list[Halangan]]] = {
    alur.Aksi.AJUKAN: _uji_layak,
    alur.Aksi.VERIFIKASI: _hari_lain,
    alur.Aksi.TERBITKAN: _uji_keputusan,
}
