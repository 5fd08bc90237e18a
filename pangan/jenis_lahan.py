"""Kinds of rows about land: plots, what they serve, and the cycles on them."""

from __future__ import annotations

from decimal import Decimal

from pangan import lengkapi, periksa_lahan
from pangan.models import Pemanfaatan, Petak, Siklus
from pangan.pilihan import kolom_klaster, kolom_komoditas, kolom_petak, penafsir
from pelaporan.register.jenis import JenisBaris, daftarkan
from pelaporan.register.kolom import Kolom

LUAS_MAKS = 20_000_000
"""20 km²: larger than any unit's land; more is square metres and hectares mixed up."""
EKOR_MAKS = 10_000_000

WUJUD_LAIN = {
    **dict.fromkeys(("kebun", "ladang", "sawah", "tegalan", "pekarangan", "tanah", "lahan terbuka"), Petak.Wujud.LAHAN),
    **dict.fromkeys(("kolam", "tambak", "empang", "keramba", "bioflok", "kolam terpal"), Petak.Wujud.KOLAM),
    **dict.fromkeys(("kandang ayam", "kandang sapi", "kandang kambing", "peternakan"), Petak.Wujud.KANDANG),
    **dict.fromkeys(("hidroponik", "rak", "kumbung", "rumah jamur"), Petak.Wujud.MEDIA),
}
MILIK_LAIN = {
    **dict.fromkeys(
        ("milik", "milik sendiri", "sendiri", "milik lapas", "milik rutan", "milik negara", "bmn"), Petak.Milik.MILIK
    ),
    **dict.fromkeys(("pinjam", "pinjam pakai", "pakai pinjam"), Petak.Milik.PINJAM),
    **dict.fromkeys(("lahan hibah", "hibah pemda"), Petak.Milik.HIBAH),
}
"""What lists in Excel call it. Rented land is none of these: the list asks."""

PETAK = daftarkan(
    JenisBaris(
        "petak",
        "pangan",
        Petak,
        "Petak",
        "Petak",
        (
            Kolom(
                "kode",
                "Kode",
                "teks",
                maks=12,
                contoh="P01",
                bantuan="Tanda pendek di papan atau denah, misalnya P01. Kosongkan untuk nomor berikutnya.",
                sinonim=("no petak", "nomor petak", "kode petak", "kode lahan", "blok"),
            ),
            Kolom(
                "nama",
                "Nama",
                "teks",
                wajib=True,
                maks=60,
                contoh="Kebun belakang",
                bantuan="Nama yang dipakai sehari-hari.",
                sinonim=("nama petak", "nama lahan", "lokasi", "lahan", "lokasi lahan", "uraian"),
            ),
            Kolom(
                "wujud",
                "Wujud",
                "pilihan",
                wajib=True,
                pilihan=dict(Petak.Wujud.choices),
                tafsir=penafsir(WUJUD_LAIN),
                contoh="Lahan",
                sinonim=("jenis lahan", "jenis", "tipe"),
            ),
            Kolom(
                "luas",
                "Luas",
                "bulat",
                dijumlahkan=True,
                wajib=True,
                min=1,
                maks=LUAS_MAKS,
                satuan="m²",
                contoh="1200",
                bantuan="Luas seluruh petak dalam meter persegi; 1 hektare = 10.000 m².",
                sinonim=("luas lahan", "luas m2", "luas (m2)", "luas lahan (m2)", "luas petak"),
            ),
            Kolom(
                "milik",
                "Status",
                "pilihan",
                wajib=True,
                pilihan=dict(Petak.Milik.choices),
                tafsir=penafsir(MILIK_LAIN),
                contoh="Milik UPT",
                sinonim=("status lahan", "status kepemilikan", "kepemilikan", "hak"),
            ),
            Kolom(
                "pemilik",
                "Pemilik",
                "teks",
                maks=120,
                contoh="Pemerintah Kota Ambon",
                bantuan="Diisi bila lahannya pinjaman atau hibah.",
                sinonim=("asal lahan", "pemberi", "nama pemilik"),
            ),
            Kolom(
                "mulai",
                "Dikelola sejak",
                "tanggal",
                wajib=True,
                contoh="1 Januari 2024",
                sinonim=("sejak", "tanggal mulai", "mulai", "tmt"),
            ),
            Kolom(
                "selesai",
                "Dikelola sampai",
                "tanggal",
                bantuan="Kosongkan selama masih dikelola.",
                contoh="31 Desember 2026",
                sinonim=("sampai", "tanggal selesai", "berakhir"),
            ),
            Kolom(
                "lintang",
                "Lintang",
                "desimal",
                min=Decimal(-12),
                maks=Decimal(7),
                desimal=6,
                contoh="-3,695432",
                bantuan="Dari peta di telepon. Selatan khatulistiwa bertanda minus.",
                sinonim=("latitude", "lat"),
            ),
            Kolom(
                "bujur",
                "Bujur",
                "desimal",
                min=Decimal(94),
                maks=Decimal(142),
                desimal=6,
                contoh="128,181234",
                sinonim=("longitude", "long", "lng"),
            ),
            Kolom(
                "rencana",
                "Rencana",
                "teks",
                maks=200,
                contoh="Ditanami jagung setelah pagar selesai",
                bantuan="Untuk lahan yang belum dimanfaatkan, atau sebab belum ada rencana.",
                sinonim=("rencana pemanfaatan", "keterangan", "rencana tanam"),
            ),
            Kolom(
                "rencana_mulai",
                "Rencana mulai",
                "tanggal",
                contoh="1 Maret 2026",
                sinonim=("tanggal rencana", "target mulai"),
            ),
        ),
        periksa_lahan.periksa_petak,
        kunci_alami=("kode",),
        urut=("kode",),
        lengkapi=lengkapi.petak,
        periksa_hapus=periksa_lahan.hapus_petak,
        kolom_daftar=("kode", "nama", "wujud", "luas", "milik", "rencana"),
        penjelasan="Lahan, kolam, kandang, dan media tanam yang dikelola UPT, masing-masing satu baris.",
        halaman="pangan:petak",
    )
)

