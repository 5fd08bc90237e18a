"""Kinds of rows about people and money: who takes part, partners, certificates, payments."""

from __future__ import annotations

from pangan import lengkapi, periksa_orang
from pangan.jenis_hasil import RUPIAH_MAKS
from pangan.models import Mitra, Penempatan, Sertifikat, Setoran, Tenaga
from pangan.pilihan import kolom_klaster
from pelaporan.register.jenis import JenisBaris, daftarkan
from pelaporan.register.kolom import Kolom
from wbp.bidang import kolom_warga

ORANG_MAKS = 10_000

TENAGA = daftarkan(
    JenisBaris(
        "tenaga",
        "pangan",
        Tenaga,
        "Jumlah orang",
        "Jumlah orang",
        (
            Kolom(
                "jenis",
                "Siapa",
                "pilihan",
                wajib=True,
                pilihan=dict(Tenaga.Jenis.choices),
                contoh="Warga binaan",
                sinonim=("jenis", "jenis tenaga", "kategori"),
            ),
            kolom_klaster(wajib=False, bantuan="Kosongkan untuk jumlah seluruhnya, tiap orang dihitung satu kali."),
            Kolom(
                "dari",
                "Berlaku sejak",
                "tanggal",
                wajib=True,
                contoh="1 Januari 2026",
                sinonim=("tanggal", "sejak", "tmt", "mulai"),
            ),
            Kolom(
                "orang",
                "Jumlah",
                "bulat",
                wajib=True,
                maks=ORANG_MAKS,
                satuan="orang",
                contoh="12",
                bantuan="Berlaku sampai ada catatan berikutnya. 0 bila tidak ada lagi.",
                sinonim=("jumlah", "jumlah orang", "jumlah wbp", "wbp", "banyaknya"),
            ),
        ),
        periksa_orang.periksa_tenaga,
        kunci_alami=("jenis", "klaster", "dari"),
        urut=("-dari", "jenis", "klaster"),
        periksa_hapus=periksa_orang.hapus_tenaga,
        penjelasan=(
            "Banyak warga binaan dan petugas yang terlibat. Tidak dipakai untuk warga binaan bila penempatannya "
            "dicatat dengan nomor register."
        ),
    )
)

PENEMPATAN = daftarkan(
    JenisBaris(
        "penempatan",
        "pangan",
        Penempatan,
        "Penempatan",
        "Penempatan warga binaan",
        (
            kolom_warga(),
            kolom_klaster(),
            Kolom("dari", "Sejak", "tanggal", wajib=True, contoh="1 Januari 2026", sinonim=("mulai", "tmt")),
            Kolom(
                "sampai",
                "Sampai",
                "tanggal",
                bantuan="Kosongkan selama masih bekerja.",
                contoh="31 Maret 2026",
                sinonim=("selesai", "berakhir"),
            ),
        ),
        periksa_orang.periksa_penempatan,
        kunci_alami=("wbp_id", "klaster", "dari"),
        urut=("-dari",),
        lengkapi=lengkapi.penempatan,
        penjelasan="Warga binaan yang bekerja, seorang demi seorang. Nomor register tidak disimpan.",
        pribadi=True,
    )
)

SETORAN = daftarkan(
    JenisBaris(
        "setoran",
        "pangan",
        Setoran,
        "Setoran",
        "Setoran dan premi",
        (
            Kolom(
                "jenis",
                "Jenis",
                "pilihan",
                wajib=True,
                pilihan=dict(Setoran.Jenis.choices),
                contoh="PNBP",
                sinonim=("jenis setoran", "uraian"),
            ),
            Kolom(
                "tanggal",
                "Tanggal",
                "tanggal",
                wajib=True,
                contoh="31 Januari 2026",
                sinonim=("tgl", "tanggal setor", "tanggal bayar"),
            ),
            Kolom(
                "nilai",
                "Nilai",
                "rupiah",
                dijumlahkan=True,
                wajib=True,
                min=1,
                maks=RUPIAH_MAKS,
                contoh="480000",
                sinonim=("jumlah", "nominal", "jumlah (rp)", "rupiah", "nilai (rp)"),
            ),
            Kolom(
                "nomor",
                "Nomor bukti",
                "teks",
                maks=60,
                contoh="NTPN 1A2B3C4D5E6F7G8H",
                bantuan="NTPN untuk PNBP, nomor daftar pembayaran untuk premi.",
                sinonim=("ntpn", "no bukti", "nomor ntpn", "bukti setor"),
            ),
            Kolom("catatan", "Catatan", "teks", maks=200, sinonim=("keterangan", "ket")),
        ),
        periksa_orang.periksa_setoran,
        kunci_alami=("jenis", "tanggal", "nomor"),
        urut=("-tanggal",),
        kolom_daftar=("tanggal", "jenis", "nilai", "nomor"),
        penjelasan="PNBP yang disetor ke kas negara dan premi yang dibayarkan kepada warga binaan.",
    )
)

