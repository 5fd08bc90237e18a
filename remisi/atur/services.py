"""Writing rules: a draft, its coming into force, its withdrawal. Each act is one transaction with its trail row.

A rule that was in force is never rewritten: another value is another row, a mistake is withdrawn with a reason. Whoever
puts a rule into force sends back the hash of what was shown (`sidik_tetap`); when anything of it changed, nothing is
done.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import sekarang, tulis_tanggal
from pemasyarakatan.jejak.services import catat, catat_baris
from remisi import kesempatan
from remisi.atur.periksa import keberatan, keberatan_cabut
from remisi.ketentuan import Himpunan, baris_bawaan
from remisi.ketentuan_bentuk import Baris
from remisi.models import Aturan
from remisi.selectors_aturan import baris_dari, himpunan
from upt.cakupan import SISTEM, terpasang

_Status = Aturan.Status
_KUNCI_TABEL = 7_150_021  # advisory lock: one decision about rules at a time
DIGANTI = "Diganti nilai bawaan rilis yang lebih baru."


def pastikan_kelola(oleh: Pengguna) -> None:
    if not boleh(oleh, Izin.KELOLA_ATURAN):
        raise Ditolak("Aturan remisi dan integrasi dikelola oleh admin aplikasi.")


def sidik_rancangan(aturan: Aturan) -> str:
    """The draft as it stands; sent back with every change of it."""
    isi = [
        *(aturan.pk, aturan.tabel, aturan.kode, str(aturan.berlaku_dari), str(aturan.berlaku_sampai or "")),
        *(aturan.nilai, aturan.sumber, aturan.terverifikasi, aturan.catatan, aturan.status),
    ]
    return hashlib.sha256(json.dumps(isi, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def sidik_tetap(aturan: Aturan, berlaku: Himpunan) -> str:
    """The draft together with the rules it joins: what somebody has seen when they put it into force."""
    return hashlib.sha256(f"{sidik_rancangan(aturan)}:{berlaku.sidik}".encode()).hexdigest()


# ---------------------------------------------------------------- drafts


def simpan_rancangan(*, baris: Baris, oleh: Pengguna, aturan_id: int | None = None, sidik: str = "") -> Aturan:
    """Keep a draft, or change one that is seen as `sidik`.

    Raises Ditolak, TidakSah (what forbids it, all at once), Bentrok (the same table, code and day is there already, or
    the draft changed meanwhile).
    """
    pastikan_kelola(oleh)
    if not baris.sumber.strip():
        raise TidakSah("Tulis sumbernya: peraturan, keputusan, atau surat yang menetapkan.", sasaran="id_sumber")
    with transaction.atomic():
        _kunci()
        _tolak_kembar(baris, kecuali=aturan_id)
        if salah := keberatan(himpunan(), baris):
            raise TidakSah(" ".join(salah), semua=salah)
        if aturan_id is None:
            aturan = Aturan.objects.create(**_kolom(baris), dibuat_oleh=oleh, dibuat_pada=sekarang())
        else:
            aturan = _rancangan(aturan_id, sidik)
            _ubah(aturan, **_kolom(baris))
        catat_baris(aturan, oleh=oleh, tindakan="rancang_aturan", rincian=_rincian(aturan))
        return aturan


def buang(*, aturan_id: int, sidik: str, alasan: str, oleh: Pengguna) -> Aturan:
    """Drop a draft; it stays readable with the reason. Raises Ditolak, TidakDitemukan, TidakSah, Bentrok."""
    pastikan_kelola(oleh)
    sebab = _alasan(alasan, "Tulis alasan rancangan ini dibuang.")
    with transaction.atomic():
        _kunci()
        aturan = _rancangan(aturan_id, sidik)
        _ubah(aturan, status=_Status.DICABUT, alasan_cabut=sebab)
        catat_baris(aturan, oleh=oleh, tindakan="buang_aturan", rincian={**_rincian(aturan), "alasan": sebab})
        return aturan


def _tolak_kembar(baris: Baris, *, kecuali: int | None) -> None:
    """Two administrators never write the same rule: the second one is told of the first."""
    ada = Aturan.objects.filter(tabel=baris.tabel, kode=baris.kode, berlaku_dari=baris.berlaku_dari)
    lain = ada.exclude(pk=kecuali) if kecuali is not None else ada
    sama = lain.exclude(status=_Status.DICABUT).select_related("dibuat_oleh").first()
    if sama is None:
        return
    mulai = tulis_tanggal(sama.berlaku_dari)
    if sama.status == _Status.RANCANGAN:
        nama = sama.dibuat_oleh.nama if sama.dibuat_oleh else "Admin lain"
        raise Bentrok(f"{nama} sudah menyusun rancangan {sama.kode} mulai {mulai}. Buka rancangan itu dari daftar.")
    raise Bentrok(
        f"{sama.kode} sudah punya aturan yang berlaku mulai {mulai}. Aturan yang berlaku tidak ditulis ulang: "
        "pilih tanggal lain, atau cabut dahulu bila salah."
    )


# ---------------------------------------------------------------- coming into force


def tetapkan(*, aturan_id: int, sidik: str, oleh: Pengguna) -> Aturan:
    """Put a draft into force; `sidik` is `sidik_tetap` of what was shown.

    Raises Ditolak, TidakDitemukan, TidakSah, Bentrok (draft or rules changed since, or a holy day that was decided
    upon would move); then nothing is written.
    """
    pastikan_kelola(oleh)
    with transaction.atomic():
        _kunci()
        berlaku = himpunan()
        aturan = _rancangan(aturan_id)
        if sidik_tetap(aturan, berlaku) != sidik:
            raise Bentrok(
                "Rancangan atau aturan yang berlaku sudah berubah sejak halaman ini dibuka. "
                "Muat ulang, baca hasil gladinya, lalu tetapkan lagi."
            )
        baris = baris_dari(aturan)
        if salah := keberatan(berlaku, baris):
            raise Bentrok(" ".join(salah))
        kini = sekarang()
        _ubah(aturan, status=_Status.BERLAKU, ditetapkan_oleh=oleh, ditetapkan_pada=kini)
        catat_baris(aturan, oleh=oleh, tindakan="tetapkan_aturan", rincian=_rincian(aturan))
        kesempatan.ikuti(berlaku.dengan(baris), oleh=oleh)
        return aturan


def cabut(*, aturan_id: int, alasan: str, oleh: Pengguna) -> Aturan:
    """Withdraw a rule in force: from now on nothing is computed with it. Raises Ditolak, TidakDitemukan, Bentrok."""
    pastikan_kelola(oleh)
    sebab = _alasan(alasan, "Tulis alasan aturan ini dicabut.")
    with transaction.atomic():
        _kunci()
        aturan = Aturan.objects.select_for_update().filter(pk=aturan_id).first()
        if aturan is None:
            raise TidakDitemukan("Aturan ini tidak ada.")
        if aturan.status != _Status.BERLAKU:
            raise Bentrok("Aturan ini tidak sedang berlaku, jadi tidak dapat dicabut.")
        setelah = tanpa(himpunan(), baris_dari(aturan))
        if salah := keberatan_cabut(setelah, baris_dari(aturan)):
            raise Bentrok(" ".join(salah))
        _ubah(aturan, status=_Status.DICABUT, alasan_cabut=sebab)
        catat_baris(aturan, oleh=oleh, tindakan="cabut_aturan", rincian={**_rincian(aturan), "alasan": sebab})
        kesempatan.ikuti(setelah, oleh=oleh)
        return aturan


def tanpa(semua: Himpunan, baris: Baris) -> Himpunan:
    """The rules without one of them."""
    kunci = (baris.tabel, baris.kode, baris.berlaku_dari)
    return Himpunan(b for b in semua.baris if (b.tabel, b.kode, b.berlaku_dari) != kunci)


# ---------------------------------------------------------------- shipped rules


@dataclass(frozen=True)
class Muatan:
    baru: int = 0
    diganti: int = 0
    sama: int = 0
    dipertahankan: int = 0


def muat_bawaan(*, semua: tuple[Baris, ...] | None = None) -> Muatan:
    """Bring in the rules that the portal ships; safe at every start.

    A shipped row whose value changed with a release is withdrawn and written anew, so that what was computed with it
    stays explicable. Where an administrator has written or withdrawn a rule, the portal's own is left out.
    """
    hitung = {"baru": 0, "diganti": 0, "sama": 0, "dipertahankan": 0}
    with terpasang(SISTEM):
        _kunci()
        ada = _terakhir()
        for baris in baris_bawaan() if semua is None else semua:
            hitung[_muat_satu(baris, ada.get((baris.tabel, baris.kode, baris.berlaku_dari)))] += 1
        hasil = Muatan(**hitung)
        if hasil.baru or hasil.diganti:
            catat(oleh=None, tindakan="muat_aturan", objek="aturan", objek_id="bawaan", rincian=hitung)
    return hasil


def _terakhir() -> dict[tuple[str, str, date], Aturan]:
    """What was written last of every table, code and day; drafts are nobody's rule yet."""
    semua = Aturan.objects.exclude(status=_Status.RANCANGAN).exclude(ditetapkan_pada=None).order_by("pk")
    return {(a.tabel, a.kode, a.berlaku_dari): a for a in semua}


