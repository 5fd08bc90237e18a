"""The origin of a figure as a table that leaves the portal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dasbor.pilihan import kalimat_liputan
from dasbor.telusur import AsalVersi, Bagian, Telusur
from pelaporan.alur import LABEL_STATUS, Status
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.csv_keluar import Isi, Tabel
from pemasyarakatan.inti.waktu import sekarang, tulis_waktu

_KEPALA = (
    "Tingkat", "Kode", "Nama", "Masuk", "Terverifikasi", "Satuan", "Laporan wajib", "Laporan masuk",
    "Laporan terverifikasi", "Keadaan laporan", "Nomor tanda terima",
)  # fmt: skip


def tabel(t: Telusur) -> Tabel:
    """First the figure itself, then its parts one level below, or the records of a register it was made of."""
    return Tabel(
        f"asal-{t.formulir}-{t.kode}-{t.bulan}-{t.wilayah.kode}",
        [
            ("Angka", f"{t.label} ({t.formulir}.{t.kode})"),
            ("Bulan", t.bulan.nama),
            ("Wilayah", t.wilayah.nama),
            ("Cakupan", kalimat_liputan(t.liputan)),
            ("Data per", tulis_waktu(t.dihitung or sekarang(), "WIB")),
        ],
        _KEPALA,
        _baris(t),
    )


def _baris(t: Telusur) -> Iterator[tuple[Isi, ...]]:
    status, asal = (t.laporan.status, next(_dihitung(t), None)) if t.laporan else ("", None)
    w = t.wilayah
    diri = Bagian(w.tingkat, w.kode, w.nama, t.masuk, t.sah, t.liputan, status, asal=asal)
    for b in (diri, *t.bagian):
        li, keadaan = b.liputan, LABEL_STATUS[Status(b.status)] if b.status else ""
        nomor = b.asal.nomor if b.asal else ""
        yield (b.tingkat, b.kode, b.nama, _angka(b.masuk), _angka(b.sah), t.satuan, li.wajib, li.masuk, li.sah,
               keadaan, nomor)  # fmt: skip
    if t.asal_register is not None:
        register = f"register {t.asal_register.register}"
        for r in t.asal_register.rincian:
            yield (register, f"{r.objek} {r.id}", r.label, _angka(r.nilai), None, t.satuan, None, None, None, "", "")


def _dihitung(t: Telusur) -> Iterator[AsalVersi]:
    return (v for v in t.versi if t.laporan and v.versi == t.laporan.versi_masuk)


def _angka(nilai: Nilai) -> Isi:
    return nilai if isinstance(nilai, int | Decimal) and not isinstance(nilai, bool) else None
