"""Writing around a case of integration: its checklist, the request to a Bapas, and notices about detention that ends.

The case itself moves through `remisi.usulan.services` alone. Every write queues behind the unit's other acts on cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from pelaporan.models import Libur
from pelaporan.services_periode import kelompokkan_libur
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, hari_kerja_sesudah, sekarang, tulis_tanggal
from pemasyarakatan.jejak.services import catat_baris
from remisi.integrasi import tahanan
from remisi.integrasi.bapas import satu_bapas
from remisi.models import DokumenUsulan, Litmas, PemberitahuanTahanan, Usulan
from remisi.selectors_aturan import himpunan
from remisi.usulan import alur, kabar
from remisi.usulan.langkah import kunci_unit
from upt.cakupan import Cakupan
from wbp.models import DataWarga

TENGGAT_LITMAS = "LITMAS"
DOKUMEN_LITMAS = "LITMAS"
"""The line of the checklist that a Litmas ticks when it comes."""
_JAUH = 180
"""Days of holidays read for a deadline in working days."""


# ---------------------------------------------------------------- the case, locked


def _kunci(usulan: UUID, *, oleh: Pengguna, cakupan: Cakupan) -> Usulan:
    """The case behind the lock of its unit, for who writes there. Raises TidakDitemukan, Ditolak, Bentrok."""
    milik = Usulan.objects.dalam(cakupan).filter(pk=usulan, rumpun=Usulan.Rumpun.INTEGRASI)
    kunci_unit(milik.order_by().values_list("upt_id", flat=True))
    kasus = milik.select_related("upt").select_for_update(of=("self",)).first()
    if kasus is None:
        raise TidakDitemukan("Usulan ini tidak ada, atau bukan dalam cakupan Anda.")
    if not boleh(oleh, Izin.SUSUN_USULAN, kasus):
        raise Ditolak("Dokumen dan Litmas dicatat petugas UPT-nya. Anda dapat membacanya di sini.")
    if kasus.status not in alur.TERBUKA:
        raise Bentrok(f"Usulan ini {kasus.get_status_display().lower()}; dokumennya tidak diubah lagi.")
    return kasus


def pastikan_hari(hari: date, kini: date, *, apa: str) -> None:
    if hari > kini:
        raise TidakSah(f"{apa} tidak boleh sesudah hari ini.")
    if hari < kini - timedelta(days=3 * 366):
        raise TidakSah(f"{apa} lebih dari tiga tahun yang lalu. Periksa tahunnya.")


# ---------------------------------------------------------------- documents


@transaction.atomic
def centang_dokumen(
    *, usulan: UUID, isi: Mapping[str, date | None], lama: Mapping[str, date | None], oleh: Pengguna, cakupan: Cakupan
) -> list[str]:
    """Note which documents are there since when (None: not there); the codes that changed.

    `lama` is what the page showed: a line that somebody else changed meanwhile refuses the whole (Bentrok).
    """
    kasus = _kunci(usulan, oleh=oleh, cakupan=cakupan)
    kini = hari_ini(kasus.upt.zona)
    dikenal = {d.kode: d.nama for d in himpunan().dokumen(kasus.jenis, kini)}
    ada = {d.kode: d for d in DokumenUsulan.objects.filter(usulan=kasus).select_for_update()}
    berubah = {k: n for k, n in isi.items() if n != lama.get(k)}
    if asing := berubah.keys() - dikenal.keys():
        raise TidakSah(f"Dokumen {', '.join(sorted(asing))} tidak ada dalam daftar. Muat ulang halaman.")
    for kode, hari in berubah.items():
        if _tanggal(ada.get(kode)) != lama.get(kode):
            raise Bentrok(f"{dikenal[kode]} baru saja dicatat petugas lain. Muat ulang halaman, lalu periksa.")
        if hari is not None:
            pastikan_hari(hari, kini, apa=f"Tanggal {dikenal[kode]}")
    _tulis_dokumen(kasus, berubah, ada, oleh)
    return sorted(berubah)


def _tanggal(satu: DokumenUsulan | None) -> date | None:
    return satu.tanggal if satu is not None and satu.ada else None


def _tulis_dokumen(
    kasus: Usulan, berubah: Mapping[str, date | None], ada: Mapping[str, DokumenUsulan], oleh: Pengguna
) -> None:
    if not berubah:
        return
    kini = sekarang()
    for kode, hari in berubah.items():
        satu = ada.get(kode) or DokumenUsulan(usulan=kasus, upt_id=kasus.upt_id, kanwil_id=kasus.kanwil_id, kode=kode)
        satu.ada, satu.tanggal, satu.diubah_oleh, satu.diubah_pada = hari is not None, hari, oleh, kini
        satu.save()
    rincian = {"dokumen": {k: str(n) if n else None for k, n in sorted(berubah.items())}}
    catat_baris(kasus, oleh=oleh, tindakan="usulan_dokumen", rincian=rincian)


# ---------------------------------------------------------------- Litmas


def tenggat_litmas(diminta: date, kanwil_id: int) -> date:
    """The day by which a Litmas is due, by the rule in force; raises TidakSah while no rule says."""
    aturan = himpunan().tenggat(TENGGAT_LITMAS, diminta)
    if aturan is None:
        raise TidakSah("Batas waktu Litmas belum ada dalam aturan. Minta admin aplikasi menambahkannya.")
    if aturan.satuan == "hari":
        return diminta + timedelta(days=aturan.jumlah)
    semua = Libur.objects.filter(tanggal__range=(diminta, diminta + timedelta(days=_JAUH)))
    libur = kelompokkan_libur(semua.values_list("tanggal", "kanwil"))
    return hari_kerja_sesudah(diminta, aturan.jumlah, libur.get(kanwil_id, libur[None]))


@transaction.atomic
def minta_litmas(*, usulan: UUID, bapas: str, surat: str, diminta: date, oleh: Pengguna, cakupan: Cakupan) -> Litmas:
    """Ask a Bapas, or another one while nothing has come. `surat` is what the Bapas finds the request by.

    Another Bapas, letter or day is a new asking: what was answered to the earlier one does not answer it.
    """
    kasus = _kunci(usulan, oleh=oleh, cakupan=cakupan)
    tujuan = satu_bapas(bapas)
    pastikan_hari(diminta, hari_ini(kasus.upt.zona), apa="Tanggal permintaan")
    if not surat.strip():
        raise TidakSah("Tulis nomor surat permintaannya.")
    litmas = Litmas.objects.filter(usulan=kasus).select_for_update().first()
    if litmas is not None and litmas.diterima_pada:
        raise Bentrok(f"Litmas sudah diterima {tulis_tanggal(litmas.diterima_pada)}.")
    litmas = litmas or Litmas(usulan=kasus, jenis=kasus.jenis, upt_id=kasus.upt_id, kanwil_id=kasus.kanwil_id)
    isi = (tujuan.pk, diminta, surat.strip())
    if litmas.pk and (litmas.bapas_id, litmas.diminta_pada, litmas.surat) != isi:
        litmas.permintaan += 1
    litmas.bapas_id, litmas.diminta_pada, litmas.surat = isi
    litmas.tenggat = tenggat_litmas(diminta, kasus.kanwil_id)
    _simpan_litmas(litmas, "litmas_diminta", oleh, bapas=tujuan.kode, diminta=str(diminta))
    batas = tulis_tanggal(litmas.tenggat)
    kabar.kabari_litmas(
        litmas,
        tujuan.pk,
        f"{kasus.upt.nama} meminta Litmas {kasus.jenis}, surat {litmas.surat}; paling lambat {batas}.",
    )
    return litmas


@transaction.atomic
def terima_litmas(*, usulan: UUID, diterima: date, nomor: str, oleh: Pengguna, cakupan: Cakupan) -> Litmas:
    kasus = _kunci(usulan, oleh=oleh, cakupan=cakupan)
    litmas = Litmas.objects.filter(usulan=kasus).select_for_update().first()
    if litmas is None:
        raise Bentrok("Litmas belum diminta. Catat permintaannya lebih dahulu.")
    if diterima < litmas.diminta_pada:
        raise TidakSah(f"Litmas diterima sebelum diminta ({tulis_tanggal(litmas.diminta_pada)}). Periksa tanggalnya.")
    pastikan_hari(diterima, hari_ini(kasus.upt.zona), apa="Tanggal terima")
    if not nomor.strip():
        raise TidakSah("Tulis nomor Litmas-nya.")
    litmas.diterima_pada, litmas.nomor = diterima, nomor.strip()
    _simpan_litmas(litmas, "litmas_diterima", oleh, diterima=str(diterima))
    if any(d.kode == DOKUMEN_LITMAS for d in himpunan().dokumen(kasus.jenis, diterima)):
        ada = {d.kode: d for d in DokumenUsulan.objects.filter(usulan=kasus, kode=DOKUMEN_LITMAS).select_for_update()}
        _tulis_dokumen(kasus, {DOKUMEN_LITMAS: diterima}, ada, oleh)
    return litmas


def tutup_litmas(kasus: Sequence[Usulan], oleh: Pengguna, cakupan: Cakupan) -> None:
    """Requests of cases that were decided or withdrawn are waited for no longer; the case's own step says why."""
    buka = Litmas.objects.filter(usulan__in=kasus, diterima_pada=None, ditutup_pada=None)
    buka.update(ditutup_pada=hari_ini(), diubah_oleh=oleh, diubah_pada=sekarang())


