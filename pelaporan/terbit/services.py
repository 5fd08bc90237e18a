"""Drafts of forms: kept, changed, dropped, rehearsed, published; and a version withdrawn that nobody used."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from pelaporan.idempotensi import jawab_sekali
from pelaporan.kanonik import sidik
from pelaporan.models import Formulir, FormulirVersi, Laporan, RancanganFormulir
from pelaporan.services_periode import (
    buka_kampanye,
    buka_periode,
    hapus_belum,
    kunci_formulir,
    samakan_versi,
    simpan_formulir,
)
from pelaporan.skema import GalatSkema, Skema
from pelaporan.terbit import dampak, selectors
from pelaporan.terbit.periksa import ganti_bulan, periksa
from pelaporan.terbit.teks_gladi import BULAN_GLADI
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.teks import GalatTeks, bersihkan_teks
from pemasyarakatan.inti.waktu import Bulan, hari_ini, sekarang
from pemasyarakatan.jejak.services import catat
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import minta
from upt.cakupan import Cakupan

ALASAN_MAKS = 500
_Status = RancanganFormulir.Status


# ---------------------------------------------------------------- drafts


def simpan_rancangan(
    *,
    teks: str,
    catatan: str = "",
    oleh: Pengguna,
    cakupan: Cakupan,
    rancangan_id: UUID | None = None,
    revisi: int = 0,
) -> RancanganFormulir:
    """Keep a checked text as a new draft, or as the new text of one (compare-and-set on `revisi`).

    Raises GalatSkema with every problem, TidakSah for a form that does not differ from the version in force.
    """
    _pastikan_admin(oleh)
    skema = periksa(teks)
    nilai = {**_nilai(skema, teks), "catatan": _bersih(catatan)}
    with transaction.atomic():
        _tolak_tanpa_perubahan(skema)
        if rancangan_id is None:
            rancangan = RancanganFormulir.objects.create(**nilai, dibuat_oleh=oleh, dibuat_pada=sekarang())
        else:
            rancangan = _kunci(rancangan_id, revisi, cakupan)
            if rancangan.kode != skema.kode:
                raise TidakSah(f"Rancangan ini untuk {rancangan.kode}. Unggah {skema.kode} sebagai rancangan sendiri.")
            _ubah(rancangan, **nilai)
        _jejak(oleh, "unggah_formulir", rancangan)
        return rancangan


def _nilai(skema: Skema, teks: str) -> dict[str, Any]:
    return {
        "kode": skema.kode,
        "nama": skema.nama[:120],
        "berlaku_dari": Bulan.dari(skema.berlaku_dari).awal,
        "yaml": teks,
        "isi": skema.ke_json(),
        "sidik": skema.sidik,
    }


def _tolak_tanpa_perubahan(skema: Skema) -> None:
    if selectors.beda_rancangan(skema).sama:
        raise TidakSah(
            f"Tidak ada perubahan: isi {skema.kode} sama dengan versi yang berlaku. Tidak ada yang disimpan."
        )


def pindah_bulan(
    *, rancangan_id: UUID, bulan: Bulan, revisi: int, oleh: Pengguna, cakupan: Cakupan
) -> RancanganFormulir:
    """The same form from another month; its text changes with it, so that file and draft stay one."""
    rancangan = selectors.satu_rancangan(cakupan, rancangan_id)
    teks = ganti_bulan(rancangan.yaml, bulan)
    return simpan_rancangan(
        teks=teks, catatan=rancangan.catatan, oleh=oleh, cakupan=cakupan, rancangan_id=rancangan_id, revisi=revisi
    )


def buang(*, rancangan_id: UUID, alasan: str, revisi: int, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Drop a draft; its text stays readable, with the reason."""
    _pastikan_admin(oleh)
    bersih = _bersih(alasan)
    if not bersih:
        raise TidakSah("Tulis alasan rancangan ini dibuang.", sasaran="id_alasan")
    with transaction.atomic():
        rancangan = _kunci(rancangan_id, revisi, cakupan)
        _ubah(rancangan, status=_Status.DIBUANG, catatan=bersih, diputus_oleh=oleh, diputus_pada=sekarang())
        _jejak(oleh, "buang_formulir", rancangan, alasan=bersih)


def minta_gladi(
    *, rancangan_id: UUID, revisi: int, oleh: Pengguna, cakupan: Cakupan, kunci: UUID | None = None
) -> Pekerjaan:
    """Queue the rehearsal of the draft as it stands."""
    _pastikan_admin(oleh)
    with transaction.atomic():
        rancangan = _kunci(rancangan_id, revisi, cakupan)
        return minta(
            oleh=oleh,
            jenis="gladi_formulir",
            judul=f"Gladi {rancangan.kode} mulai {Bulan.pada(rancangan.berlaku_dari).nama}",
            parameter={"rancangan": str(rancangan.pk), "sidik": rancangan.sidik, "bulan": BULAN_GLADI},
            total=BULAN_GLADI + 1,
            kunci=kunci,
        )


