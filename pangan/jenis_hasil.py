"""Kinds of rows about produce: harvests, what became of them, and animals that came or went."""

from __future__ import annotations

from pangan import lengkapi, periksa_hasil
from pangan.jenis_lahan import EKOR_MAKS
from pangan.models import MutasiHewan, Panen, Pemakaian
from pangan.pilihan import kolom_komoditas, kolom_satuan, siklus_hewan, siklus_pada_hari, siklus_unit
from pelaporan.register.jenis import JenisBaris, daftarkan
from pelaporan.register.kolom import Kolom

JUMLAH_MAKS = 100_000_000
RUPIAH_MAKS = 1_000_000_000_000

PANEN = daftarkan(
    JenisBaris(
        "panen",
        "pangan",
        Panen,
        "Panen",
        "Panen",
        (
            Kolom(
                "siklus_id",
                "Siklus",
                "rujukan",
                wajib=True,
                rujuk=siklus_unit,
                menurut=siklus_pada_hari,
                contoh="P01 Cabai rawit",
                sinonim=("petak", "kode petak", "lahan", "siklus tanam"),
            ),
            Kolom(
                "tanggal",
                "Tanggal panen",
                "tanggal",
                wajib=True,
                contoh="12 Januari 2026",
                sinonim=("tanggal", "tgl", "tgl panen", "hari"),
            ),
            Kolom(
                "jumlah",
                "Jumlah",
                "desimal",
                wajib=True,
                maks=JUMLAH_MAKS,
                contoh="25,5",
                bantuan="Dalam satuan di sebelahnya. 0 bila gagal, dengan sebabnya.",
                sinonim=("hasil", "hasil panen", "jumlah panen", "volume", "banyaknya", "produksi"),
            ),
            kolom_satuan(),
            Kolom(
                "berat_kg",
                "Berat",
                "desimal",
                dijumlahkan=True,
                maks=JUMLAH_MAKS,
                satuan="kg",
                contoh="25,5",
                bantuan="Hasil timbang. Kosongkan bila tidak ditimbang: ditaksir menurut berat lazim dan ditandai.",
                sinonim=("berat", "berat (kg)", "kg", "timbangan", "hasil (kg)"),
            ),
            Kolom(
                "ekor",
                "Ekor diambil",
                "bulat",
                maks=EKOR_MAKS,
                satuan="ekor",
                contoh="40",
                bantuan="Untuk ikan dan ternak yang jumlahnya tidak ditulis dalam ekor.",
                sinonim=("jumlah ekor",),
            ),
            Kolom(
                "susut_kg",
                "Susut",
                "desimal",
                dijumlahkan=True,
                maks=JUMLAH_MAKS,
                satuan="kg",
                contoh="2",
                bantuan="Yang rusak dan tidak ikut dihitung.",
                sinonim=("rusak", "penyusutan", "busuk", "susut (kg)"),
            ),
            Kolom(
                "alasan_susut",
                "Sebab susut atau nihil",
                "teks",
                maks=200,
                contoh="Busuk kena hujan",
                sinonim=("sebab susut", "alasan susut", "sebab"),
            ),
            Kolom(
                "nilai",
                "Nilai",
                "rupiah",
                maks=RUPIAH_MAKS,
                dijumlahkan=True,
                contoh="637500",
                bantuan="Menurut harga jual setempat, terjual maupun dipakai sendiri.",
                sinonim=("nilai (rp)", "nilai hasil", "harga", "rupiah", "total harga"),
            ),
            Kolom("catatan", "Catatan", "paragraf", maks=300, sinonim=("keterangan", "ket")),
        ),
        periksa_hasil.periksa_panen,
        kunci_alami=("siklus_id", "tanggal"),
        urut=("-tanggal",),
        lengkapi=lengkapi.panen,
        periksa_hapus=periksa_hasil.hapus_panen,
        kolom_daftar=("tanggal", "siklus_id", "jumlah", "satuan", "berat_kg", "nilai"),
        penjelasan="Hasil yang dipetik, ditangkap, diperah, atau dikumpulkan; satu baris tiap siklus dan hari.",
    )
)

