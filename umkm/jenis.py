"""The kinds of rows of this register: their columns, and what completes, checks and follows each of them."""

from __future__ import annotations

from pelaporan.register.jenis import JenisBaris, Register, daftarkan, daftarkan_register
from pelaporan.register.kolom import Kolom
from umkm import aturan, bidang, lengkap, periksa, pilihan, ringkas, rujukan
from umkm.katalog import proyeksi
from umkm.models import (
    BagiHasil,
    FotoProduk,
    Golongan,
    Harga,
    Kanal,
    Legalitas,
    Mitra,
    Pekerja,
    Penjualan,
    Persediaan,
    Pesanan,
    PesertaPameran,
    Produk,
    Tenaga,
)
from wbp.bidang import kolom_warga

KODE = "umkm"
REGISTER = daftarkan_register(Register(KODE, "UMKM", ringkas.segarkan))
JUMLAH_MAKS = 10_000_000
RUPIAH_MAKS = aturan.RUPIAH_MAKS

_PRODUK = Kolom(
    "produk_id", "Produk", "rujukan", wajib=True, rujuk=rujukan.produk, contoh="Keripik pisang",
    sinonim=("produk", "nama produk", "nama barang"),
)  # fmt: skip
_CATATAN = Kolom("catatan", "Catatan", "teks", maks=200, sinonim=("keterangan",), contoh="")


def _jumlah(bantuan: str) -> Kolom:
    return Kolom(
        "jumlah",
        "Jumlah",
        "bulat",
        wajib=True,
        min=1,
        maks=JUMLAH_MAKS,
        bantuan=bantuan,
        contoh="120",
        sinonim=("banyak", "banyaknya", "qty", "kuantitas", "volume"),
    )


def _nilai(label: str, sinonim: tuple[str, ...]) -> Kolom:
    return Kolom(
        "nilai", label, "rupiah", min=1, maks=RUPIAH_MAKS, contoh="1800000", sinonim=sinonim, dijumlahkan=True,
        bantuan="Jumlah seluruhnya, bukan harga satuan. Kosongkan bila sesuai daftar harga.",
    )  # fmt: skip


# ---------------------------------------------------------------- products

PRODUK = daftarkan(
    JenisBaris(
        "produk", KODE, Produk, "Produk", "Produk",
        kolom=(
            Kolom(
                "nama", "Nama produk", "teks", wajib=True, maks=80, contoh="Keripik pisang",
                bantuan="Nama barang atau jasanya, bukan nama pembuatnya.", sinonim=("produk", "nama", "nama barang"),
            ),
            Kolom(
                "golongan", "Golongan", "pilihan", wajib=True, pilihan=dict(Golongan.choices), contoh="Makanan",
                sinonim=("kategori", "jenis", "jenis produk"), tafsir=pilihan.penafsir(pilihan.GOLONGAN),
            ),
            Kolom(
                "ukuran", "Satuan hitung", "teks", wajib=True, maks=20, contoh="bungkus",
                bantuan="Satu buah produk ini disebut apa: bungkus, botol, lembar, buah.",
                sinonim=("ukuran", "satuan", "unit"),
            ),
            Kolom(
                "deskripsi", "Cerita produk", "paragraf", maks=1000, contoh="Renyah, dari pisang kepok kebun sendiri.",
                bantuan="Bahan, cara membuat, keunggulannya. Tanpa nama dan perkara warga binaan.",
                sinonim=("deskripsi", "keterangan", "uraian"),
            ),
            Kolom(
                "kapasitas", "Kemampuan produksi sebulan", "bulat", maks=JUMLAH_MAKS, contoh="500",
                bantuan="Paling banyak yang dapat dibuat dalam sebulan, dalam satuan hitung.",
                sinonim=("kapasitas", "kapasitas produksi", "kapasitas per bulan"),
            ),
            Kolom(
                "status", "Ketersediaan", "pilihan", pilihan=dict(Produk.Status.choices), contoh="Tersedia",
                bantuan="Kosong berarti tersedia.", sinonim=("status",),
            ),
            Kolom(
                "mulai", "Dibuat sejak", "tanggal", wajib=True, contoh="1/3/2024",
                bantuan="Bila tidak ingat, tanggal satu bulan pertama yang diketahui.",
                sinonim=("mulai", "mulai produksi", "sejak"), khusus=bidang.hari_atau_bulan,
            ),
            Kolom(
                "berhenti", "Terakhir dibuat atau dijual", "tanggal", sinonim=("berhenti", "berhenti produksi"),
                bantuan="Diisi hanya bila produk ini berhenti dibuat.",
            ),
            Kolom("merek", "Merek", "teks", maks=60, contoh="Jaya Mandiri", sinonim=("brand", "merk", "nama merek")),
            Kolom("label_pada", "Berlabel sejak", "tanggal", sinonim=("label",)),
            Kolom("kemasan_pada", "Kemasan layak sejak", "tanggal", sinonim=("kemasan",)),
            Kolom("merek_pada", "Bermerek sejak", "tanggal", sinonim=("tanggal merek",)),
            Kolom(
                "tampil", "Tampilkan di katalog", "ya_tidak", khusus=bidang.ya_kecuali, sinonim=("tampil", "katalog"),
                bantuan="Katalog dibaca semua pegawai yang masuk portal, tanpa data warga binaan.",
            ),
        ),
        periksa=periksa.produk, lengkapi=lengkap.produk, periksa_hapus=periksa.hapus_produk, sesudah=proyeksi.produk,
        kunci_alami=("nama",), urut=("nama",), kolom_daftar=("nama", "golongan", "ukuran", "status", "mulai"),
        penjelasan="Satu baris untuk setiap produk. Harga, foto, izin, dan penjualannya dicatat pada produk ini.",
        halaman="umkm:produk",
        lanjutan=("status", "berhenti", "merek", "label_pada", "kemasan_pada", "merek_pada", "tampil"),
    )
)  # fmt: skip

