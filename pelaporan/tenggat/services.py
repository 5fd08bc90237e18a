"""Deciding about deadlines and obligations: holidays, moved deadlines, waivers. Each act is one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from pelaporan.models import Formulir, Laporan, Libur, Pembebasan, Pemberitahuan, Periode, PerubahanTenggat
from pelaporan.services import teks_wajib
from pelaporan.tenggat.hitung import Dampak, hari_libur_andai, kotori, rencanakan, simpan
from pelaporan.tenggat.penerapan import Keputusan, mengenai
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan, sekarang, tulis_tanggal
from pemasyarakatan.jejak.services import catat, catat_baris
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil

MAKS_BULAN_BEBAS = 12
_ALASAN_MAKS = 200


# ---------------------------------------------------------------- holidays


def dampak_libur(tanggal: date, kanwil_id: int | None, *, hapus: int | None = None) -> Dampak:
    """What adding a day, or removing the one with id `hapus`, would do to the month whose deadlines lie around it."""
    bulan = Bulan.pada(tanggal)
    andai = hari_libur_andai(bulan, tambah=None if hapus else (tanggal, kanwil_id), tanpa=hapus)
    return rencanakan(bulan - 1, libur=andai)


def tambah_libur(*, tanggal: date, nama: str, kanwil_id: int | None, alasan: str, oleh: Pengguna) -> Dampak:
    """Add a national or a regional day and compute the deadlines around it again.

    Raises Ditolak, TidakSah (name, reason, a weekend), Bentrok (the day is there already).
    """
    _pastikan_kelola(oleh)
    sebab = _alasan(alasan, "Tulis dasar hari libur ini, misalnya nomor surat keputusannya.")
    bersih = teks_wajib(nama, "Tulis nama hari liburnya.")[:120]
    if tanggal.weekday() >= 5:
        raise TidakSah("Tanggal ini akhir pekan, jadi sudah bukan hari kerja.")
    with transaction.atomic():
        if Libur.objects.filter(tanggal=tanggal, kanwil_id__in=[kanwil_id] if kanwil_id else []).exists() or (
            Libur.objects.filter(tanggal=tanggal, kanwil=None).exists()
        ):
            raise Bentrok(f"{tulis_tanggal(tanggal)} sudah tercatat sebagai hari libur.")
        libur = Libur.objects.create(tanggal=tanggal, nama=bersih, kanwil_id=kanwil_id)
        return _setelah_libur("tambah_libur", libur, sebab, oleh)


def hapus_libur(*, libur_id: int, alasan: str, oleh: Pengguna) -> Dampak:
    """Take a day out and compute the deadlines around it again. Raises Ditolak, TidakDitemukan, TidakSah."""
    _pastikan_kelola(oleh)
    sebab = _alasan(alasan, "Tulis mengapa hari libur ini dihapus.")
    with transaction.atomic():
        libur = Libur.objects.select_for_update().filter(pk=libur_id).first()
        if libur is None:
            raise TidakDitemukan("Hari libur ini sudah tidak ada.")
        Libur.objects.filter(pk=libur_id).delete()
        return _setelah_libur("hapus_libur", libur, sebab, oleh)


def _setelah_libur(tindakan: str, libur: Libur, alasan: str, oleh: Pengguna) -> Dampak:
    dampak = rencanakan(Bulan.pada(libur.tanggal) - 1, kunci=True)
    simpan(dampak)
    _kabarkan_geser(dampak, f"{tindakan}:{libur.pk}", f"{libur.nama}: {alasan}")
    rincian = {"tanggal": str(libur.tanggal), "alasan": alasan, "upt": dampak.upt, "laporan": dampak.laporan}
    catat(
        oleh=oleh,
        tindakan=tindakan,
        objek="libur",
        objek_id=str(libur.tanggal),
        kanwil_id=libur.kanwil_id,
        rincian=rincian,
    )
    return dampak


# ---------------------------------------------------------------- moved deadlines


@dataclass(frozen=True)
class Pemindahan:
    """A decision to move deadlines of a month; an empty form or Kanwil means all, an empty date stays."""

    bulan: Bulan
    formulir: str = ""
    kanwil_id: int | None = None
    upt: date | None = None
    kanwil: date | None = None
    pusat: date | None = None

    def baris(self) -> PerubahanTenggat:
        return PerubahanTenggat(
            bulan=self.bulan.awal,
            formulir_id=self.formulir or None,
            kanwil_id=self.kanwil_id,
            tenggat_upt=self.upt,
            tenggat_kanwil=self.kanwil,
            tenggat_pusat=self.pusat,
        )


def dampak_pemindahan(p: Pemindahan, *, kunci: bool = False) -> Dampak:
    """What the move would do. Raises TidakSah when the three dates would come out of order."""
    _periksa_pemindahan(p)
    dampak = rencanakan(p.bulan, keputusan=Keputusan.untuk(p.bulan, tambahan=p.baris()), kunci=kunci)
    kacau = [g.laporan for g in dampak.geser if not _berurutan(g.laporan)]
    if kacau:
        raise TidakSah(
            f"Pada {len(kacau)} laporan tenggat UPT, Kanwil, dan Pusat menjadi tidak berurutan. "
            "Pindahkan juga tanggal yang sesudahnya."
        )
    return dampak


def _periksa_pemindahan(p: Pemindahan) -> None:
    hari = [h for h in (p.upt, p.kanwil, p.pusat) if h]
    if not hari:
        raise TidakSah("Isi paling sedikit satu tanggal baru.")
    if hari != sorted(hari):
        raise TidakSah("Tanggal harus berurutan: UPT mengirim, lalu Kanwil memverifikasi, lalu Pusat mengunci.")
    if hari[0] <= p.bulan.awal:
        raise TidakSah(f"Tenggat laporan {p.bulan.nama} tidak dapat sebelum bulannya.")
    if hari[-1] > (p.bulan + 12).akhir:
        raise TidakSah("Tenggat paling jauh satu tahun sesudah bulannya. Periksa tahunnya.")
    if Periode.objects.filter(bulan=p.bulan.awal, status=Periode.Status.DITUTUP).exists():
        raise TidakSah(f"{p.bulan.nama} sudah ditutup. Buka lagi bulannya sebelum memindahkan tenggat.")
    if p.formulir and not Formulir.objects.filter(pk=p.formulir).exists():
        raise TidakSah("Pilih formulir dari daftar.")


def _berurutan(laporan: Laporan) -> bool:
    pusat = laporan.tenggat_pusat
    return laporan.tenggat <= laporan.tenggat_kanwil and (
        pusat is None or laporan.tenggat_kanwil.date() <= pusat.date()
    )


def pindahkan_tenggat(*, pemindahan: Pemindahan, alasan: str, oleh: Pengguna) -> Dampak:
    """Move deadlines of a month; reports already sent are judged by the new ones. Raises Ditolak, TidakSah."""
    _pastikan_kelola(oleh)
    sebab = _alasan(alasan, "Tulis alasan memindahkan tenggat; UPT membacanya.", maks=300)
    with transaction.atomic():
        dampak = dampak_pemindahan(pemindahan, kunci=True)
        baris = pemindahan.baris()
        baris.alasan, baris.oleh, baris.pada = sebab, oleh, sekarang()
        baris.save(force_insert=True)
        simpan(dampak)
        _kabarkan_geser(dampak, f"pindah:{baris.pk}", sebab)
        rincian = {"formulir": pemindahan.formulir, "bulan": pemindahan.bulan.kode, "alasan": sebab, "upt": dampak.upt}
        catat(
            oleh=oleh,
            tindakan="pindah_tenggat",
            objek="periode",
            objek_id=pemindahan.bulan.kode,
            kanwil_id=pemindahan.kanwil_id,
            rincian=rincian,
        )
        return dampak


def _kabarkan_geser(dampak: Dampak, kunci: str, sebab: str) -> None:
    """One notice per unit whose own deadline moved on a report that it still owes."""
    kena: dict[int, Laporan] = {}
    for g in dampak.geser:
        if g.laporan.versi_masuk is None and g.lama[0] != g.laporan.tenggat:
            kena.setdefault(g.laporan.upt_id, g.laporan)
    Pemberitahuan.objects.bulk_create(
        [
            Pemberitahuan(
                untuk=Pemberitahuan.Untuk.UPT,
                upt_id=lap.upt_id,
                kanwil_id=lap.kanwil_id,
                dedup=f"{kunci}:{lap.upt_id}",
                jenis="tenggat",
                url=f"/upt/{lap.upt.kode}/?bulan={dampak.bulan}",
                teks=f"Tenggat laporan {dampak.bulan.nama} dipindah ke {tulis_tanggal(lap.tenggat, lap.upt.zona)} "
                f"karena {sebab}"[:400],
            )
            for lap in kena.values()
        ],
        batch_size=500,
    )


# ---------------------------------------------------------------- waivers


def bebaskan(
    *, kode: str, formulir: str, dari: Bulan, sampai: Bulan, alasan: str, oleh: Pengguna, cakupan: Cakupan
) -> Pembebasan:
    """Waive one form of one unit from month to month, at most a year. What was sent already keeps counting.

    Raises TidakDitemukan (foreign unit), Ditolak, TidakSah (range, reason), Bentrok (overlaps another waiver).
    """
    upt = UPT.objects.dalam(cakupan).filter(kode=kode).first()
    if upt is None:
        raise TidakDitemukan("Unit ini tidak ada, atau bukan bagian dari tugas Anda.")
    if not boleh(oleh, Izin.BEBASKAN_KEWAJIBAN, upt):
        raise Ditolak("Hanya Kepala Kanwil dan peninjau pusat yang membebaskan kewajiban.")
    sebab = _alasan(alasan, "Tulis alasan pembebasan; UPT dan Pusat membacanya.")
    _periksa_rentang(dari, sampai)
    if not Formulir.objects.filter(pk=formulir).exists():
        raise TidakSah("Pilih formulir dari daftar.")
    with transaction.atomic():
        UPT.objects.select_for_update(no_key=True).get(pk=upt.pk)  # two waivers of one unit take turns
        _tolak_tumpang(upt, formulir, dari, sampai)
        bebas = Pembebasan.objects.create(
            upt=upt,
            kanwil_id=upt.kanwil_id,
            formulir_id=formulir,
            dari=dari.awal,
            sampai=sampai.awal,
            alasan=sebab,
            oleh=oleh,
            pada=sekarang(),
        )
        _terapkan_bebas(bebas, sebab)
        _kabar_bebas(bebas, upt, f"Dibebaskan dari {bebas.formulir.nama}, {_rentang(bebas)}: {sebab}")
        _catat_bebas("bebaskan_kewajiban", bebas, oleh)
        return bebas


def _periksa_rentang(dari: Bulan, sampai: Bulan) -> None:
    if sampai < dari:
        raise TidakSah("Bulan selesai tidak dapat sebelum bulan mulai.")
    if sampai - dari >= MAKS_BULAN_BEBAS:
        raise TidakSah(f"Pembebasan paling lama {MAKS_BULAN_BEBAS} bulan. Perpanjang nanti bila masih perlu.")
    if sampai > Bulan.kini() + 24:
        raise TidakSah("Bulan selesai terlalu jauh. Periksa tahunnya.")
    tutup = Periode.objects.filter(bulan__range=(dari.awal, sampai.awal), status=Periode.Status.DITUTUP)
    bulan = tutup.order_by("bulan").values_list("bulan", flat=True).first()
    if bulan is not None:
        raise TidakSah(f"{Bulan.pada(bulan).nama} sudah ditutup; angkanya tidak diubah lagi. Mulai dari bulan terbuka.")


def _tolak_tumpang(upt: UPT, formulir: str, dari: Bulan, sampai: Bulan) -> None:
    lain = Pembebasan.objects.filter(
        upt=upt, formulir_id=formulir, dicabut_pada=None, dari__lte=sampai.awal, sampai__gte=dari.awal
    ).first()
    if lain is not None:
        raise Bentrok(f"Formulir ini sudah dibebaskan {_rentang(lain)}. Cabut dulu, atau pilih bulan sesudahnya.")


def cabut_pembebasan(*, pembebasan_id: int, oleh: Pengguna, cakupan: Cakupan) -> Pembebasan:
    """Take a waiver back: in months still open the unit owes the form again; closed months stay as they were.

    Raises TidakDitemukan, Ditolak, Bentrok (revoked already).
    """
    with transaction.atomic():
        bebas = (
            Pembebasan.objects.dalam(cakupan)
            .select_related("upt", "formulir")
            .select_for_update(of=("self",))
            .filter(pk=pembebasan_id)
            .first()
        )
        if bebas is None:
            raise TidakDitemukan("Pembebasan ini tidak ada, atau bukan dalam cakupan Anda.")
        if not boleh(oleh, Izin.BEBASKAN_KEWAJIBAN, bebas):
            raise Ditolak("Hanya Kepala Kanwil dan peninjau pusat yang mencabut pembebasan.")
        if bebas.dicabut_pada is not None:
            raise Bentrok("Pembebasan ini sudah dicabut.")
        bebas.dicabut_oleh, bebas.dicabut_pada = oleh, sekarang()
        bebas.save(update_fields=["dicabut_oleh", "dicabut_pada"])
        _terapkan_bebas(bebas, "")
        _kabar_bebas(bebas, bebas.upt, f"Pembebasan {bebas.formulir.nama} {_rentang(bebas)} dicabut; wajib lagi.")
        _catat_bebas("cabut_pembebasan", bebas, oleh)
        return bebas


def _terapkan_bebas(bebas: Pembebasan, teks: str) -> None:
    """Write or clear the reason on unsent reports of open months in the range; the denominators follow."""
    terbuka = Periode.objects.filter(status=Periode.Status.TERBUKA).values("bulan")
    kena = list(
        Laporan.objects.filter(
            upt_id=bebas.upt_id,
            formulir_id=bebas.formulir_id,
            bulan__range=(bebas.dari, bebas.sampai),
            bulan__in=terbuka,
            versi_masuk=None,
        )
        .select_for_update()
        .order_by("pk")
    )
    Laporan.objects.filter(pk__in=[lap.pk for lap in kena]).update(dibebaskan=teks, diubah_pada=sekarang())
    kotori(kena)


def _kabar_bebas(bebas: Pembebasan, upt: UPT, teks: str) -> None:
    Pemberitahuan.objects.create(
        untuk=Pemberitahuan.Untuk.UPT,
        upt=upt,
        kanwil_id=bebas.kanwil_id,
        dedup=f"bebas:{bebas.pk}:{'cabut' if bebas.dicabut_pada else 'beri'}",
        jenis="tenggat",
        url=f"/upt/{upt.kode}/",
        teks=teks[:400],
    )


def _catat_bebas(tindakan: str, bebas: Pembebasan, oleh: Pengguna) -> None:
    catat_baris(
        bebas,
        oleh=oleh,
        tindakan=tindakan,
        rincian={"formulir": bebas.formulir_id, "dari": str(bebas.dari)[:7], "sampai": str(bebas.sampai)[:7]},
    )


def _rentang(bebas: Pembebasan) -> str:
    dari, sampai = Bulan.pada(bebas.dari), Bulan.pada(bebas.sampai)
    return dari.nama if dari == sampai else f"{dari.nama} sampai {sampai.nama}"


# ---------------------------------------------------------------- shared


def _pastikan_kelola(oleh: Pengguna) -> None:
    if not boleh(oleh, Izin.KELOLA_PERIODE):
        raise Ditolak("Hari libur dan tenggat dikelola oleh peninjau pusat dan admin aplikasi.")


def _alasan(teks: str, pesan: str, *, maks: int = _ALASAN_MAKS) -> str:
    bersih = " ".join(teks_wajib(teks, pesan).split())
    if len(bersih) > maks:
        raise TidakSah(f"Alasan paling banyak {maks} karakter. Ringkas isinya.")
    return bersih


def kanwil_dari(semua: Iterable[Kanwil], slug: str) -> int | None:
    """The id of a Kanwil chosen by its slug; empty means all of them."""
    if not slug:
        return None
    for satu in semua:
        if satu.slug == slug:
            return satu.pk
    raise TidakSah("Pilih Kanwil dari daftar.")


__all__ = [
    "Pemindahan",
    "bebaskan",
    "cabut_pembebasan",
    "dampak_libur",
    "dampak_pemindahan",
    "hapus_libur",
    "kanwil_dari",
    "mengenai",
    "pindahkan_tenggat",
    "tambah_libur",
]
