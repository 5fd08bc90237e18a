"""An export of SDP becomes the register: read in its child, planned, shown, planned again and saved in one transaction.

The plain way beside it is what a script does with the same rows: the csv module, and one COPY of the cells as text. It
encrypts nothing, finds nobody again, checks nothing, keeps no history and cannot say what would change; the ratio says
what all that costs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from django.db import connection, transaction

from bench.instansi import Ukuran
from bench.pencatat import Pencatat, sebagai
from bench.ukur import Baris, Waktu, baris_rasio
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.ruang_terbatas import Ruang
from pemasyarakatan.inti.waktu import hari_ini
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import JENIS_HUNI, UPT, Penugasan
from wbp.contoh.berkas import csv_sdp
from wbp.contoh.orang import buat
from wbp.models import DataWarga, ImporSDP
from wbp.sdp import services

BANYAK, TERBANYAK = 3_000, 10_000
SASARAN_DETIK = 10
LANGKAH = ("dibaca", "direncanakan", "disimpan")


def ukur(ukuran: Ukuran) -> list[Baris]:
    """As the web role; every repetition fills the register of another unit."""
    kecil = ukuran.butir == 0
    with sebagai("web"):
        return [
            b
            for banyak, ulang in ((BANYAK, 3), (TERBANYAK, 1))
            for b in _satu(banyak // 30 if kecil else banyak, ulang)
        ]


def _satu(banyak: int, ulang: int) -> list[Baris]:
    isi = csv_sdp(list(buat(banyak, benih=banyak, hari=hari_ini())))
    semua = [_impor(upt, oleh, isi, banyak) for upt, oleh in _unit_kosong(ulang)]
    jumlah = [Waktu(sum(w.jam for w in satu), sum(w.prosesor for w in satu)) for satu in semua]
    dasar = [_polos(isi) for _ in range(ulang)]
    rinci = ", ".join(f"{n} {median(s[i].prosesor for s in semua):.1f} s" for i, n in enumerate(LANGKAH))
    ket = f"{rinci}; berkas {len(isi) // 1024} kB; anak {_puncak_anak(isi)} MiB, proses {_puncak()} MiB"
    nama = f"Impor SDP {banyak} orang"
    detik = median(w.prosesor for w in jumlah)
    return [
        Baris(f"{nama}, unggah sampai tersimpan", detik, "s", SASARAN_DETIK if banyak == BANYAK else None, ket),
        baris_rasio(f"{nama} : modul csv dan satu COPY", jumlah, dasar, None),
    ]


def _unit_kosong(banyak: int) -> list[tuple[UPT, Pengguna]]:
    with terpasang(SISTEM):
        semua = Penugasan.objects.filter(peran="operator_upt", upt__jenis__in=JENIS_HUNI)
        kosong = semua.exclude(upt__in=DataWarga.objects.values("upt")).select_related("pengguna", "upt", "upt__kanwil")
        return [(p.upt, p.pengguna) for p in kosong.order_by("pk")[:banyak] if p.upt is not None]


def _impor(upt: UPT, oleh: Pengguna, isi: bytes, banyak: int) -> tuple[Waktu, Waktu, Waktu]:
    """The three steps; where a worker would do them, they are done here and now."""
    catat = Pencatat()
    with terpasang(Cakupan(pengguna_id=oleh.pk)):
        cakupan = Cakupan.dari(oleh)

    def dalam(kerja: Callable[[], object]) -> Waktu:
        with terpasang(cakupan):
            return catat.ukur(kerja)

    def kerjakan() -> None:
        services.kerjakan_yang_antre(impor_id=satu.pk, oleh=oleh, cakupan=cakupan)

    def simpan() -> None:
        sidik = services.buka_isi(ImporSDP.objects.get(pk=satu.pk)).rencana.sidik
        services.simpan(impor_id=satu.pk, sidik=sidik, oleh=oleh, cakupan=cakupan)
        kerjakan()

    impor: list[ImporSDP] = []
    hari = hari_ini(upt.zona)
    baca = dalam(lambda: impor.append(services.terima(upt=upt, isi=isi, tanggal_data=hari, oleh=oleh, cakupan=cakupan)))
    (satu,) = impor
    hasil = (baca, dalam(kerjakan), dalam(simpan))
    with terpasang(SISTEM):
        assert DataWarga.objects.filter(upt=upt).count() == banyak, "not everybody was saved"
    return hasil


def _polos(isi: bytes) -> Waktu:
    """The cells as they stand, into a table without rules."""
    return Pencatat().ukur(lambda: _salin(isi))


def _salin(isi: bytes) -> None:
    kepala, *baris = csv.reader(io.StringIO(isi.decode("utf-8-sig"), newline=""), delimiter=";")
    keluar = io.StringIO()
    csv.writer(keluar).writerows(baris)
    keluar.seek(0)
    with transaction.atomic(), connection.cursor() as kursor:
        kursor.execute(f"CREATE TEMP TABLE polos ({_kolom(kepala)}) ON COMMIT DROP")
        kursor.copy_expert("COPY polos FROM STDIN (FORMAT csv)", keluar)


def _kolom(kepala: Sequence[str]) -> str:
    return ", ".join(f"k{n} text" for n in range(len(kepala)))


def _puncak_anak(isi: bytes) -> int:
    """MiB of the child that reads the file."""
    with Ruang(services.PEMBACA) as ruang:
        ruang.kerjakan(isi)
        return ruang.puncak_memori


def _puncak() -> int:
    """MiB that this process held at most, the file and its invented persons among them."""
    status = Path("/proc/self/status")
    baris = status.read_text().splitlines() if status.exists() else []
    return next((int(b.split()[1]) // 1024 for b in baris if b.startswith("VmHWM")), 0)