FOTO = daftarkan(
    JenisBaris(
        "foto", KODE, FotoProduk, "Foto produk", "Foto produk",
        kolom=(
            _PRODUK,
            Kolom("urutan", "Urutan", "bulat", min=1, maks=99, contoh="1", bantuan="Foto pertama tampil di katalog."),
            Kolom(
                "keterangan", "Keterangan foto", "teks", wajib=True, maks=120, contoh="Keripik pisang dalam kemasan",
                bantuan="Dibacakan bagi yang tidak dapat melihat foto.",
            ),
        ),
        periksa=periksa.foto, lengkapi=lengkap.foto, sesudah=proyeksi.baris,
        kunci_alami=("produk_id", "urutan"), urut=("produk_id", "urutan"),
        penjelasan="Foto ditambahkan dari halaman produk; di sini urutan dan keterangannya dapat diperbaiki.",
        tanpa_berkas="Foto ditambahkan dari halaman produknya, bukan dari berkas daftar.", dibuat_di="umkm:unit",
    )
)  # fmt: skip

HARGA = daftarkan(
    JenisBaris(
        "harga", KODE, Harga, "Harga", "Daftar harga",
        kolom=(
            _PRODUK,
            Kolom(
                "dari", "Berlaku sejak", "tanggal", wajib=True, contoh="1/3/2024",
                sinonim=("sejak", "tanggal", "mulai"),
            ),
            Kolom(
                "harga", "Harga satuan", "rupiah", wajib=True, min=1, maks=RUPIAH_MAKS, contoh="15000",
                bantuan="Harga satu satuan hitung produk ini.", sinonim=("harga", "harga jual"),
            ),
        ),
        periksa=periksa.harga, sesudah=proyeksi.baris,
        kunci_alami=("produk_id", "dari"), urut=("-dari",),
        penjelasan="Harga baru dicatat sebagai baris baru, supaya harga lama tetap terbaca.",
    )
)  # fmt: skip

