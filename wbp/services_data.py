"""The one way to write the register of inmates: scope, right, rules, revision, history and trail in one transaction.

History and trail hold column names and values that describe a person, never name or number. Marks of conduct and grants
are written by `wbp.services_catatan`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from pelaporan.register.services import BarisSalah, Jawaban, PerluJawaban, kunci_register
from pelaporan.register.temuan import GALAT, Temuan, tanya
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, TidakDitemukan, TidakSah
from pemasyarakatan.inti.perbarui import perbarui
from pemasyarakatan.inti.waktu import hari_ini, sekarang, tulis_waktu
from pemasyarakatan.jejak.services import catat_baris
from upt.cakupan import Cakupan
from upt.models import UPT
from wbp import indeks, rahasia, sandi
from wbp.dasar import ASING, REGISTER, WARGA_LAMA, muat, pastikan_ada, pastikan_unit
from wbp.kolom import ISI, NAMA_RAHASIA, lengkapi_bawaan
from wbp.models import DataWarga, KunciWarga, RiwayatData, SerahTerima, WargaBinaan
from wbp.nama import inisial
from wbp.periksa import periksa

SEKALIGUS, ALASAN_MAKS = 1000, 300
KELUAR_LAMA = timedelta(days=366)
_KOLOM_ISI = tuple(k.nama for k in ISI)
SUDAH_ADA = "Orang dengan nomor register ini sudah ada di register unit ini. Cari orangnya, lalu ubah di halamannya."


class SalahBanyak(BarisSalah):
    """Rows of a bulk that are refused: `baris` maps their place (from 0; in changes their id) to columns and sentences.
    Nothing was written."""

    def __init__(self, baris: Mapping[int, Mapping[str, str]]) -> None:
        super().__init__(next(iter(baris.values())))
        self.baris = {i: dict(isi) for i, isi in baris.items()}


@dataclass(frozen=True)
class _Penulis:
    """Who writes, into which unit, and when."""

    upt: UPT
    oleh: Pengguna
    pada: datetime

    @property
    def milik(self) -> dict[str, Any]:
        return {"upt_id": self.upt.pk, "kanwil_id": self.upt.kanwil_id}


def isi_dari(data: DataWarga) -> dict[str, Any]:
    """The columns that describe the person, by name."""
    return {nama: getattr(data, nama) for nama in _KOLOM_ISI}


# ---------------------------------------------------------------- new persons


@transaction.atomic
def catat_warga(
    *, upt: UPT, nilai: Mapping[str, Any], oleh: Pengguna, cakupan: Cakupan, jawaban: Jawaban | None = None
) -> DataWarga:
    """Add one person; `nilai` are columns of `wbp.kolom.KOLOM`, name and number among them.

    Raises TidakDitemukan, Ditolak, BarisSalah (also when the number is in the register), PerluJawaban.
    """
    pastikan_unit(upt, Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    _pastikan_dijawab(periksa(_lengkap(nilai, upt), hari_ini(upt.zona)), jawaban)
    (pk,) = catat_banyak(upt=upt, baris=[nilai], oleh=oleh, cakupan=cakupan, sebab="catat")
    data = DataWarga.objects.select_related("warga", "upt").get(pk=pk)
    catat_baris(data, oleh=oleh, tindakan="warga_catat", rincian=_setuju(jawaban))
    return data


@transaction.atomic
def catat_banyak(
    *, upt: UPT, baris: Sequence[Mapping[str, Any]], oleh: Pengguna, cakupan: Cakupan, sebab: str = "impor"
) -> list[int]:
    """Add many persons with few queries; returns their ids in the order of `baris`. All or none.

    Findings that are questions were answered before (an import shows them). The caller writes the trail of the whole.
    Raises TidakDitemukan, Ditolak, SalahBanyak.
    """
    pastikan_unit(upt, Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    kunci_register(REGISTER, upt.pk)
    penulis = _Penulis(upt, oleh, sekarang())
    lengkap = [_lengkap(satu, upt) for satu in baris]
    _tolak_galat(lengkap, upt)
    warga = _kenali_banyak([satu["nomor"] for satu in lengkap], penulis)
    ids = ambil_id(DataWarga, len(lengkap))
    amplop = [sandi.sandikan_warga(_rahasia(n), pk) for pk, n in zip(ids, lengkap, strict=True)]
    data = [_data(*satu, penulis) for satu in zip(ids, warga, lengkap, amplop, strict=True)]
    DataWarga.objects.bulk_create(data, batch_size=SEKALIGUS)
    kunci = [
        KunciWarga(data_id=pk, bungkus=a.bungkus, kunci=a.kunci, **penulis.milik)
        for pk, a in zip(ids, amplop, strict=True)
    ]
    KunciWarga.objects.bulk_create(kunci, batch_size=SEKALIGUS)
    _tulis_riwayat([(d, {}) for d in data], oleh, sebab)
    return ids


def _lengkap(nilai: Mapping[str, Any], upt: UPT) -> dict[str, Any]:
    """Every column, empty where nothing was said; a person is in the unit since today unless told."""
    kosong = {k.nama: None if k.ragam in ("bulat", "tanggal", "ya_tidak") else "" for k in ISI}
    lengkap = lengkapi_bawaan({**kosong, **nilai})
    return {**lengkap, "sejak": lengkap["sejak"] or hari_ini(upt.zona)}


def _tolak_galat(lengkap: Sequence[Mapping[str, Any]], upt: UPT) -> None:
    hari = hari_ini(upt.zona)
    salah = {}
    for i, satu in enumerate(lengkap):
        kosong = {nama: "Wajib diisi." for nama in ("nama", "nomor", "status") if not satu.get(nama)}
        if ini := kosong or galat_dari(periksa(satu, hari)):
            salah[i] = ini
    if salah:
        raise SalahBanyak(salah)


def galat_dari(temuan: Sequence[Temuan]) -> dict[str, str]:
    """The refusals among findings, one sentence a column."""
    return {t.bidang: t.pesan for t in reversed(temuan) if t.tingkat == GALAT}


def _pastikan_dijawab(temuan: Sequence[Temuan], jawaban: Jawaban | None) -> None:
    if salah := galat_dari(temuan):
        raise BarisSalah(salah)
    setuju = (jawaban or Jawaban()).setuju
    if any(t.kode not in setuju for t in temuan):
        raise PerluJawaban(list(temuan))


def _setuju(jawaban: Jawaban | None) -> dict[str, Any]:
    """For the trail: which unusual things somebody said to be so."""
    return {"setuju": sorted(jawaban.setuju)} if jawaban and jawaban.setuju else {}


def _kenali_banyak(nomor: Sequence[str], penulis: _Penulis) -> list[WargaBinaan]:
    """The persons with these numbers, noted where nobody met them before; none of them is in the register yet."""
    indeks_semua = [_indeks_nomor(satu, penulis.upt.pk, i) for i, satu in enumerate(nomor)]
    dikenal = _menurut_indeks(indeks_semua, penulis.upt)
    baru = [
        WargaBinaan(
            indeks=semua[0], kunci_indeks=indeks.kunci_kini(), ujung=indeks.ujung_nomor(satu),
            dibuat_oleh=penulis.oleh, dibuat_pada=penulis.pada, **penulis.milik,
        )
        for satu, semua in zip(nomor, indeks_semua, strict=True)
        if not any(i in dikenal for i in semua)
    ]  # fmt: skip
    if len({w.indeks for w in baru}) != len(baru):
        raise BarisSalah({"nomor": "Nomor register yang sama tertulis dua kali."})
    # Registers of food and enterprise note persons under locks of their own: who was faster is taken over.
    WargaBinaan.objects.bulk_create(baru, batch_size=SEKALIGUS, ignore_conflicts=True)
    dikenal |= _menurut_indeks([[w.indeks] for w in baru], penulis.upt)
    warga = [next(dikenal[i] for i in semua if i in dikenal) for semua in indeks_semua]
    _tolak_terdaftar(warga)
    return warga


def _indeks_nomor(nomor: str, upt_id: int, baris: int) -> list[str]:
    try:
        return indeks.indeks_nomor_semua(nomor, upt_id)
    except indeks.GalatNomor as galat:
        raise SalahBanyak({baris: {"nomor": galat.pesan}}) from None


def _menurut_indeks(indeks_semua: Sequence[Sequence[str]], upt: UPT) -> dict[str, WargaBinaan]:
    semua = [i for satu in indeks_semua for i in satu]
    return {w.indeks: w for w in WargaBinaan.objects.filter(upt=upt, indeks__in=semua)}


def _tolak_terdaftar(warga: Sequence[WargaBinaan]) -> None:
    ada = set(DataWarga.objects.filter(warga__in=[w.pk for w in warga]).values_list("warga_id", flat=True))
    salah = {i: {"nomor": SUDAH_ADA} for i, w in enumerate(warga) if w.pk in ada}
    if salah:
        raise SalahBanyak(salah)


def _rahasia(nilai: Mapping[str, Any]) -> sandi.Rahasia:
    return sandi.Rahasia(nilai["nama"], nilai["nomor"])


def _data(pk: int, warga: WargaBinaan, nilai: Mapping[str, Any], amplop: sandi.Amplop, penulis: _Penulis) -> DataWarga:
    return DataWarga(
        pk=pk, warga=warga, rahasia=amplop.isi,
        inisial=inisial(nilai["nama"]), indeks_nama=indeks.indeks_nama(nilai["nama"], penulis.upt.pk),
        diubah_oleh=penulis.oleh, diubah_pada=penulis.pada,
        **{nama: nilai[nama] for nama in _KOLOM_ISI}, **penulis.milik,
    )  # fmt: skip


def ambil_id(model: type[Model], banyak: int) -> list[int]:
    """Ids of rows that are still to be written: what is encrypted is bound to its row's id."""
    with connection.cursor() as kursor:
        kursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, banyak],
        )
        return [pk for (pk,) in kursor.fetchall()]