def _muat_satu(baris: Baris, lama: Aturan | None) -> str:
    if lama is not None:
        if not lama.bawaan or lama.status != _Status.BERLAKU:
            return "dipertahankan"
        if baris_dari(lama) == baris:
            return "sama"
        _ubah(lama, status=_Status.DICABUT, alasan_cabut=DIGANTI)
    kini = sekarang()
    Aturan.objects.create(**_kolom(baris), status=_Status.BERLAKU, bawaan=True, dibuat_pada=kini, ditetapkan_pada=kini)
    return "diganti" if lama else "baru"


# ---------------------------------------------------------------- shared


def _kunci() -> None:
    with connection.cursor() as kursor:
        kursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KUNCI_TABEL])


def _rancangan(aturan_id: int, sidik: str | None = None) -> Aturan:
    aturan = Aturan.objects.select_for_update().filter(pk=aturan_id).first()
    if aturan is None:
        raise TidakDitemukan("Rancangan aturan ini tidak ada.")
    if aturan.status != _Status.RANCANGAN:
        raise Bentrok(f"Rancangan ini sudah {aturan.get_status_display().lower()}. Muat ulang halamannya.")
    if sidik is not None and sidik_rancangan(aturan) != sidik:
        raise Bentrok("Rancangan ini baru saja diubah orang lain. Muat ulang halamannya, lalu ulangi.")
    return aturan


def _kolom(baris: Baris) -> dict[str, Any]:
    return {
        "tabel": baris.tabel,
        "kode": baris.kode,
        "berlaku_dari": baris.berlaku_dari,
        "berlaku_sampai": baris.berlaku_sampai,
        "nilai": dict(baris.nilai),
        "sumber": baris.sumber,
        "terverifikasi": baris.terverifikasi,
        "catatan": baris.catatan,
    }


def _ubah(aturan: Aturan, **kolom: Any) -> None:
    for nama, nilai in kolom.items():
        setattr(aturan, nama, nilai)
    aturan.save(update_fields=list(kolom))


def _rincian(aturan: Aturan) -> dict[str, Any]:
    return {"tabel": aturan.tabel, "kode": aturan.kode, "dari": str(aturan.berlaku_dari), "nilai": aturan.nilai}


def _alasan(teks: str, pesan: str) -> str:
    bersih = " ".join(teks.split())
    if not bersih:
        raise TidakSah(pesan, sasaran="id_alasan")
    if len(bersih) > 300:
        raise TidakSah("Alasan paling banyak 300 karakter. Ringkas isinya.", sasaran="id_alasan")
    return bersih