LEGALITAS = daftarkan(
    JenisBaris(
        "legalitas", KODE, Legalitas, "Legalitas", "Legalitas",
        kolom=(
            Kolom(
                "jenis", "Legalitas", "pilihan", wajib=True, pilihan=dict(Legalitas.Jenis.choices), contoh="P-IRT",
                sinonim=("jenis", "izin", "jenis izin", "sertifikat"), tafsir=pilihan.penafsir(pilihan.IZIN),
            ),
            Kolom(
                "nomor", "Nomor", "teks", wajib=True, maks=60, contoh="2068171010001-31",
                bantuan="Nomor pada surat izin atau sertifikat, bukan nomor orang.",
                sinonim=("nomor izin", "no izin", "nomor sertifikat", "no sertifikat", "nomor surat", "no surat"),
            ),
            Kolom(
                "produk_id", "Produk", "rujukan", rujuk=rujukan.produk, contoh="Keripik pisang",
                bantuan="Kosongkan bila berlaku untuk semua produk unit, misalnya NIB.",
                sinonim=("produk", "nama produk"),
            ),
            Kolom("penerbit", "Penerbit", "teks", maks=80, contoh="Dinas Kesehatan", sinonim=("instansi", "lembaga")),
            Kolom(
                "terbit", "Tanggal terbit", "tanggal", contoh="2/1/2024",
                sinonim=("terbit", "tanggal", "tgl terbit", "tanggal izin", "tgl izin"),
            ),
            Kolom(
                "berakhir", "Berlaku sampai", "tanggal", contoh="31/12/2028",
                bantuan="Kosongkan bila tanpa batas waktu.", sinonim=("berakhir", "masa berlaku", "kedaluwarsa"),
            ),
        ),
        periksa=periksa.legalitas, sesudah=proyeksi.legalitas,
        kunci_alami=("jenis", "nomor", "produk_id"), urut=("jenis", "nomor"),
        penjelasan="Izin, sertifikat, dan pendaftaran. Unit diingatkan 90, 30, dan 7 hari sebelum masanya habis.",
    )
)  # fmt: skip

# ---------------------------------------------------------------- stock and sales

PERSEDIAAN = daftarkan(
    JenisBaris(
        "persediaan", KODE, Persediaan, "Persediaan", "Produksi dan persediaan",
        kolom=(
            _PRODUK,
            Kolom("tanggal", "Tanggal", "tanggal", wajib=True, contoh="5/3/2026", sinonim=("tanggal produksi", "tgl")),
            Kolom(
                "jenis", "Yang terjadi", "pilihan", pilihan=dict(Persediaan.Jenis.choices), contoh="Dibuat",
                bantuan="Kosong berarti dibuat.", sinonim=("jenis", "mutasi", "jenis masuk"),
                khusus=bidang.dibuat_kecuali, tafsir=pilihan.penafsir(pilihan.MASUK),
            ),
            _jumlah("Dalam satuan hitung produk."),
            _CATATAN,
        ),
        periksa=periksa.persediaan, periksa_hapus=periksa.hapus_persediaan,
        kunci_alami=("produk_id", "tanggal", "jenis"), urut=("-tanggal",),
        penjelasan="Yang masuk atau keluar dari persediaan tanpa dijual. Yang terjual dicatat di Penjualan.",
    )
)  # fmt: skip

PESANAN = daftarkan(
    JenisBaris(
        "pesanan", KODE, Pesanan, "Pesanan", "Pesanan",
        kolom=(
            _PRODUK,
            Kolom("mitra_id", "Mitra pemesan", "rujukan", rujuk=rujukan.mitra, sinonim=("mitra",)),
            Kolom(
                "pemesan", "Pemesan lain", "teks", maks=80, contoh="Koperasi pegawai",
                bantuan="Bila pemesan bukan mitra. Jangan tulis nama warga binaan.", sinonim=("pemesan", "pembeli"),
            ),
            Kolom("tanggal", "Tanggal pesan", "tanggal", wajib=True, contoh="2/3/2026", sinonim=("tanggal", "tgl")),
            Kolom("jatuh_tempo", "Diminta selesai", "tanggal", contoh="20/3/2026", sinonim=("tenggat", "jatuh tempo")),
            _jumlah("Banyak yang dipesan, dalam satuan hitung produk."),
            _nilai("Nilai pesanan", ("nilai", "total", "jumlah uang")),
            Kolom(
                "status", "Keadaan", "pilihan", pilihan=dict(Pesanan.Status.choices), contoh="Dipesan",
                bantuan="Kosong berarti dipesan.", sinonim=("status",),
            ),
            _CATATAN,
        ),
        periksa=periksa.pesanan, lengkapi=lengkap.pesanan, periksa_hapus=periksa.hapus_pesanan,
        kunci_alami=("produk_id", "tanggal", "mitra_id", "pemesan"), urut=("-tanggal",),
        kolom_daftar=("tanggal", "produk_id", "mitra_id", "jumlah", "nilai", "status"),
        penjelasan="Pesanan mitra dan pembeli. Penjualan yang menyebut pesanan ini dihitung sebagai penyerahannya.",
    )
)  # fmt: skip

