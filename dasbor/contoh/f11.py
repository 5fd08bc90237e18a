"""F11 Bansos dan layanan: gifts in a third of the months, visits by the number of inmates, few complaints."""

from __future__ import annotations

from decimal import Decimal

from dasbor.contoh.bentuk import BarisIsi, Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, pecahan
from pemasyarakatan.inti.waktu import Bulan

_KANAL = (("lapor", 0.25), ("pesan", 1.6), ("kotak", 0.5), ("langsung", 0.8))


def isi_f11(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    """Typed items and the gifts of the month."""
    kode, penghuni = p.unit.kode, sum(p.isi(bulan))
    bansos = [_bansos(p, bulan)] if pecahan(kode, bulan, "bansos") < 0.35 else []
    tatap, daring = (round(penghuni * b * antara(0.75, 1.25, kode, bulan, k)) for k, b in (("tm", 0.7), ("vc", 0.25)))
    isi: dict[str, Nilai] = {
        "ada_bansos": bool(bansos),
        "kunjung_tatap_muka_layanan": tatap,
        "kunjung_tatap_muka_orang": tatap * 2 - tatap // 5,
        "kunjung_daring_layanan": daring,
        "kunjung_daring_orang": daring + daring // 3,
        "titipan": round(tatap * 0.8),
    }
    isi |= _aduan(p, bulan)
    return Isi(isi | _survei(p, bulan), {"bansos": bansos} if bansos else {})


def _aduan(p: Profil, bulan: Bulan) -> dict[str, Nilai]:
    """Complaints by channel; what waits follows from the month before."""
    kode, selesai, sisa = p.unit.kode, 0, 0
    isi: dict[str, Nilai] = {}
    for kanal, banyak in _KANAL:
        beda = _sisa(p, bulan, kanal) - _sisa(p, bulan - 1, kanal)
        masuk = int(banyak * 2 * pecahan(kode, bulan, kanal, "adu")) + max(beda, 0)
        isi[f"adu_{kanal}_masuk"] = masuk
        isi[f"adu_{kanal}_selesai"] = masuk - beda
        selesai += masuk - beda
        sisa += _sisa(p, bulan, kanal)
    if not any(isi.values()) and not sisa:
        return {"ada_aduan": False}
    tepat = selesai - int(selesai > 1 and pecahan(kode, bulan, "lewat waktu") < 0.03)
    return {"ada_aduan": True, **isi, "aduan_sisa": sisa, "aduan_tepat": tepat}


def ditanya_f11(p: Profil, bulan: Bulan, isi: Isi) -> bool:
    """A complaint that was answered too late."""
    return bool(isi.nilai["ada_aduan"]) and sum(isi.angka(f"adu_{k}_selesai") for k, _ in _KANAL) != isi.angka(
        "aduan_tepat"
    )


def _sisa(p: Profil, bulan: Bulan, kanal: str) -> int:
    return int(pecahan(p.unit.kode, bulan, kanal, "sisa") * 1.15)


def _bansos(p: Profil, bulan: Bulan) -> BarisIsi:
    paket = 20 + 10 * int(pecahan(p.unit.kode, bulan, "paket") * 8)
    return {
        "tanggal": f"{bulan.kode}-{1 + int(pecahan(p.unit.kode, bulan, 'hari bansos') * 28):02}",
        "sasaran": "keluarga" if pecahan(p.unit.kode, bulan, "sasaran") < 0.6 else "masyarakat",
        "bentuk": "pangan",
        "paket": paket,
        "nilai_bantuan": paket * 10_000 * (8 + int(pecahan(p.unit.kode, bulan, "harga paket") * 10)),
        "dana": "pegawai" if pecahan(p.unit.kode, bulan, "dana") < 0.5 else "mitra",
    }


def _survei(p: Profil, bulan: Bulan) -> dict[str, Nilai]:
    """Surveys are counted at the end of a quarter."""
    if bulan.bulan % 3:
        return {"ada_survei": False}
    ikm, ipk = (330 + int(pecahan(p.unit.kode, bulan, k) * 65) for k in ("ikm", "ipk"))
    responden = 32 + int(pecahan(p.unit.kode, bulan, "responden") * 60)
    return {"ada_survei": True, "responden": responden, "ikm": _skala(ikm), "ipk": _skala(ipk)}


def _skala(ratus: int) -> Nilai:
    nilai = (Decimal(ratus) / 100).normalize()
    return int(nilai) if nilai == nilai.to_integral_value() else nilai
