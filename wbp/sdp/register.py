"""The register of a unit as an import compares with it. Names and numbers are opened here by the machine, to compare;
none of them leaves: people read names through `wbp.buka` alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from pemasyarakatan.inti.waktu import zona_dari
from upt.cakupan import Cakupan
from upt.models import UPT
from wbp import sandi
from wbp.indeks import indeks_nomor_semua
from wbp.kolom import ISI, PERILAKU
from wbp.models import DataWarga, Pemberian, SerahTerima
from wbp.sdp.remisi import Pemberian as Beri
from wbp.sdp.rencana import Orang, Register

_KOLOM = tuple(k.nama for k in (*ISI, *PERILAKU))


def register_unit(upt: UPT, cakupan: Cakupan) -> Register:
    semua = DataWarga.objects.dalam(cakupan).filter(upt=upt).select_related("warga", "kunci").order_by("pk")
    zona = zona_dari(upt.zona)
    orang = {d.warga.indeks: _orang(d, zona) for d in semua}

    def cari(baku: str) -> Orang | None:
        return next((orang[i] for i in indeks_nomor_semua(baku, upt.pk) if i in orang), None)

    jalan = SerahTerima.objects.dalam(cakupan).filter(upt=upt, status=SerahTerima.Status.MENUNGGU)
    serah = set(jalan.values_list("data_id", flat=True))  # SDP may have moved them already; here they leave by that
    ada = [o for o in orang.values() if not o.keluar and not o.musnah and o.id not in serah]
    return Register(cari, ada, _pemberian(upt, cakupan))


def _orang(d: DataWarga, zona: ZoneInfo) -> Orang:
    musnah = d.dimusnahkan_pada is not None
    nilai = {n: getattr(d, n) for n in _KOLOM}
    nama = "" if musnah else _nama(d)
    diubah = d.diubah_pada.astimezone(zona).date()
    return Orang(d.pk, d.revisi, nilai, nama, d.inisial, d.warga.ujung, d.keluar_pada is not None, musnah, diubah)


def _nama(d: DataWarga) -> str:
    amplop = sandi.Amplop(bytes(d.rahasia), bytes(d.kunci.bungkus), d.kunci.kunci)
    return sandi.buka_warga(amplop, d.pk).nama


def _pemberian(upt: UPT, cakupan: Cakupan) -> dict[int, Sequence[Beri]]:
    hasil: dict[int, list[Beri]] = defaultdict(list)
    berlaku = Pemberian.objects.dalam(cakupan).filter(upt=upt, dicabut_pada=None)
    for data_id, jenis, tanggal, bulan, hari in berlaku.values_list("data_id", "jenis", "tanggal", "bulan", "hari"):
        hasil[data_id].append(Beri(jenis, tanggal, bulan, hari))
    return dict(hasil)