PENJUALAN = daftarkan(
    JenisBaris(
        "penjualan", KODE, Penjualan, "Penjualan", "Penjualan",
        kolom=(
            _PRODUK,
            Kolom("tanggal", "Tanggal", "tanggal", wajib=True, contoh="12/3/2026", sinonim=("tanggal jual", "tgl")),
            Kolom(
                "kanal", "Dijual lewat", "pilihan", wajib=True, pilihan=dict(Kanal.choices),
                contoh="Galeri atau koperasi", sinonim=("kanal", "tempat", "saluran", "lewat", "cara jual"),
                tafsir=pilihan.penafsir(pilihan.KANAL),
            ),
            _jumlah("Banyak yang terjual, dalam satuan hitung produk."),
            _nilai("Uang penjualan", ("nilai", "omzet", "penjualan", "total", "hasil penjualan", "jumlah uang")),
            Kolom(
                "pameran_id", "Pameran", "rujukan", rujuk=rujukan.pameran, sinonim=("pameran", "bazar"),
                bantuan="Diisi bila dijual lewat pameran.",
            ),
            Kolom(
                "pesanan_id", "Pesanan", "rujukan", rujuk=rujukan.pesanan, sinonim=("pesanan",),
                bantuan="Diisi bila memenuhi pesanan yang tercatat.",
            ),
            _CATATAN,
        ),
        periksa=periksa.penjualan, lengkapi=lengkap.penjualan, periksa_hapus=periksa.hapus_penjualan,
        sesudah=proyeksi.penjualan,
        kunci_alami=("produk_id", "tanggal", "kanal", "pameran_id", "pesanan_id"), urut=("-tanggal",),
        kolom_daftar=("tanggal", "produk_id", "kanal", "jumlah", "nilai"),
        penjelasan=(
            "Satu baris untuk penjualan sehari, atau sebulan bila tidak dicatat harian. Yang terjual diambil dari"
            " persediaan: catat dahulu persediaan awal dan yang dibuat."
        ),
    )
)  # fmt: skip

BAGI_HASIL = daftarkan(
    JenisBaris(
        "bagi_hasil", KODE, BagiHasil, "Bagi hasil", "Biaya dan bagi hasil",
        kolom=(
            Kolom(
                "bulan", "Bulan", "tanggal", wajib=True, contoh="Maret 2026", sinonim=("periode", "tanggal"),
                bantuan="Tulis seperti Maret 2026.", khusus=bidang.awal_bulan,
            ),
            Kolom(
                "biaya", "Biaya", "rupiah", wajib=True, maks=RUPIAH_MAKS, contoh="2600000", sinonim=("modal",),
                dijumlahkan=True,
                bantuan="Bahan, alat, kemasan, dan angkutan; tidak termasuk premi dan PNBP.",
            ),
            Kolom(
                "premi", "Premi warga binaan", "rupiah", maks=RUPIAH_MAKS, contoh="660000",
                sinonim=("premi", "upah"), dijumlahkan=True,
            ),
            Kolom(
                "pnbp", "PNBP", "rupiah", maks=RUPIAH_MAKS, contoh="250000", sinonim=("setoran pnbp",),
                dijumlahkan=True,
            ),
            Kolom(
                "operasional", "Dana usaha", "rupiah", maks=RUPIAH_MAKS, contoh="740000", dijumlahkan=True,
                bantuan="Bagian keuntungan yang kembali menjadi modal.", sinonim=("operasional", "modal kembali"),
            ),
            Kolom("nomor", "Nomor bukti setor", "teks", maks=60, contoh="", sinonim=("ntpn", "bukti")),
            Kolom("catatan", "Catatan", "teks", maks=300, sinonim=("keterangan",)),
        ),
        periksa=periksa.bagi_hasil, lengkapi=lengkap.bagi_hasil,
        kunci_alami=("bulan",), urut=("-bulan",),
        penjelasan=(
            "Penjualan bulan itu dikurangi biaya = premi + PNBP + dana usaha + yang belum dibagi. "
            "Penjualannya dihitung dari catatan penjualan."
        ),
    )
)  # fmt: skip

# ---------------------------------------------------------------- people, partners, exhibitions