def _simpan_litmas(litmas: Litmas, tindakan: str, oleh: Pengguna, **rincian: str) -> None:
    litmas.diubah_oleh, litmas.diubah_pada = oleh, sekarang()
    litmas.save()
    catat_baris(litmas, oleh=oleh, tindakan=tindakan, rincian={"usulan": str(litmas.usulan_id), **rincian})


# ---------------------------------------------------------------- notices before a detention ends


@transaction.atomic
def catat_pemberitahuan(
    *, data: int, langkah: int, habis: date, dikirim: date, nomor: str, oleh: Pengguna, cakupan: Cakupan
) -> PemberitahuanTahanan:
    """Note a notice that was sent. `habis` is the end that the page showed; another one by now refuses (Bentrok). The
    same notice twice is answered as written. Raises TidakDitemukan, Ditolak, TidakSah."""
    orang = DataWarga.objects.dalam(cakupan).ada().select_related("upt").filter(pk=data).first()
    if orang is None:
        raise TidakDitemukan("Tahanan ini tidak ada, atau bukan dalam cakupan Anda.")
    if not boleh(oleh, Izin.ISI_WARGA, orang):
        raise Ditolak("Pemberitahuan dicatat petugas UPT-nya.")
    _pastikan_pemberitahuan(orang, langkah, habis, dikirim, nomor)
    kunci_unit([orang.upt_id])
    _pastikan_surat_lain(orang, langkah, habis, nomor.strip())
    satu, baru = PemberitahuanTahanan.objects.get_or_create(
        data=orang, habis_tahan=habis, hari=langkah,
        defaults={
            "upt_id": orang.upt_id, "kanwil_id": orang.kanwil_id, "dikirim_pada": dikirim, "nomor": nomor.strip(),
            "oleh": oleh, "pada": sekarang(),
        },
    )  # fmt: skip
    if not baru and (satu.dikirim_pada, satu.nomor) != (dikirim, nomor.strip()):
        raise Bentrok(f"Pemberitahuan ini sudah dicatat: {satu.nomor}, {tulis_tanggal(satu.dikirim_pada)}.")
    if baru:
        rincian = {"hari": langkah, "habis": str(habis), "dikirim": str(dikirim)}
        catat_baris(satu, oleh=oleh, tindakan="pemberitahuan_tahanan", rincian=rincian)
    return satu