PEMANFAATAN = daftarkan(
    JenisBaris(
        "pemanfaatan",
        "pangan",
        Pemanfaatan,
        "Pemanfaatan",
        "Pemanfaatan petak",
        (
            kolom_petak(),
            kolom_klaster(bantuan="Satu petak melayani satu klaster pada satu waktu."),
            Kolom(
                "luas",
                "Luas dipakai",
                "bulat",
                min=1,
                maks=LUAS_MAKS,
                satuan="m²",
                contoh="1000",
                bantuan="Kosongkan bila seluruh petak dipakai.",
                sinonim=("luas", "luas dimanfaatkan", "luas tanam", "luas digunakan", "lahan dimanfaatkan"),
            ),
            Kolom(
                "dari",
                "Sejak",
                "tanggal",
                wajib=True,
                contoh="1 Januari 2026",
                sinonim=("mulai", "tanggal mulai", "tmt", "sejak"),
            ),
            Kolom(
                "sampai",
                "Sampai",
                "tanggal",
                contoh="30 Juni 2026",
                bantuan="Kosongkan selama masih dipakai. Klaster lain mulai sehari sesudahnya.",
                sinonim=("selesai", "tanggal selesai", "berakhir"),
            ),
        ),
        periksa_lahan.periksa_pemanfaatan,
        kunci_alami=("petak_id", "dari"),
        urut=("petak_id", "-dari"),
        lengkapi=lengkapi.pemanfaatan,
        periksa_hapus=periksa_lahan.hapus_pemanfaatan,
        penjelasan="Petak dipakai untuk klaster apa, seluas berapa, sejak kapan. Riwayatnya tidak dihapus.",
    )
)

SIKLUS = daftarkan(
    JenisBaris(
        "siklus",
        "pangan",
        Siklus,
        "Siklus",
        "Siklus tanam dan ternak",
        (
            kolom_petak(),
            kolom_komoditas(),
            Kolom(
                "varietas",
                "Varietas",
                "teks",
                maks=60,
                contoh="Ori 212",
                sinonim=("jenis", "ras", "strain", "varietas/ras"),
            ),
            Kolom(
                "tanam",
                "Mulai",
                "tanggal",
                wajib=True,
                contoh="5 Januari 2026",
                bantuan="Hari tanam, tebar benih, atau hewan masuk.",
                sinonim=("tanggal tanam", "tgl tanam", "tanam", "tebar", "tanggal tebar", "tanggal masuk", "masuk"),
            ),
            Kolom(
                "luas",
                "Luas siklus",
                "bulat",
                min=1,
                maks=LUAS_MAKS,
                satuan="m²",
                contoh="400",
                bantuan="Bagian petak yang dipakai siklus ini.",
                sinonim=("luas tanam", "luas"),
            ),
            Kolom(
                "bibit",
                "Bibit",
                "teks",
                maks=60,
                contoh="2 kg benih",
                sinonim=("jumlah bibit", "benih", "jumlah benih"),
            ),
            Kolom(
                "ekor",
                "Jumlah awal",
                "bulat",
                min=1,
                maks=EKOR_MAKS,
                satuan="ekor",
                contoh="500",
                bantuan="Wajib untuk ikan dan ternak.",
                sinonim=("jumlah ekor", "jumlah ternak", "populasi"),
            ),
            Kolom(
                "perkiraan_panen",
                "Perkiraan panen",
                "tanggal",
                contoh="5 April 2026",
                bantuan="Kosongkan: dihitung dari lama komoditas.",
                sinonim=("rencana panen", "estimasi panen", "tanggal panen", "perkiraan tanggal panen"),
            ),
            Kolom(
                "perkiraan_kg",
                "Perkiraan hasil",
                "desimal",
                satuan="kg",
                contoh="150",
                sinonim=("estimasi hasil", "target hasil", "target panen", "target (kg)"),
            ),
            Kolom(
                "akhir",
                "Berakhir",
                "pilihan",
                contoh="Selesai dipanen",
                pilihan={k: label for k, label in Siklus.Akhir.choices if k},
                bantuan="Kosongkan selama masih berjalan.",
                sinonim=("keterangan akhir", "status", "akhir siklus"),
            ),
            Kolom(
                "selesai",
                "Tanggal berakhir",
                "tanggal",
                contoh="10 April 2026",
                sinonim=("selesai", "tanggal selesai", "panen terakhir"),
            ),
            Kolom(
                "alasan_gagal",
                "Sebab gagal",
                "teks",
                maks=200,
                contoh="Banjir",
                sinonim=("penyebab gagal", "sebab gagal panen"),
            ),
            Kolom("catatan", "Catatan", "paragraf", maks=300, sinonim=("keterangan", "ket")),
        ),
        periksa_lahan.periksa_siklus,
        kunci_alami=("petak_id", "komoditas", "tanam"),
        urut=("-tanam",),
        lengkapi=lengkapi.siklus,
        periksa_hapus=periksa_lahan.hapus_siklus,
        kolom_daftar=("petak_id", "komoditas", "tanam", "ekor", "perkiraan_panen", "akhir"),
        penjelasan="Dari tanam atau tebar sampai panen terakhir, satu komoditas di satu petak.",
    )
)
