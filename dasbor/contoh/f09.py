"""F09 Kesehatan: visits, screening and treatment in proportion to the inmates; deaths are those of F02."""

from __future__ import annotations

from dasbor.contoh.bentuk import BarisIsi, Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, kumulatif, pecah, pecahan
from pemasyarakatan.inti.waktu import Bulan

_PENYAKIT = ("ispa", "kulit", "lambung", "nyeri", "hipertensi", "gigi", "diare", "diabetes")
_PENYAKIT_KUM = kumulatif((26, 20, 14, 13, 9, 8, 6, 4))
_WAFAT = ("jantung", "tb", "lain", "hiv")
_WAFAT_KUM = kumulatif((35, 20, 33, 12))
_DIOBATI = ("obat_", "tb_sembuh", "hiv_tersupresi")
# Share of inmates screened in a month, and found among these.
_SKRINING = (
    ("hiv", 0.05, 0.012),
    ("hepatitis", 0.02, 0.02),
    ("ims", 0.02, 0.02),
    ("jiwa", 0.05, 0.03),
    ("gizi", 0.12, 0.02),
)


def isi_f09(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    """Typed items and the commonest diseases."""
    kode, penghuni = p.unit.kode, sum(p.isi(bulan))
    kunjungan = round(penghuni * antara(0.45, 0.75, kode, bulan, "poli"))
    berizin = pecahan(kode, "izin klinik") < 0.55
    isi: dict[str, Nilai] = {
        "kunjungan_poli": kunjungan,
        "rawat_inap": round(penghuni * 0.004),
        "rujukan": round(penghuni * antara(0.002, 0.014, kode, bulan, "rujuk")),
        "dokter": int(pecahan(kode, "dokter") * 2.4),
        "tenaga_lain": 1 + int(pecahan(kode, "perawat") * 5),
        "ada_izin": berizin,
    }
    if berizin:
        isi |= {"izin_nomor": "CONTOH/445/KLINIK", "izin_berakhir": f"{2027 + int(pecahan(kode, 'habis') * 4)}-12-31"}
    wafat = pecah(semua["F02"].dua("mutasi_keluar_meninggal_sakit"), _WAFAT_KUM)
    isi |= _layanan(semua["F01"]) | _rehab(p, bulan, penghuni)
    sel = _skrining(p, bulan, penghuni) | _gratis(p, bulan, penghuni)
    obat = {k: n for k, n in sel.items() if k.startswith(_DIOBATI)}
    periksa = {k: n for k, n in sel.items() if k not in obat}
    for tanya, bagian in (("skrining", periksa), ("pengobatan", obat)):
        isi[f"ada_{tanya}"] = any(bagian.values())
        isi |= bagian if isi[f"ada_{tanya}"] else {}
    kasus = zip(_PENYAKIT, pecah(kunjungan * 7 // 10, _PENYAKIT_KUM), strict=True)
    penyakit: list[BarisIsi] = [{"golongan": k, "kasus": n} for k, n in kasus if n]
    sebab: list[BarisIsi] = [{"penyebab": k, "orang": n} for k, n in zip(_WAFAT, wafat, strict=True) if n]
    return Isi(isi, {k: b for k, b in (("penyakit", penyakit), ("wafat", sebab)) if b})


def ditanya_f09(p: Profil, bulan: Bulan, isi: Isi) -> bool:
    """A case of tuberculosis that is not treated yet."""
    return bool(isi.nilai["ada_pengobatan"]) and isi.angka("obat_tb_kasus") != isi.angka("obat_tb_diobati")


def _skrining(p: Profil, bulan: Bulan, penghuni: int) -> dict[str, Nilai]:
    kode = p.unit.kode
    tb = round(penghuni * antara(0.03, 0.25, kode, bulan, "tb"))
    terduga = tb // 15
    positif = min(terduga, int(pecahan(kode, bulan, "tcm") * (1 + tb / 60)))
    isi: dict[str, Nilai] = {"periksa_tb_diuji": tb, "tb_terduga": terduga, "periksa_tb_temuan": positif}
    for jenis, bagian, temu in _SKRINING:
        diuji = round(penghuni * bagian * antara(0.4, 1.6, kode, bulan, jenis))
        isi[f"periksa_{jenis}_diuji"] = diuji
        isi[f"periksa_{jenis}_temuan"] = round(diuji * temu * antara(0, 2, kode, bulan, jenis, "temu"))
    tb_kasus, hiv, jiwa = (round(penghuni * b * antara(0.5, 1.5, kode, k)) for k, b in _KASUS)
    lalai = int(tb_kasus > 2 and pecahan(kode, bulan, "belum diobati") < 0.01)
    return isi | {
        "obat_tb_kasus": tb_kasus + positif,
        "obat_tb_diobati": tb_kasus + positif - lalai,
        "tb_sembuh": round(tb_kasus / 6),
        "obat_hiv_kasus": hiv,
        "obat_hiv_diobati": hiv * 9 // 10,
        "hiv_tersupresi": hiv * 7 // 10,
        "obat_jiwa_kasus": jiwa,
        "obat_jiwa_diobati": jiwa * 8 // 10,
    }


_KASUS = (("tb kasus", 0.01), ("hiv kasus", 0.005), ("jiwa kasus", 0.008))


def _layanan(f01: Isi) -> dict[str, Nilai]:
    return {
        "lansia_dilayani": f01.dua("rinci_lansia") * 9 // 10,
        "disabilitas_dilayani": f01.dua("rinci_disabilitas"),
        "maternal_dilayani": f01.angka("rinci_hamil_menyusui_p"),
    }


def _gratis(p: Profil, bulan: Bulan, penghuni: int) -> dict[str, Nilai]:
    gratis = pecahan(p.unit.kode, bulan, "ckg") < 0.5
    return {
        "ckg_penghuni_orang": round(penghuni * antara(0.05, 0.3, p.unit.kode, bulan, "cek")) if gratis else 0,
        "ckg_petugas_orang": 10 if gratis else 0,
        "ckg_masyarakat_orang": int(pecahan(p.unit.kode, bulan, "warga") * 60) if gratis else 0,
    }


def _rehab(p: Profil, bulan: Bulan, penghuni: int) -> dict[str, Nilai]:
    """Social rehabilitation in the bigger units: what is left is last month's plus those who came."""
    ada = penghuni > 250 and (p.unit.subjenis == "NARKOTIKA" or pecahan(p.unit.kode, "rehab") < 0.3)
    if not ada:
        return {"ada_rehabilitasi": False}
    isi: dict[str, Nilai] = {"ada_rehabilitasi": True}
    isi |= {f"rehab_{j}_{k}": 0 for j in ("medis", "sosial", "pasca") for k in ("masuk", "selesai", "putus", "peserta")}
    beda = _peserta(p, bulan) - _peserta(p, bulan - 1)
    return isi | {
        "rehab_sosial_masuk": 8 + max(beda, 0),
        "rehab_sosial_selesai": 8 + max(-beda, 0),
        "rehab_sosial_peserta": _peserta(p, bulan),
    }


def _peserta(p: Profil, bulan: Bulan) -> int:
    return 20 + int(pecahan(p.unit.kode, bulan, "peserta rehab") * 20)
