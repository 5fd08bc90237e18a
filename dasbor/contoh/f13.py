"""F13 Zona Integritas dan kepatuhan: a stable picture, audits in some months, discipline that closes at once."""

from __future__ import annotations

from datetime import timedelta

from dasbor.contoh.bentuk import Isi, Semua
from dasbor.contoh.f17 import pegawai
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, pecahan, pilih
from pemasyarakatan.inti.waktu import Bulan

_STATUS = (("belum", 12), ("dicanangkan", 60), ("diusulkan", 16), ("wbk", 10), ("wbbm", 2))
_AREA = ("perubahan", "tatalaksana", "sdm", "akuntabilitas", "pengawasan", "layanan")
_NIHIL = (
    "hukuman_sedang_orang", "hukuman_berat_orang", "hukuman_narkoba", "tidak_terbukti", "periksa_berjalan",
    "gratifikasi", "intervensi",
)  # fmt: skip
_BIDANG = (("pengamanan", 45), ("pelayanan", 15), ("pembinaan", 15), ("kesehatan", 15), ("keuangan", 10))


def isi_f13(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    kode, orang = p.unit.kode, pegawai(p, bulan)
    status = pilih(_STATUS, kode, "zi")
    risiko, bpk = int(antara(6, 18, kode, "risiko")), int(antara(0, 4, kode, "bpk"))
    dihukum = 1 if pecahan(kode, bulan, "disiplin") < 0.05 else 0
    audit = [_audit(kode, bulan)] if pecahan(kode, bulan, "audit") < 0.25 else []
    isi: dict[str, Nilai] = {
        "status_zi": status,
        "risiko_tercatat": risiko,
        "risiko_ditangani": risiko * 3 // 4,
        "sop_berlaku": int(antara(40, 90, kode, "sop")),
        "ada_audit": bool(audit),
        "ada_disiplin": bool(dihukum),
        "lhkpn_wajib": 4,
        "lhkpn_lapor": 4,
        "lhkasn_wajib": max(orang - 4, 0),
        "lhkasn_lapor": max(orang - 4, 0) * 19 // 20,
        "tlhp_bpk_semua": bpk,
        "tlhp_bpk_selesai": bpk * 2 // 3,
        "tlhp_itjen_semua": 3,
        "tlhp_itjen_selesai": int(antara(1, 4, kode, "itjen")),
    }
    if dihukum:
        isi |= {"periksa_baru": dihukum, "hukuman_ringan_orang": dihukum, **dict.fromkeys(_NIHIL, 0)}
    if status != "belum":
        isi |= {f"lke_{area}_nilai": int(antara(62, 96, kode, area)) for area in _AREA}
    return Isi(isi, {"audit_sop": audit})


def _audit(kode: str, bulan: Bulan) -> dict[str, Nilai]:
    diuji = int(antara(4, 13, kode, bulan, "uji"))
    patuh = diuji - int(antara(0, 2.5, kode, bulan, "patuh"))
    return {
        "tanggal_audit": (bulan.awal + timedelta(days=int(antara(0, 28, kode, bulan, "hari audit")))).isoformat(),
        "pelaksana_audit": pilih((("upt", 70), ("kanwil", 25), ("itjen", 5)), kode, bulan, "pelaksana"),
        "bidang_audit": pilih(_BIDANG, kode, bulan, "bidang"),
        "diuji": diuji,
        "patuh": patuh,
        "temuan": diuji - patuh,
        "ditindak": (diuji - patuh) // 2,
        "catatan_audit": "Buku kontrol dan jadwal dilengkapi",
    }