PEMAKAIAN = daftarkan(
    JenisBaris(
        "pemakaian",
        "pangan",
        Pemakaian,
        "Pemakaian",
        "Pemakaian hasil",
        (
            kolom_komoditas(),
            Kolom(
                "tanggal",
                "Tanggal",
                "tanggal",
                wajib=True,
                contoh="13 Januari 2026",
                sinonim=("tgl", "hari", "tanggal jual", "tanggal keluar"),
            ),
            Kolom(
                "tujuan",
                "Untuk",
                "pilihan",
                wajib=True,
                pilihan=dict(Pemakaian.Tujuan.choices),
                contoh="Dapur UPT",
                sinonim=("tujuan", "penggunaan", "peruntukan", "dipakai untuk", "pemanfaatan"),
            ),
            Kolom(
                "jumlah",
                "Jumlah",
                "desimal",
                wajib=True,
                maks=JUMLAH_MAKS,
                contoh="10",
                sinonim=("banyaknya", "volume", "jumlah keluar"),
            ),
            kolom_satuan(),
            Kolom(
                "berat_kg",
                "Berat",
                "desimal",
                dijumlahkan=True,
                maks=JUMLAH_MAKS,
                satuan="kg",
                contoh="10",
                bantuan="Kosongkan bila tidak ditimbang: dihitung menurut berat panennya.",
                sinonim=("berat", "berat (kg)", "kg"),
            ),
            Kolom(
                "nilai",
                "Uang diterima",
                "rupiah",
                maks=RUPIAH_MAKS,
                dijumlahkan=True,
                contoh="250000",
                bantuan="Hanya bila dijual.",
                sinonim=("nilai", "harga", "nilai jual", "penjualan", "total harga", "hasil penjualan", "rupiah"),
            ),
            Kolom(
                "pihak",
                "Pembeli atau penerima",
                "teks",
                maks=80,
                contoh="CV Bama Sejahtera",
                bantuan="Perusahaan atau lembaga; nama warga binaan tidak ditulis.",
                sinonim=("pembeli", "penerima", "dijual kepada", "vendor"),
            ),
            Kolom("catatan", "Catatan", "paragraf", maks=300, sinonim=("keterangan", "ket")),
        ),
        periksa_hasil.periksa_pemakaian,
        kunci_alami=("komoditas", "tanggal", "tujuan", "pihak"),
        urut=("-tanggal",),
        lengkapi=lengkapi.pemakaian,
        kolom_daftar=("tanggal", "komoditas", "tujuan", "jumlah", "satuan", "nilai"),
        penjelasan="Hasil yang keluar dari persediaan: dapur, vendor bahan makanan, penjualan, bantuan sosial.",
    )
)

MUTASI = daftarkan(
    JenisBaris(
        "mutasi",
        "pangan",
        MutasiHewan,
        "Mutasi hewan",
        "Mutasi hewan",
        (
            Kolom(
                "siklus_id",
                "Siklus",
                "rujukan",
                wajib=True,
                rujuk=siklus_hewan,
                menurut=siklus_pada_hari,
                contoh="P03 Ikan nila",
                sinonim=("kandang", "kolam", "petak", "kode petak"),
            ),
            Kolom("tanggal", "Tanggal", "tanggal", wajib=True, contoh="14 Januari 2026", sinonim=("tgl", "hari")),
            Kolom(
                "jenis",
                "Yang terjadi",
                "pilihan",
                wajib=True,
                pilihan=dict(MutasiHewan.Jenis.choices),
                contoh="Mati",
                sinonim=("jenis", "jenis mutasi", "mutasi", "kejadian", "keterangan mutasi"),
            ),
            Kolom(
                "ekor",
                "Jumlah",
                "bulat",
                wajib=True,
                min=1,
                maks=EKOR_MAKS,
                satuan="ekor",
                contoh="3",
                sinonim=("ekor", "jumlah ekor", "banyaknya"),
            ),
            Kolom(
                "alasan",
                "Sebab",
                "teks",
                maks=200,
                contoh="Sakit",
                bantuan="Wajib bila mati atau hilang.",
                sinonim=("penyebab", "alasan", "keterangan", "sebab kematian"),
            ),
        ),
        periksa_hasil.periksa_mutasi,
        kunci_alami=("siklus_id", "tanggal", "jenis"),
        urut=("-tanggal",),
        lengkapi=lengkapi.mutasi,
        periksa_hapus=periksa_hasil.hapus_mutasi,
        penjelasan="Lahir, dibeli, mati, hilang, atau pindah. Panen dicatat sebagai panen.",
    )
)
