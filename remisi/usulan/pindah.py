"""What happens to cases when something under them moves: a person to another unit, an occasion to another day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.inti.waktu import sekarang, tulis_tanggal
from remisi.models import (
    DokumenUsulan,
    JawabanLitmas,
    Kesempatan,
    LangkahUsulan,
    Litmas,
    PemberitahuanTahanan,
    Usulan,
)
from remisi.usulan import alur, langkah
from remisi.usulan.batas import Penghitung, tepat
from upt.models import UPT
from wbp.models import DataWarga


def orang_pindah(data: DataWarga, dari_upt: UPT, ke_upt: UPT, tanggal: date) -> None:
    """Cases that are not decided follow a person who was handed over, in the transaction of the handing over.

    They keep their state; whoever holds them in the new place gets the whole limit. What the old unit did stays in
    its own steps. Runs in the scope of the system (`wbp.serah`); who received the person wrote the register's row last.
    """
    PemberitahuanTahanan.objects.filter(data=data).update(upt=ke_upt, kanwil=ke_upt.kanwil)
    if kasus := _terbuka(data, dari_upt):
        _bawa(kasus, dari_upt, ke_upt, data.diubah_oleh, f"Pindah dari {dari_upt.nama}, {tulis_tanggal(tanggal)}.")


def orang_digabung(lama: DataWarga, ada: DataWarga, dari_upt: UPT, ke_upt: UPT, tanggal: date) -> None:
    """The same for a person whom the receiving unit had noted itself: cases and notices go on under its row.

    Raises Bentrok while both units have proposed the same: nobody can tell which of the two is meant.
    """
    kasus = _terbuka(lama, dari_upt)
    hidup = Usulan.objects.filter(data=ada).exclude(status__in=alur.GUGUR)
    hidup = hidup.exclude(rumpun=Usulan.Rumpun.INTEGRASI, status__in=alur.AKHIR)
    if {(u.kesempatan_id, u.jenis) for u in kasus} & set(hidup.values_list("kesempatan_id", "jenis")):
        raise Bentrok(
            "Kedua unit sudah menyusun usulan yang sama untuk orang ini. Tarik usulan unit Anda, atau minta unit "
            "pengirim menarik miliknya, lalu terima lagi."
        )
    sudah = set(PemberitahuanTahanan.objects.filter(data=ada).values_list("habis_tahan", "hari"))
    for satu in PemberitahuanTahanan.objects.filter(data=lama):
        if (satu.habis_tahan, satu.hari) not in sudah:
            satu.data, satu.upt, satu.kanwil = ada, ke_upt, ke_upt.kanwil
            satu.save(update_fields=["data", "upt", "kanwil"])
    for u in kasus:
        u.data = ada
    if kasus:
        _bawa(kasus, dari_upt, ke_upt, ada.diubah_oleh, f"Pindah dari {dari_upt.nama}, {tulis_tanggal(tanggal)}.")


def orang_dimusnahkan(data: Sequence[int]) -> None:
    """Reasons and letter numbers of their cases are blanked with name and number; what was decided stays."""
    kasus = Usulan.objects.filter(data__in=data).values("pk")
    LangkahUsulan.objects.filter(usulan__in=kasus).exclude(alasan="").update(alasan="")
    Litmas.objects.filter(usulan__in=kasus).update(surat="", nomor="")
    JawabanLitmas.objects.filter(litmas__usulan__in=kasus).update(nomor="")


def _terbuka(data: DataWarga, upt: UPT) -> list[Usulan]:
    buka = Usulan.objects.filter(data=data, upt=upt, status__in=alur.TERBUKA)
    return list(buka.select_related("upt", "kanwil", "kesempatan").order_by("pk").select_for_update(of=("self",)))


def _bawa(kasus: list[Usulan], dari_upt: UPT, ke_upt: UPT, oleh: Pengguna, alasan: str) -> None:
    hitung, pada, langkahnya = Penghitung(), sekarang(), []
    for u in kasus:
        lama, tepat_waktu = u.tenggat, tepat(u)
        u.upt, u.kanwil, u.revisi, u.diubah_pada = ke_upt, ke_upt.kanwil, u.revisi + 1, pada
        u.tenggat = hitung.jatuh(_batas(u), alur.Status(u.status), u)
        # One row a unit: the one that lets go counts the case out of its hands, the other one into its own.
        langkahnya += [
            LangkahUsulan(
                usulan=u, jenis=u.jenis, upt=unit, kanwil_id=unit.kanwil_id, dari=u.status, ke=u.status,
                revisi=u.revisi, alasan=alasan, tenggat=lama, tepat=tepat_waktu, oleh=oleh, pada=pada,
            )
            for unit in (dari_upt, ke_upt)
        ]  # fmt: skip
    langkah.tulis(kasus, ("tenggat", "upt_id", "kanwil_id", "data_id"))
    LangkahUsulan.objects.bulk_create(langkahnya)
    for ikut in (DokumenUsulan, Litmas):
        ikut.objects.filter(usulan__in=kasus).update(upt=ke_upt, kanwil=ke_upt.kanwil)
    langkah.catat_unit(alur.Aksi.PINDAHKAN, kasus, oleh)


_BATAS = {b.ke: b.batas for b in alur.TABEL if b.batas}


def _batas(u: Usulan) -> alur.Batas | None:
    """The limit that runs: that of the state, or of corrections where it went on through another hearing."""
    return _BATAS.get(alur.Status(u.status)) or (alur.Batas.PERBAIKAN if u.tenggat else None)


def kesempatan_pindah(kesempatan: Kesempatan, dulu: date) -> None:
    """Cases that wait follow their occasion to its new day; a page that still shows the old one is told so."""
    if kesempatan.tanggal == dulu:
        return
    buka = Usulan.objects.filter(kesempatan=kesempatan, status__in=alur.TERBUKA).exclude(tanggal=kesempatan.tanggal)
    buka.update(tanggal=kesempatan.tanggal, diubah_pada=sekarang())