MITRA = daftarkan(
    JenisBaris(
        "mitra", KODE, Mitra, "Mitra", "Mitra",
        kolom=(
            Kolom("nama", "Nama mitra", "teks", wajib=True, maks=80, contoh="Dinas Koperasi", sinonim=("mitra",)),
            Kolom(
                "jenis", "Jenis mitra", "pilihan", wajib=True, pilihan=dict(Mitra.Jenis.choices),
                contoh="Dinas atau pemerintah daerah", sinonim=("jenis",),
            ),
            Kolom("lingkup", "Lingkup kerja sama", "teks", maks=200, contoh="Pelatihan dan pemasaran"),
            Kolom("dari", "Sejak", "tanggal", wajib=True, contoh="9/2/2026", sinonim=("mulai", "tanggal")),
            Kolom("sampai", "Sampai", "tanggal", bantuan="Kosongkan bila masih berjalan.", sinonim=("berakhir",)),
        ),
        periksa=periksa.mitra, periksa_hapus=periksa.hapus_mitra,
        kunci_alami=("nama", "dari"), urut=("nama",),
        penjelasan="Siapa yang bekerja sama dengan unit untuk produk warga binaan.",
    )
)  # fmt: skip

PESERTA = daftarkan(
    JenisBaris(
        "peserta", KODE, PesertaPameran, "Keikutsertaan pameran", "Pameran yang diikuti",
        kolom=(
            Kolom(
                "pameran_id", "Pameran", "rujukan", wajib=True, rujuk=rujukan.pameran, contoh="IPPAFest",
                bantuan="Bila belum ada di daftar, daftarkan pamerannya dahulu.", sinonim=("pameran", "bazar"),
            ),
            Kolom(
                "ditampilkan", "Produk ditampilkan", "bulat", wajib=True, maks=JUMLAH_MAKS, contoh="12",
                bantuan="Banyak barang yang dibawa.", sinonim=("ditampilkan", "jumlah produk"),
            ),
            Kolom("tindak_lanjut", "Tindak lanjut", "paragraf", maks=300, sinonim=("hasil", "tindak lanjut")),
        ),
        periksa=periksa.peserta, periksa_hapus=periksa.hapus_peserta,
        kunci_alami=("pameran_id",), urut=("-pameran__mulai",),
        penjelasan="Satu baris untuk setiap pameran. Hasil jualnya dihitung dari penjualan lewat pameran itu.",
    )
)  # fmt: skip

TENAGA = daftarkan(
    JenisBaris(
        "tenaga", KODE, Tenaga, "Jumlah pekerja", "Jumlah warga binaan bekerja",
        kolom=(
            Kolom("dari", "Sejak", "tanggal", wajib=True, contoh="1/3/2026", sinonim=("tanggal", "mulai")),
            Kolom(
                "orang", "Warga binaan", "bulat", wajib=True, maks=20_000, satuan="orang", contoh="14",
                bantuan="Yang membuat produk; setiap orang dihitung satu kali.", sinonim=("jumlah", "wbp"),
            ),
        ),
        periksa=periksa.tenaga, kunci_alami=("dari",), urut=("-dari",),
        penjelasan="Dipakai selama pekerja tidak dicatat satu per satu dengan nomor register.",
    )
)  # fmt: skip

PEKERJA = daftarkan(
    JenisBaris(
        "pekerja", KODE, Pekerja, "Pekerja", "Pekerja menurut nomor register",
        kolom=(
            kolom_warga(),
            Kolom(
                "produk_id", "Produk", "rujukan", rujuk=rujukan.produk, contoh="Keripik pisang",
                bantuan="Kosongkan bila membuat beberapa produk.", sinonim=("produk", "nama produk"),
            ),
            Kolom("dari", "Sejak", "tanggal", wajib=True, contoh="1/3/2026", sinonim=("mulai", "tanggal")),
            Kolom("sampai", "Sampai", "tanggal", bantuan="Kosongkan bila masih bekerja.", sinonim=("selesai",)),
        ),
        periksa=periksa.pekerja, kunci_alami=("wbp_id", "produk_id", "dari"), urut=("-dari",),
        penjelasan="Siapa yang bekerja, tanpa nama. Satu orang dihitung satu kali walaupun membuat beberapa produk.",
        pribadi=True,
    )
)  # fmt: skip