# ---------------------------------------------------------------- publishing


def halangan(rancangan: RancanganFormulir, skema: Skema) -> list[str]:
    """Everything that stands in the way of publishing this draft, as sentences; empty when nothing does."""
    dari, beda = Bulan.dari(skema.berlaku_dari), selectors.beda_rancangan(skema)
    semua = [*_halangan_bulan(skema.kode, dari), *beda.menahan, *dampak.putus(skema.kode, beda.dihapus, dari)]
    if beda.sama:
        semua.append("Tidak ada perubahan terhadap versi yang berlaku.")
    return [*semua, *_halangan_gladi(rancangan, skema)]


def _halangan_bulan(kode: str, dari: Bulan) -> list[str]:
    hasil = []
    if dari < Bulan.kini():
        hasil.append(f"{dari.nama} sudah lewat. Versi baru berlaku paling cepat {Bulan.kini().nama}.")
    akhir = selectors.versi_terakhir(kode)
    if akhir is not None and akhir.berlaku_dari >= dari.awal:
        nama = Bulan.pada(akhir.berlaku_dari).nama
        hasil.append(f"Sudah ada versi {kode} sejak {nama}. Pilih bulan sesudahnya, atau cabut versi itu dahulu.")
    mulai = selectors.bulan_dimulai(kode, dari)
    if mulai is not None:
        hasil.append(
            f"Laporan {kode} {mulai.nama} sudah mulai diisi dan tetap pada versi lama. "
            f"Pilih {(mulai + 1).nama} atau sesudahnya."
        )
    tutup = selectors.bulan_ditutup(dari)
    if tutup:
        hasil.append(f"{tutup[-1].nama} sudah ditutup. Pilih bulan sesudahnya.")
    return hasil


def _halangan_gladi(rancangan: RancanganFormulir, skema: Skema) -> list[str]:
    if rancangan.gladi is None or rancangan.gladi_sidik != rancangan.sidik:
        return ["Rancangan yang sekarang belum digladi. Jalankan gladi dahulu."]
    dasar = selectors.dasar_versi(skema.kode, Bulan.dari(skema.berlaku_dari))
    if rancangan.gladi.get("dasar", "") != (dasar.sidik if dasar else ""):
        return ["Versi pembandingnya sudah berganti sejak gladi. Jalankan gladi lagi."]
    return []


def terbitkan(*, rancangan_id: UUID, revisi: int, oleh: Pengguna, cakupan: Cakupan, kunci: str) -> dict[str, Any]:
    """Publish a draft from its month on: {"kode", "dari", "pindah", "tambah"}; repeated, the same answer.

    Raises Bentrok when anything stands in the way (see `halangan`); then nothing is written.
    """
    _pastikan_admin(oleh)
    with transaction.atomic():
        return jawab_sekali(
            aktor=oleh,
            kunci=kunci,
            sidik=sidik(["terbit", str(rancangan_id), revisi]),
            kerjakan=lambda: _terbitkan(rancangan_id, revisi, oleh, cakupan),
        )


def _terbitkan(rancangan_id: UUID, revisi: int, oleh: Pengguna, cakupan: Cakupan) -> dict[str, Any]:
    kunci_formulir()
    rancangan = _kunci(rancangan_id, revisi, cakupan)
    dari = Bulan.pada(rancangan.berlaku_dari)
    _kunci_laporan(rancangan.kode, dari, cakupan)
    try:
        skema = periksa(rancangan.yaml)
    except GalatSkema as galat:  # another form was published meanwhile
        raise Bentrok(" ".join(galat.galat[:3])) from galat
    if sebab := halangan(rancangan, skema):
        raise Bentrok(" ".join(sebab))
    simpan_formulir(skema_json=skema.ke_json(), yaml=rancangan.yaml, sidik=skema.sidik, oleh=oleh)
    pindah, tambah = _turunkan(skema.kode, dari, oleh)
    _ubah(rancangan, status=_Status.DITERBITKAN, diputus_oleh=oleh, diputus_pada=sekarang())
    return {"kode": skema.kode, "dari": dari.kode, "pindah": pindah, "tambah": tambah}


