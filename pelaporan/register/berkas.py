"""Files of a register's rows (photos, papers): looked at before they are kept, answered without being kept anywhere."""

from __future__ import annotations

import hashlib

from django.http import HttpResponse

from pelaporan.lampiran import sajian
from pelaporan.models import BarisRegister, Berkas
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakDitemukan, TidakSah
from pemasyarakatan.inti.pemindai import Hasil, pindai
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.services import catat_baris


def pastikan_bersih(baris: BarisRegister, isi: bytes, *, oleh: Pengguna, tindakan: str) -> Hasil:
    """What the scanner says. A find leaves a trail at `baris`: the page answers and does not fail, so it is committed.

    Raises TidakSah (a find), PemindaiTidakMenjawab.
    """
    hasil = pindai(isi)
    if not hasil.bersih:
        sidik = hashlib.sha256(isi).hexdigest()
        catat_baris(baris, oleh=oleh, tindakan=tindakan, rincian={"temuan": hasil.temuan, "sidik": sidik})
        raise TidakSah(
            "Pemindai menemukan virus di berkas ini, jadi ditolak. Hubungi admin komputer unit.", berkas=True
        )
    return hasil


def simpan_berkas(baris: BarisRegister, nama: str, isi: bytes, mime: str, hasil: Hasil, *, oleh: Pengguna) -> Berkas:
    """Bytes that were looked at, kept for the unit of `baris`."""
    return Berkas.objects.create(
        nama=nama, tipe=mime, ukuran=len(isi), sidik=hashlib.sha256(isi).hexdigest(), isi=isi,
        dipindai=hasil.dipindai, upt_id=baris.upt_id, kanwil_id=baris.kanwil_id, oleh=oleh, pada=sekarang(),
    )  # fmt: skip


def sajikan(berkas: Berkas | None, kosong: str) -> HttpResponse:
    """The file of a row; `kosong` says that it has none."""
    if berkas is None:
        raise TidakDitemukan(kosong)
    return sajian.sajikan(berkas)
