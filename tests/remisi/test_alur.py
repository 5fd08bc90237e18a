"""The table of cases: every pair of it, who holds what, and that the page of documentation is it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pemasyarakatan.akun.izin import PERAN, Izin
from remisi.models import Usulan
from remisi.usulan import alur
from remisi.usulan.alur import Aksi, Jalur, Lama, Status

AKAR = Path(__file__).resolve().parents[2]


def test_status_sama_dengan_tabel_basis_data() -> None:
    assert {s.value for s in Status if s} == set(Usulan.Status.values)


def test_dokumen_memuat_tabelnya() -> None:
    assert alur.tabel_markdown() in (AKAR / "docs" / "remisi.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("jenis", ["RU", "CMK"])
@pytest.mark.parametrize("dari", list(Status))
@pytest.mark.parametrize("aksi", list(Aksi))
def test_hanya_yang_di_tabel_yang_boleh(dari: Status, aksi: Aksi, jenis: str) -> None:
    baris = alur.transisi(dari, aksi, jenis)
    cocok = [b for b in alur.TABEL if (b.dari, b.aksi) == (dari, aksi) and alur.jalur(jenis) in b.jalur]
    assert cocok == ([baris] if baris else [])
    assert dari not in alur.AKHIR - {Status.DILAKSANAKAN} or baris is None


def test_yang_selesai_hanya_dapat_dicabut() -> None:
    dari = {b.aksi for b in alur.TABEL if b.dari in alur.AKHIR}
    assert dari == {Aksi.CABUT}


@pytest.mark.parametrize(
    ("aksi", "dari", "jenis", "peran"),
    [
        (Aksi.SUSUN, Status.BELUM, "RU", {"operator_upt", "kepala_upt"}),
        (Aksi.AJUKAN, Status.SIDANG, "RU", {"kepala_upt"}),
        (Aksi.VERIFIKASI, Status.DIAJUKAN, "RU", {"verifikator_kanwil", "kepala_kanwil"}),
        (Aksi.VERIFIKASI, Status.VERIF_KANWIL, "RU", {"peninjau_pusat"}),
        (Aksi.TERBITKAN, Status.VERIF_PUSAT, "RU", {"peninjau_pusat"}),
        (Aksi.TERBITKAN, Status.SIDANG, "CMK", {"kepala_upt"}),
        (Aksi.CABUT, Status.SK_TERBIT, "PB", {"peninjau_pusat"}),
        (Aksi.TARIK, Status.DIAJUKAN, "RU", {"kepala_upt"}),
    ],
)
def test_siapa_yang_boleh(aksi: Aksi, dari: Status, jenis: str, peran: set[str]) -> None:
    baris = alur.transisi(dari, aksi, jenis)
    assert baris is not None
    assert {kode for kode, p in PERAN.items() if baris.izin in p.izin()} == peran


def test_cmk_tidak_keluar_dari_unit() -> None:
    assert alur.transisi(Status.SIDANG, Aksi.AJUKAN, "CMK") is None
    assert alur.transisi(Status.SIDANG, Aksi.TERBITKAN, "RU") is None
    assert {b.ke for b in alur.TABEL if Jalur.UNIT in b.jalur} & {Status.DIAJUKAN, Status.VERIF_KANWIL} == {
        b.dari for b in alur.TABEL if b.aksi is Aksi.PINDAHKAN and b.dari in (Status.DIAJUKAN, Status.VERIF_KANWIL)
    }


def test_pemutus_tidak_memeriksa_buatannya_sendiri() -> None:
    for b in alur.TABEL:
        if b.aksi is Aksi.VERIFIKASI:
            assert {Status.DRAF, Status.DIAJUKAN} <= b.bukan
        if b.izin is Izin.PUTUS_USULAN and b.ke in (Status.VERIF_PUSAT, Status.SK_TERBIT):
            assert Status.VERIF_KANWIL in b.bukan


def test_yang_merugikan_selalu_beralasan() -> None:
    assert all(b.alasan for b in alur.TABEL if b.aksi in (Aksi.KEMBALIKAN, Aksi.TOLAK, Aksi.CABUT))


@pytest.mark.parametrize(
    ("lama", "jatuh"),
    [
        (Lama(2), date(2026, 8, 16)),
        (Lama(3), date(2026, 8, 17)),
        (Lama(2, kerja=True), date(2026, 8, 19)),  # Sunday and Independence Day do not count
    ],
)
def test_batas_menurut_hari_atau_hari_kerja(lama: Lama, jatuh: date) -> None:
    """Friday 14 August 2026."""
    assert lama.jatuh(date(2026, 8, 14), {date(2026, 8, 17)}) == jatuh


def test_lewat_dihitung_sesudah_hari_terakhirnya() -> None:
    assert alur.lewat(date(2026, 8, 16), date(2026, 8, 16)) == 0
    assert alur.lewat(date(2026, 8, 16), date(2026, 8, 18)) == 2
    assert alur.lewat(None, date(2026, 8, 18)) == 0
