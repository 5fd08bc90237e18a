"""F09 of a hospital of the prison service: patients instead of inmates, so nothing of it follows from F01 or F02."""

from __future__ import annotations

from dasbor.contoh.bentuk import BarisIsi, Isi
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, kumulatif, pecah, pecahan
from pemasyarakatan.inti.waktu import Bulan

_PENYAKIT = ("hipertensi", "lambung", "ispa", "diabetes", "kulit", "gigi")
_PENYAKIT_KUM = kumulatif((24, 20, 18, 16, 12, 10))
_KASUS = {"tb": (14, 22), "hiv": (8, 14), "jiwa": (6, 10)}


def isi_f09_rs(p: Profil, bulan: Bulan) -> Isi:
    """A hospital diagnoses and treats what units refer to it; it screens few and has no rehabilitation programme."""
    kode = p.unit.kode
    kunjungan = round(antara(520, 680, kode, bulan, "poli"))
    isi: dict[str, Nilai] = {
        "ada_skrining": True,
        "ada_pengobatan": True,
        "ada_rehabilitasi": False,
        "kunjungan_poli": kunjungan,
        "rawat_inap": round(antara(34, 52, kode, bulan, "inap")),
        "rujukan": int(antara(2, 7, kode, bulan, "rujuk")),
        "lansia_dilayani": round(antara(10, 20, kode, bulan, "lansia")),
        "disabilitas_dilayani": int(antara(0, 4, kode, bulan, "disabilitas")),
        "maternal_dilayani": int(antara(0, 3, kode, bulan, "maternal")),
        "dokter": 14,
        "tenaga_lain": 62,
        "ada_izin": True,
        "izin_nomor": "CONTOH/503/RUMAH-SAKIT",
        "izin_berakhir": "2029-12-31",
    }
    kasus = zip(_PENYAKIT, pecah(kunjungan * 6 // 10, _PENYAKIT_KUM), strict=True)
    penyakit: list[BarisIsi] = [{"golongan": k, "kasus": n} for k, n in kasus]
    return Isi(isi | _skrining(kode, bulan) | _obat(kode, bulan), {"penyakit": penyakit})


def _skrining(kode: str, bulan: Bulan) -> dict[str, Nilai]:
    tb = round(antara(40, 70, kode, bulan, "tb"))
    isi: dict[str, Nilai] = {"periksa_tb_diuji": tb, "tb_terduga": tb // 4, "periksa_tb_temuan": tb // 12}
    for jenis in ("hiv", "hepatitis", "ims", "jiwa", "gizi"):
        diuji = round(antara(15, 40, kode, bulan, jenis))
        isi |= {f"periksa_{jenis}_diuji": diuji, f"periksa_{jenis}_temuan": diuji // 15}
    return isi | {"ckg_penghuni_orang": 0, "ckg_petugas_orang": 20, "ckg_masyarakat_orang": 0}


def _obat(kode: str, bulan: Bulan) -> dict[str, Nilai]:
    """All known cases are under treatment: that is why they are in the hospital."""
    isi: dict[str, Nilai] = {}
    for jenis, (paling_sedikit, paling_banyak) in _KASUS.items():
        kasus = round(antara(paling_sedikit, paling_banyak, kode, bulan, jenis, "obat"))
        isi |= {f"obat_{jenis}_kasus": kasus, f"obat_{jenis}_diobati": kasus}
    sembuh = 1 + int(pecahan(kode, bulan, "sembuh") * 3)
    hiv = isi["obat_hiv_diobati"]
    return isi | {"tb_sembuh": sembuh, "hiv_tersupresi": int(str(hiv)) * 8 // 10}