SERTIFIKAT = daftarkan(
    JenisBaris(
        "sertifikat",
        "pangan",
        Sertifikat,
        "Sertifikat",
        "Sertifikat pelatihan",
        (
            Kolom(
                "pelatihan",
                "Pelatihan",
                "teks",
                wajib=True,
                maks=100,
                contoh="Budi daya bioflok",
                sinonim=("nama pelatihan", "jenis pelatihan", "kegiatan"),
            ),
            Kolom(
                "penyelenggara",
                "Penyelenggara",
                "teks",
                wajib=True,
                maks=100,
                contoh="Dinas Perikanan",
                sinonim=("lembaga", "instansi", "pelaksana"),
            ),
            Kolom(
                "tanggal",
                "Tanggal sertifikat",
                "tanggal",
                wajib=True,
                contoh="20 Januari 2026",
                sinonim=("tanggal", "tgl", "tanggal terbit"),
            ),
            Kolom(
                "orang",
                "Penerima",
                "bulat",
                dijumlahkan=True,
                wajib=True,
                min=1,
                maks=ORANG_MAKS,
                satuan="orang",
                contoh="10",
                sinonim=("jumlah", "jumlah peserta", "peserta", "jumlah orang", "jumlah wbp"),
            ),
        ),
        periksa_orang.periksa_sertifikat,
        kunci_alami=("pelatihan", "tanggal"),
        urut=("-tanggal",),
        penjelasan="Pelatihan pangan yang berakhir dengan sertifikat bagi warga binaan.",
    )
)

MITRA = daftarkan(
    JenisBaris(
        "mitra",
        "pangan",
        Mitra,
        "Mitra",
        "Mitra",
        (
            Kolom(
                "nama",
                "Nama",
                "teks",
                wajib=True,
                maks=80,
                contoh="Dinas Pertanian Kota Ambon",
                sinonim=("nama mitra", "mitra", "instansi", "pihak"),
            ),
            Kolom(
                "jenis",
                "Jenis",
                "pilihan",
                wajib=True,
                pilihan=dict(Mitra.Jenis.choices),
                contoh="Dinas atau pemerintah daerah",
                sinonim=("jenis mitra", "kategori"),
            ),
            Kolom(
                "lingkup",
                "Lingkup kerja sama",
                "teks",
                maks=200,
                contoh="Penyuluhan dan bibit",
                sinonim=("bentuk kerja sama", "kerja sama", "uraian", "keterangan"),
            ),
            Kolom(
                "dari",
                "Sejak",
                "tanggal",
                wajib=True,
                contoh="1 Januari 2026",
                sinonim=("mulai", "tanggal mulai", "tmt"),
            ),
            Kolom(
                "sampai",
                "Sampai",
                "tanggal",
                bantuan="Kosongkan bila belum ada batasnya.",
                contoh="31 Desember 2026",
                sinonim=("selesai", "berakhir", "berlaku sampai"),
            ),
        ),
        periksa_orang.periksa_mitra,
        kunci_alami=("nama",),
        urut=("nama",),
        penjelasan="Dinas, kelompok tani, kampus, atau perusahaan yang bekerja sama dalam kegiatan pangan.",
    )
)