def _kunci_laporan(kode: str, dari: Bulan, cakupan: Cakupan) -> None:
    """Whoever begins a report now waits until the version is decided, and then sees the new one."""
    semua = Laporan.objects.dalam(cakupan).filter(formulir_id=kode, bulan__gte=dari.awal)
    list(semua.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _turunkan(kode: str, dari: Bulan, oleh: Pengguna) -> tuple[int, int]:
    """Opened months from then on: reports not begun take the version, obligations are derived again."""
    pindah = tambah = 0
    for bulan in selectors.bulan_terbuka(dari):
        tambah += buka_periode(bulan=bulan, oleh=oleh)
        pindah += samakan_versi(bulan=bulan, formulir=kode)
    return pindah, tambah + buka_kampanye(pada=hari_ini())


def cabut(*, kode: str, bulan: Bulan, alasan: str, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Take back the newest version of a form that no report has begun to use; the version before it holds again."""
    _pastikan_admin(oleh)
    bersih = _bersih(alasan)
    if not bersih:
        raise TidakSah("Tulis alasan versi ini dicabut.", sasaran="id_alasan")
    with transaction.atomic():
        kunci_formulir()
        versi = FormulirVersi.objects.filter(formulir_id=kode, berlaku_dari=bulan.awal).first()
        if versi is None:
            raise TidakDitemukan("Versi formulir ini tidak ada.")
        _kunci_laporan(kode, bulan, cakupan)
        _pastikan_dapat_dicabut(versi)
        _cabut(versi, bulan, oleh)
        catat(
            oleh=oleh, tindakan="cabut_formulir", objek="formulir", objek_id=kode,
            rincian={"berlaku_dari": bulan.kode, "sidik": versi.sidik, "alasan": bersih},
        )  # fmt: skip


def _pastikan_dapat_dicabut(versi: FormulirVersi) -> None:
    terakhir = selectors.versi_terakhir(versi.formulir_id)
    if terakhir is None or terakhir.pk != versi.pk:
        raise Bentrok("Hanya versi terbaru yang dapat dicabut. Cabut dahulu versi sesudahnya.")
    if Laporan.objects.filter(selectors.MULAI, formulir_versi=versi).exists():
        raise Bentrok("Versi ini sudah dipakai laporan yang mulai diisi, jadi tidak dapat dicabut.")


def _cabut(versi: FormulirVersi, bulan: Bulan, oleh: Pengguna) -> None:
    """Reports go back to the version before it; without one, the obligations nobody has begun go too."""
    sebelum = selectors.dasar_versi(versi.formulir_id, bulan)
    punya = Laporan.objects.filter(formulir_versi=versi)
    if sebelum is None:
        hapus_belum(punya)
        if punya.exists():
            raise Bentrok("UPT sudah menerima pemberitahuan tentang formulir ini, jadi versinya tidak dapat dicabut.")
    else:
        punya.update(formulir_versi=sebelum)
    versi.delete()
    if sebelum is None:
        Formulir.objects.filter(pk=versi.formulir_id, versi=None).delete()
    else:
        Formulir.objects.filter(pk=versi.formulir_id).update(nama=sebelum.skema.nama)
    _turunkan(versi.formulir_id, bulan, oleh)


# ---------------------------------------------------------------- small helpers


def _pastikan_admin(oleh: Pengguna) -> None:
    if not boleh(oleh, Izin.KELOLA_FORMULIR):
        raise Ditolak("Formulir dikelola oleh admin aplikasi.")


def _bersih(teks: str) -> str:
    try:
        return bersihkan_teks(teks, ALASAN_MAKS, baris_banyak=True)
    except GalatTeks as galat:
        raise TidakSah(galat.pesan) from galat


def _kunci(rancangan_id: UUID, revisi: int, cakupan: Cakupan) -> RancanganFormulir:
    """The draft, locked; only as the person saw it, and only while it is one."""
    semua = RancanganFormulir.objects.select_for_update(of=("self",))
    rancangan = semua.filter(pk=rancangan_id).first() if cakupan.nasional else None
    if rancangan is None:
        raise TidakDitemukan("Rancangan formulir ini tidak ada.")
    if rancangan.status != _Status.RANCANGAN:
        raise Bentrok(f"Rancangan ini sudah {rancangan.get_status_display().lower()}. Muat ulang halaman.")
    if rancangan.revisi != revisi:
        raise Bentrok("Rancangan ini sudah diubah orang lain. Muat ulang halaman, lalu putuskan lagi.")
    return rancangan


def _ubah(rancangan: RancanganFormulir, **nilai: Any) -> None:
    for nama, isi in {**nilai, "revisi": rancangan.revisi + 1}.items():
        setattr(rancangan, nama, isi)
    rancangan.save()


def _jejak(oleh: Pengguna, tindakan: str, rancangan: RancanganFormulir, **lain: str) -> None:
    isi = {"kode": rancangan.kode, "berlaku_dari": f"{rancangan.berlaku_dari:%Y-%m}", "sidik": rancangan.sidik, **lain}
    catat(oleh=oleh, tindakan=tindakan, objek="rancangan_formulir", objek_id=rancangan.pk, rincian=isi)
