"""F03 Hak bersyarat: decisions carry the releases of F02; remission falls on 17 August and Christmas."""

from __future__ import annotations

from dasbor.contoh.bentuk import Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, kumulatif, pecah, pecahan
from pemasyarakatan.inti.waktu import Bulan

_INTEGRASI = ("pb", "cb", "cmb", "asimilasi", "cmk")
_USUL_REMISI = ("ru", "rk", "lain", "pmp")
_TAHAP = ("diusulkan", "disetujui", "ditolak", "dikembalikan", "menunggu")
_UMUM_I = kumulatif((16, 21, 29, 18, 13, 3))  # per cent of RU I by 1 to 6 months, as published for 2021
_UMUM_II = kumulatif((13, 15, 27, 25, 19, 1))
_KHUSUS = kumulatif((19, 69, 9, 3))
_BESAR_KHUSUS = ("h15", "b1", "b1h15", "b2")
_BULAN = tuple(f"b{n}" for n in range(1, 7))
# Which question opens which cells.
_TABEL = {
    "ada_remisi_umum": [f"rumum_{b}_{k}" for b in ("ru1", "ru2") for k in _BULAN],
    "ada_remisi_khusus": [f"rkhusus_{b}_{k}" for b in ("rk1", "rk2") for k in _BESAR_KHUSUS],
    "ada_remisi_lain": [f"rlain_{b}_{k}" for b in ("rt", "rd", "rkm", "pmpd") for k in ("i", "ii")],
    "ada_pmp": [
        *(f"pmpumum_{b}_{k}" for b in ("pmp1", "pmp2") for k in _BULAN),
        *(f"pmpkhusus_{b}_{k}" for b in ("pmp1", "pmp2") for k in _BESAR_KHUSUS),
    ],
}
_GOLONGAN = ("umum", "narkotika", "korupsi", "terorisme", "khusus_lain")