def _pastikan_surat_lain(orang: DataWarga, langkah: int, habis: date, nomor: str) -> None:
    """One letter is one notice; when it was sent, early or late, is told by its date alone."""
    lain = PemberitahuanTahanan.objects.filter(data=orang, habis_tahan=habis, nomor=nomor).exclude(hari=langkah).first()
    if lain is not None:
        raise TidakSah(f"Surat {nomor} sudah dicatat sebagai pemberitahuan {lain.hari} hari. Periksa nomornya.")


def _pastikan_pemberitahuan(orang: DataWarga, langkah: int, habis: date, dikirim: date, nomor: str) -> None:
    if orang.status not in tahanan.STATUS:
        raise Bentrok("Orang ini bukan tahanan lagi. Muat ulang halaman.")
    if orang.habis_tahan != habis:
        raise Bentrok("Masa penahanannya sudah diubah. Muat ulang halaman, lalu periksa tanggalnya.")
    if langkah not in tahanan.langkah(himpunan(), dikirim):
        raise TidakSah("Pilih pemberitahuan 10 hari atau 3 hari.")
    pastikan_hari(dikirim, hari_ini(orang.upt.zona), apa="Tanggal kirim")
    if orang.tanggal_tahan is not None and dikirim < orang.tanggal_tahan:
        raise TidakSah(f"Tanggal kirim sebelum ia ditahan ({tulis_tanggal(orang.tanggal_tahan)}). Periksa tanggalnya.")
    if not nomor.strip():
        raise TidakSah("Tulis nomor suratnya.")
