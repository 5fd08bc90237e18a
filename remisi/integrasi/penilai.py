"""What the rules say of a case of integration today, and what carrying it out changes in the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import hari_ini
from remisi.calon.syarat import N
from remisi.integrasi.baca import Satu, baca_data
from remisi.integrasi.kalender import Pemilih
from remisi.integrasi.services import tutup_litmas
from remisi.integrasi.syarat import Hasil, nilai
from remisi.ketentuan import Himpunan
from remisi.models import Kandidat, Usulan
from remisi.selectors_aturan import himpunan
from remisi.usulan import akibat, penilai
from remisi.usulan.alur import Aksi
from remisi.usulan.penilai import Penilaian
from remisi.usulan.penilai_remisi import syarat_json
from upt.cakupan import Cakupan
from wbp.services_program import Putusan, catat_cmk, mulai_program

CMK = "CMK"


def nilai_integrasi(kasus: Sequence[Usulan]) -> list[Penilaian]:
    """Each case on its planned first day, with the register as it is now."""
    aturan, kini = himpunan(), hari_ini()
    orang = baca_data({u.data_id for u in kasus})
    pilih: dict[date, Pemilih] = {}
    hasil = []
    for u in kasus:
        pemilih = pilih.setdefault(u.tanggal, Pemilih(aturan, u.tanggal))
        satu = orang.get(u.data_id)
        ini = nilai(satu.orang, satu.masa, satu.riwayat, u.jenis, u.tanggal, kini, pemilih) if satu else None
        hasil.append(_penilaian(satu, ini, aturan, kini) if satu and ini else _tidak_berlaku(aturan, kini))
    return hasil


def _penilaian(satu: Satu, hasil: Hasil, aturan: Himpunan, kini: date) -> Penilaian:
    return Penilaian(
        keadaan=hasil.keadaan,
        sampai=hasil.jalan.sampai_dari(hasil.hari),
        halangan=tuple(_kalimat(s.bukti, s.pembenah) for s in hasil.alasan),
        dasar=_dasar(aturan, kini)
        | {
            "syarat": [syarat_json(s) for s in hasil.syarat if s.keadaan != N],
            "tanggal": tanggal_json(satu, hasil),
        },
    )


def tanggal_json(satu: Satu, hasil: Hasil) -> dict[str, str | None]:
    """The dates as a case freezes them."""
    masa = satu.masa
    semua = {
        "setengah": masa.setengah,
        "dua_pertiga": masa.dua_pertiga,
        "ekspirasi_awal": masa.ekspirasi_awal,
        "ekspirasi": masa.ekspirasi,
        "mulai": hasil.jalan.mulai,
        "sampai": hasil.jalan.sampai_dari(hasil.hari),
    }
    return {nama: hari.isoformat() if hari else None for nama, hari in semua.items()}


def _kalimat(bukti: str, pembenah: str) -> str:
    bukti = bukti.rstrip(".")
    return f"{bukti} (dibenahi {pembenah})" if pembenah else bukti


def _dasar(aturan: Himpunan, kini: date) -> dict[str, Any]:
    return {"pada": kini.isoformat(), "sidik_aturan": aturan.sidik, "syarat": []}


def _tidak_berlaku(aturan: Himpunan, kini: date) -> Penilaian:
    """A person who left, or for whom there is no such programme (any more)."""
    sebab = "orang ini tidak lagi di unit, atau program ini tidak ada baginya"
    return Penilaian(Kandidat.Keadaan.TIDAK, halangan=(sebab,), dasar=_dasar(aturan, kini))


def _mulai(kasus: Sequence[Usulan], oleh: Pengguna, cakupan: Cakupan) -> None:
    """A programme that was carried out is what the person serves from now on, until a revocation
    (`remisi.usulan.akibat`). Leave to visit the family was noted when it was decreed."""
    putusan = _putusan(u for u in kasus if u.jenis != CMK)
    if putusan:
        mulai_program(putusan=putusan, oleh=oleh)


def _terbit(kasus: Sequence[Usulan], oleh: Pengguna, cakupan: Cakupan) -> None:
    """A decree: the Litmas is waited for no longer, leave to visit the family is the person's last one."""
    tutup_litmas(kasus, oleh, cakupan)
    putusan = _putusan(u for u in kasus if u.jenis == CMK)
    if putusan:
        catat_cmk(putusan=putusan, oleh=oleh)


def _putusan(kasus: Iterable[Usulan]) -> list[Putusan]:
    return [Putusan(u.data_id, u.jenis, hari) for u in kasus if (hari := akibat.hari_berlaku(u)) is not None]


def daftarkan() -> None:
    penilai.daftarkan(Usulan.Rumpun.INTEGRASI, "remisi.integrasi.penilai.nilai_integrasi")
    akibat.daftarkan(Usulan.Rumpun.INTEGRASI, Aksi.LAKSANAKAN, _mulai)
    akibat.daftarkan(Usulan.Rumpun.INTEGRASI, Aksi.TERBITKAN, _terbit)
    for aksi in (Aksi.TOLAK, Aksi.TARIK):
        akibat.daftarkan(Usulan.Rumpun.INTEGRASI, aksi, tutup_litmas)