# ---------------------------------------------------------------- changes


@transaction.atomic
def ubah_warga(
    *,
    data: int,
    nilai: Mapping[str, Any],
    revisi: int,
    oleh: Pengguna,
    cakupan: Cakupan,
    jawaban: Jawaban | None = None,
) -> DataWarga:
    """Change columns of a person who is still as somebody saw them (`revisi`); unchanged values write nothing.

    Name and number are changed when they are among `nilai`. Raises TidakDitemukan, Ditolak, BarisSalah, PerluJawaban,
    Bentrok (somebody changed it meanwhile; gone; erased).
    """
    (baris,) = muat([data], Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    pastikan_ada(baris)
    ubahan = _ubahan(baris, nilai)
    if not ubahan:
        return baris
    pastikan_revisi(baris, revisi)
    _pastikan_dijawab(periksa({**isi_dari(baris), **lengkapi_bawaan(nilai)}, hari_ini(baris.upt.zona)), jawaban)
    terapkan([(baris, nilai)], oleh=oleh, sebab="ubah")
    rincian = {"revisi": baris.revisi, "kolom": sorted(ubahan), **_setuju(jawaban)}
    catat_baris(baris, oleh=oleh, tindakan="warga_ubah", rincian=rincian)
    return baris


@transaction.atomic
def ubah_banyak(
    *,
    upt: UPT,
    ubahan: Mapping[int, Mapping[str, Any]],
    oleh: Pengguna,
    cakupan: Cakupan,
    sebab: str = "impor",
) -> int:
    """Change many persons of a unit with few queries; returns how many changed. All or none; the caller has compared
    revisions and writes the trail of the whole. Raises TidakDitemukan, Ditolak, SalahBanyak, Bentrok."""
    pastikan_unit(upt, Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    terkunci = muat(ubahan, Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    if any(d.upt_id != upt.pk for d in terkunci):
        raise TidakDitemukan(ASING)
    semua = [d for d in terkunci if _ubahan(d, ubahan[d.pk])]
    salah = {}
    for baris in semua:
        pastikan_ada(baris)
        isi = {**isi_dari(baris), **lengkapi_bawaan(ubahan[baris.pk])}
        if ini := galat_dari(periksa(isi, hari_ini(upt.zona))):
            salah[baris.pk] = ini
    if salah:
        raise SalahBanyak(salah)
    terapkan([(d, ubahan[d.pk]) for d in semua], oleh=oleh, sebab=sebab)
    return len(semua)


def pastikan_revisi(baris: DataWarga, revisi: int) -> None:
    """Raises Bentrok, naming who wrote the revision that stands (marks and grants touch the row, too, without one)."""
    if baris.revisi == revisi:
        return
    akhir = RiwayatData.objects.select_related("oleh").get(data=baris, revisi=baris.revisi)
    raise Bentrok(
        f"Data ini baru saja diubah oleh {akhir.oleh.nama} ({tulis_waktu(akhir.pada, baris.upt.zona)}). Periksa isinya "
        "yang sekarang, lalu simpan lagi bila perlu.",
        revisi=baris.revisi,
    )


def _ubahan(baris: DataWarga, nilai: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Column → [old, new]; of name and number only that they were written."""
    hasil: dict[str, list[Any]] = {}
    for nama, isi in lengkapi_bawaan(nilai).items():
        if nama in NAMA_RAHASIA:
            if isi:
                hasil[nama] = []
        elif getattr(baris, nama) != isi:
            hasil[nama] = [_json(getattr(baris, nama)), _json(isi)]
    return hasil


def _json(nilai: Any) -> Any:
    return nilai.isoformat() if isinstance(nilai, date) else nilai


def terapkan(semua: Sequence[tuple[DataWarga, Mapping[str, Any]]], *, oleh: Pengguna, sebab: str) -> None:
    """Write values of locked rows, of whichever units, by one statement and one insert of history; the caller has
    asked the right and checked them, and writes the trail."""
    kini, riwayat = sekarang(), []
    for baris, nilai in semua:
        ubahan: dict[str, Any] = {**_ubahan(baris, nilai)}
        if NAMA_RAHASIA & set(ubahan):
            dahulu = baris.warga_id
            _ganti_rahasia(baris, nilai)
            ubahan |= {WARGA_LAMA: dahulu} if baris.warga_id != dahulu else {}
        for nama, isi in lengkapi_bawaan(nilai).items():
            if nama not in NAMA_RAHASIA:
                setattr(baris, nama, isi)
        tandai(baris, oleh, kini)
        riwayat.append((baris, ubahan))
    kolom = {nama for _, nilai in semua for nama in nilai}
    rahasia_nya = _KOLOM_RAHASIA if kolom & NAMA_RAHASIA else ()
    perbarui([baris for baris, _ in semua], [*sorted(kolom - NAMA_RAHASIA), *rahasia_nya, *_KOLOM_TANDA])
    _tulis_riwayat(riwayat, oleh, sebab)


_KOLOM_RAHASIA = ("warga", "rahasia", "inisial", "indeks_nama")
_KOLOM_TANDA = ("revisi", "diubah_oleh", "diubah_pada")


def tandai(baris: DataWarga, oleh: Pengguna, pada: datetime) -> None:
    """One revision further, by whom and when."""
    baris.revisi += 1
    baris.diubah_oleh, baris.diubah_pada = oleh, pada


def _ganti_rahasia(baris: DataWarga, nilai: Mapping[str, Any]) -> None:
    """Another name or number: encrypted under the person's own key, and found by its indexes from now on."""
    kini = rahasia.baca(baris)
    baru = sandi.Rahasia(nilai.get("nama") or kini.nama, nilai.get("nomor") or kini.nomor)
    if baru.nomor != kini.nomor:
        _ganti_nomor(baris, baru.nomor)
    baris.rahasia = sandi.ganti_warga(baru, rahasia.amplop(baris), baris.pk).isi
    baris.inisial, baris.indeks_nama = inisial(baru.nama), indeks.indeks_nama(baru.nama, baris.upt_id)
    jalan = SerahTerima.objects.filter(data=baris, status=SerahTerima.Status.MENUNGGU)
    jalan.update(inisial=baris.inisial, ujung=baris.warga.ujung)  # the receiving unit knows them by these


def _ganti_nomor(baris: DataWarga, nomor: str) -> None:
    """Whom another register knows by this number already is that person; one of the register itself is another."""
    semua = _indeks_nomor(nomor, baris.upt_id, 0)
    kenal = WargaBinaan.objects.filter(upt_id=baris.upt_id, indeks__in=semua).exclude(pk=baris.warga_id).first()
    if kenal is not None:
        if DataWarga.objects.filter(warga=kenal).exists():
            raise BarisSalah({"nomor": SUDAH_ADA})
        baris.warga = kenal
        return
    warga = baris.warga
    warga.indeks, warga.kunci_indeks, warga.ujung = semua[0], indeks.kunci_kini(), indeks.ujung_nomor(nomor)
    warga.save(update_fields=["indeks", "kunci_indeks", "ujung"])


def _tulis_riwayat(semua: Sequence[tuple[DataWarga, Mapping[str, Any]]], oleh: Pengguna, sebab: str) -> None:
    RiwayatData.objects.bulk_create(
        [
            RiwayatData(
                data=d, revisi=d.revisi, ubahan=dict(ubahan), sebab=sebab, oleh=oleh, pada=d.diubah_pada,
                upt_id=d.upt_id, kanwil_id=d.kanwil_id,
            )
            for d, ubahan in semua
        ],
        batch_size=SEKALIGUS,
    )  # fmt: skip


# ---------------------------------------------------------------- leaving and coming back


@transaction.atomic
def keluarkan(
    *,
    data: Sequence[int],
    tanggal: date,
    alasan: str,
    oleh: Pengguna,
    cakupan: Cakupan,
    jawaban: Jawaban | None = None,
) -> list[DataWarga]:
    """Note that persons left their unit for good (free, died, ...), all or none. Handing over to another unit is
    `wbp.serah`. Who is noted so already is left alone. Raises TidakDitemukan, Ditolak, BarisSalah, PerluJawaban (long
    ago), Bentrok (erased; on the way to another unit)."""
    if not alasan.strip():
        raise BarisSalah({"alasan": "Pilih atau tulis alasannya."})
    semua = [
        d for d in muat(data, Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan) if d.keluar_pada is None or d.dimusnahkan_pada
    ]
    _pastikan_tidak_diserahkan(semua)
    for baris in semua:
        pastikan_ada(baris)
        _pastikan_tanggal_keluar(baris, tanggal)
    for upt in {baris.upt for baris in semua}:
        _pastikan_dijawab(keluar_lampau(tanggal, hari_ini(upt.zona)), jawaban)
    _gerakkan(semua, tanggal, alasan.strip()[:40], oleh, "keluar")
    return semua


@transaction.atomic
def kembalikan(*, data: int, alasan: str, oleh: Pengguna, cakupan: Cakupan) -> DataWarga:
    """Take a leaving back that was noted by mistake; the reason stays in the history. Raises TidakDitemukan, Ditolak,
    BarisSalah, Bentrok (erased)."""
    if not alasan.strip():
        raise BarisSalah({"alasan": "Tulis alasannya."})
    (baris,) = muat([data], Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    if baris.keluar_pada is None and baris.dimusnahkan_pada is None:
        return baris
    tanggal, baris.keluar_pada = baris.keluar_pada, None
    pastikan_ada(baris)
    baris.keluar_pada = tanggal
    _gerakkan([baris], None, "", oleh, "kembali", alasan_kembali=["", alasan.strip()[:ALASAN_MAKS]])
    return baris


def _pastikan_tidak_diserahkan(semua: Sequence[DataWarga]) -> None:
    """Who is on the way to another unit leaves by being received there; closed before, nobody could receive them."""
    if SerahTerima.objects.filter(data__in=semua, status=SerahTerima.Status.MENUNGGU).exists():
        raise Bentrok("Orang ini sedang diserahkan ke unit lain. Tarik dahulu serah terimanya, lalu catat keluar.")


def _pastikan_tanggal_keluar(baris: DataWarga, tanggal: date) -> None:
    if tanggal > hari_ini(baris.upt.zona):
        raise BarisSalah({"tanggal": "Tanggal keluar belum terjadi."})
    if tanggal < baris.sejak:
        raise BarisSalah({"tanggal": "Tanggal keluar mendahului tanggal masuk unit ini."})


def keluar_lampau(tanggal: date, hari: date) -> list[Temuan]:
    """A leaving of more than a year ago is mostly a mistyped year, and the time of keeping goes by it."""
    if tanggal > hari - KELUAR_LAMA:
        return []
    return [tanya("keluar_lampau", "tanggal", "Tanggal keluarnya lebih dari setahun yang lalu. Periksa tahunnya.")]


def _gerakkan(
    semua: Sequence[DataWarga], tanggal: date | None, alasan: str, oleh: Pengguna, sebab: str, **lain: list[str]
) -> None:
    kini, riwayat = sekarang(), []
    for baris in semua:
        ubahan = {
            "keluar_pada": [_json(baris.keluar_pada), _json(tanggal)],
            "alasan_keluar": [baris.alasan_keluar, alasan],
            **lain,
        }
        baris.keluar_pada, baris.alasan_keluar = tanggal, alasan
        baris.keluar_dicatat, baris.musnah_diumumkan = hari_ini() if tanggal else None, None
        tandai(baris, oleh, kini)
        riwayat.append((baris, ubahan))
        catat_baris(baris, oleh=oleh, tindakan=f"warga_{sebab}")
    _tulis_riwayat(riwayat, oleh, sebab)
    perbarui(semua, ["keluar_pada", "alasan_keluar", "keluar_dicatat", "musnah_diumumkan", *_KOLOM_TANDA])


# ---------------------------------------------------------------- what many lack, mended at once


@dataclass(frozen=True)
class Perbaikan:
    """What one person should become, at the revision somebody saw; `setuju` are questions said to be so."""

    nilai: Mapping[str, Any]
    revisi: int
    setuju: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Halang:
    """Why one of many is not changed: moved on since (`berubah`), not in the unit (`keluar`), refused by the rules
    (`isi`), or unusual (`tanya`, answered by its `kode`)."""

    jenis: str
    pesan: str
    kode: str = ""


@transaction.atomic
def perbaiki_banyak(
    *, upt: UPT, perbaikan: Mapping[int, Perbaikan], oleh: Pengguna, cakupan: Cakupan
) -> list[DataWarga]:
    """Change many persons of a unit by one statement, all or none; each gets history and trail like a single change.
    Who is so already is left alone. Returns who changed.

    Raises TidakDitemukan, Ditolak; Bentrok and TidakSah name the persons in `rincian["orang"]` (id → `Halang`s).
    """
    berubah = _yang_berubah(upt, perbaikan, oleh, cakupan, kunci=True)
    _tolak_halangan(_halangan(berubah, perbaikan, hari_ini(upt.zona)))
    kolom = {d.pk: sorted(_ubahan(d, perbaikan[d.pk].nilai)) for d in berubah}
    terapkan([(d, perbaikan[d.pk].nilai) for d in berubah], oleh=oleh, sebab="ubah")
    for d in berubah:
        rincian = {"revisi": d.revisi, "kolom": kolom[d.pk], **_setuju(Jawaban(perbaikan[d.pk].setuju))}
        catat_baris(d, oleh=oleh, tindakan="warga_ubah", rincian=rincian)
    return berubah


def timbang_perbaikan(
    *, upt: UPT, perbaikan: Mapping[int, Perbaikan], oleh: Pengguna, cakupan: Cakupan
) -> dict[int, list[Halang]]:
    """What `perbaiki_banyak` would refuse now, by person; nothing is locked or written. Raises TidakDitemukan,
    Ditolak."""
    berubah = _yang_berubah(upt, perbaikan, oleh, cakupan, kunci=False)
    return _halangan(berubah, perbaikan, hari_ini(upt.zona))


def _yang_berubah(
    upt: UPT, perbaikan: Mapping[int, Perbaikan], oleh: Pengguna, cakupan: Cakupan, *, kunci: bool
) -> list[DataWarga]:
    pastikan_unit(upt, Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    semua = muat(perbaikan, Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan, kunci=kunci)
    if any(d.upt_id != upt.pk for d in semua):
        raise TidakDitemukan(ASING)
    return [d for d in semua if _ubahan(d, perbaikan[d.pk].nilai)]


def _halangan(semua: Sequence[DataWarga], perbaikan: Mapping[int, Perbaikan], hari: date) -> dict[int, list[Halang]]:
    hasil = {d.pk: _halangan_satu(d, perbaikan[d.pk], hari) for d in semua}
    return {pk: isi for pk, isi in hasil.items() if isi}


def _halangan_satu(baris: DataWarga, p: Perbaikan, hari: date) -> list[Halang]:
    """Of the findings only those that the change brings about: what was odd before is no part of this act."""
    try:
        pastikan_ada(baris)
    except Bentrok as galat:
        return [Halang("keluar", galat.pesan)]
    if baris.revisi != p.revisi:
        return [Halang("berubah", "Datanya berubah sejak halaman ini dibuka. Periksa isinya yang sekarang.")]
    dulu = isi_dari(baris)
    lama = {(t.kode, t.bidang) for t in periksa(dulu, hari)}
    baru = [t for t in periksa({**dulu, **lengkapi_bawaan(p.nilai)}, hari) if (t.kode, t.bidang) not in lama]
    salah = [Halang("isi", t.pesan) for t in baru if t.tingkat == GALAT]
    return salah or [Halang("tanya", t.pesan, t.kode) for t in baru if t.kode not in p.setuju]


def _tolak_halangan(halangan: Mapping[int, Sequence[Halang]]) -> None:
    if not halangan:
        return
    jenis = {h.jenis for isi in halangan.values() for h in isi}
    sebab = "isiannya tidak biasa; perbaiki atau tandai benar" if jenis == {"tanya"} else "tidak dapat diubah begini"
    pesan = f"Belum ada yang tersimpan: {len(halangan)} orang {sebab}."
    raise (Bentrok if jenis & {"berubah", "keluar"} else TidakSah)(pesan, orang=dict(halangan))