def isi_f03(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    """Proposals of every month; remission only in the months in which it is given."""
    pidana = sum(semua["F01"].dua(f"reg_narapidana_{k}") for k in ("bi", "biia", "biib", "biii"))
    binaan = semua["F01"].dua("reg_anak_binaan")
    isi = _integrasi(p, bulan, semua["F02"], pidana + binaan)
    bebas = semua["F02"].dua("mutasi_keluar_bebas_remisi")
    umum = _umum(p, bulan, pidana, binaan, bebas)
    natal = _penerima_natal(p)
    isi |= _usul_remisi(bulan, sum(int(str(n)) for n in umum.values()), natal)
    beri = umum or (_natal(natal) if bulan.bulan == 12 else {}) or _tambahan(bebas)
    if bulan.bulan == 12 and bebas:
        beri |= _tambahan(bebas)
    isi["ada_remisi"] = any(beri.values())
    if isi["ada_remisi"]:
        isi |= _pemberian(beri) | _penerima(semua["F01"], beri)
    return Isi(isi)


def _pemberian(beri: dict[str, Nilai]) -> dict[str, Nilai]:
    """Only the tables in which something was given are open."""
    isi: dict[str, Nilai] = {}
    for tanya, sel in _TABEL.items():
        isi[tanya] = any(beri.get(k) for k in sel)
        if isi[tanya]:
            isi |= {k: beri.get(k, 0) for k in sel}
    if isi["ada_remisi_lain"]:
        isi["hari_lain"] = 30 * int(str(beri["rlain_rt_ii"]))
    return isi


def _integrasi(p: Profil, bulan: Bulan, f02: Isi, napi: int) -> dict[str, Nilai]:
    """Proposals of all kinds; closed by one answer where nothing was proposed, decided or waits."""
    isi: dict[str, Nilai] = {}
    for jenis in _INTEGRASI:
        _usul(isi, p, bulan, jenis, f02.dua(f"mutasi_keluar_{jenis}"), napi)
    if not any(isi.values()):
        return {"ada_usul_integrasi": False}
    setuju = sum(int(str(isi[f"usul_{k}_disetujui"])) for k in _INTEGRASI)
    siap = round(napi * antara(0.02, 0.06, p.unit.kode, bulan, "siap integrasi"))
    return {"ada_usul_integrasi": True, **isi, "syarat_integrasi": setuju + min(siap, max(napi - setuju, 0))}


def _usul(isi: dict[str, Nilai], p: Profil, bulan: Bulan, jenis: str, keluar: int, napi: int) -> None:
    """One kind of proposal: the stock that waits is last month's plus what came in, less what was decided."""
    kode = p.unit.kode
    setuju = keluar if jenis != "cmk" else int(2 * pecahan(kode, bulan, "cmk")) if napi > 20 else 0
    beda = _menunggu(p, bulan, jenis, napi) - _menunggu(p, bulan - 1, jenis, napi)
    kembali = int(1.2 * pecahan(kode, bulan, jenis, "kembali")) if setuju else 0
    kembali = max(kembali, -(setuju + beda))
    usul = setuju + kembali + beda
    nilai = (usul, setuju, 0, kembali, _menunggu(p, bulan, jenis, napi))
    isi |= {f"usul_{jenis}_{tahap}": n for tahap, n in zip(_TAHAP, nilai, strict=True)}
    if jenis != "cmk":
        isi[f"usul_{jenis}_belum"] = (
            int(3 * pecahan(kode, jenis, "belum")) if napi > 60 and jenis in ("pb", "cb") else 0
        )


def _menunggu(p: Profil, bulan: Bulan, jenis: str, napi: int) -> int:
    banyak = {"pb": 0.03, "cb": 0.014}.get(jenis, 0)
    return round(p.isi_dasar * (1 - p.tahanan) * banyak * antara(0.8, 1.2, p.unit.kode, bulan, jenis, "tunggu"))


def _penerima_natal(p: Profil) -> int:
    return 0 if p.unit.jenis == "LPKA" else round(p.isi_dasar * (1 - min(p.tahanan, 0.95)) * 0.06)


def _usul_remisi(bulan: Bulan, umum: int, natal: int) -> dict[str, Nilai]:
    """RU is decided in August; Christmas remission is proposed in October and decided in December."""
    ada = bool(umum) or (natal > 0 and bulan.bulan in (10, 11, 12))
    if not ada:
        return {"ada_usul_remisi": False}
    isi: dict[str, Nilai] = {f"usulr_{k}_{tahap}": 0 for k in _USUL_REMISI for tahap in _TAHAP}
    if umum:
        isi |= {"syarat_remisi": umum + umum // 30, "usulr_ru_disetujui": umum}
    else:
        usul, setuju, tunggu = {10: (natal, 0, natal), 11: (0, 0, natal)}.get(bulan.bulan, (0, natal, 0))
        isi |= {"syarat_remisi": natal + natal // 30, "usulr_rk_diusulkan": usul}
        isi |= {"usulr_rk_disetujui": setuju, "usulr_rk_menunggu": tunggu}
    return {"ada_usul_remisi": True, **isi}


def _umum(p: Profil, bulan: Bulan, pidana: int, binaan: int, bebas: int) -> dict[str, Nilai]:
    """17 August: about seven in ten of the sentenced; those released are the releases of F02."""
    if bulan.bulan != 8:
        return {}
    bagian = antara(0.62, 0.8, p.unit.kode, bulan.tahun, "remisi")
    baris = {
        "rumum_ru1": pecah(round(pidana * bagian), _UMUM_I),
        "rumum_ru2": pecah(0 if p.unit.jenis == "LPKA" else bebas, _UMUM_II),
        "pmpumum_pmp1": pecah(round(binaan * bagian), _UMUM_I),
        "pmpumum_pmp2": pecah(bebas if p.unit.jenis == "LPKA" else 0, _UMUM_II),
    }
    return {f"{b}_b{n}": x for b, isi in baris.items() for n, x in enumerate(isi, 1)}


def _natal(natal: int) -> dict[str, Nilai]:
    return {f"rkhusus_rk1_{k}": n for k, n in zip(_BESAR_KHUSUS, pecah(natal, _KHUSUS), strict=True)}


def _tambahan(bebas: int) -> dict[str, Nilai]:
    """In other months a release through remission comes from an additional one."""
    return {"rlain_rt_ii": bebas} if bebas else {}


def _penerima(f01: Isi, beri: dict[str, Nilai]) -> dict[str, Nilai]:
    """Recipients by offence and sex, as the inmates are composed. Nobody received two here."""
    bobot = {
        "narkotika": ("narkotika_pengedar", "narkotika_pengguna"),
        "korupsi": ("korupsi",),
        "terorisme": ("terorisme",),
        "khusus_lain": ("tppu", "tppo", "hutan_ikan"),
        "umum": ("pencurian", "perlindungan_anak", "pembunuhan", "penipuan", "lainnya"),
    }
    sel = [(g, k) for g in _GOLONGAN for k in "lp"]
    kum = kumulatif([sum(f01.angka(f"perkara_{x}_{k}") for x in bobot[g]) for g, k in sel])
    bagian = pecah(sum(int(str(n)) for n in beri.values()), kum)
    return {f"terima_{g}_{k}": n for (g, k), n in zip(sel, bagian, strict=True)}
