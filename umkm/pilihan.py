"""Other words for the choices, as the lists that units keep in Excel write them. What could mean two is asked back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from umkm.models import Golongan, Kanal, Legalitas, Persediaan

_Jenis = Legalitas.Jenis
Tafsir = Callable[[str], tuple[str | None, Sequence[str]]]

KANAL: Mapping[str, tuple[str, ...]] = {
    Kanal.GALERI: (
        "galeri", "koperasi", "kantin", "toko", "toko koperasi", "etalase", "outlet", "kios", "showroom",
    ),
    Kanal.PAMERAN: ("bazar", "bazaar", "expo", "event", "car free day", "cfd"),
    Kanal.MARKETPLACE: (
        "marketplace", "market place", "online", "daring", "shopee", "tokopedia", "lazada", "bukalapak", "tiktok",
        "tiktok shop", "facebook", "instagram",
    ),
    Kanal.KATALOG: ("katalog", "e-katalog", "ekatalog", "e katalog", "inaproc", "lkpp"),
    Kanal.PESANAN: ("pesan", "order", "po", "langsung", "pemesanan", "whatsapp", "wa", "pembeli langsung"),
}  # fmt: skip
GOLONGAN: Mapping[str, tuple[str, ...]] = {
    Golongan.MAKANAN: ("makanan ringan", "camilan", "cemilan", "snack", "kuliner", "kue", "roti", "olahan pangan"),
    Golongan.MINUMAN: ("minum", "kopi", "jamu"),
    Golongan.KERAJINAN: ("kerajinan tangan", "handicraft", "handycraft", "anyaman", "souvenir", "suvenir", "kriya"),
    Golongan.TEKSTIL: ("tekstil", "batik", "tenun", "konveksi", "menjahit", "jahit", "pakaian", "bordir", "busana"),
    Golongan.MEBEL: ("meubel", "meubeler", "mebeler", "furniture", "furnitur", "pertukangan", "kayu"),
    Golongan.SENI: ("lukisan", "seni rupa", "karya seni", "kaligrafi"),
    Golongan.JASA: ("layanan", "laundry", "pangkas rambut", "bengkel", "cuci motor", "cuci kendaraan"),
    Golongan.LAIN: ("lain-lain", "lain lain", "lain"),
}
MASUK: Mapping[str, tuple[str, ...]] = {
    Persediaan.Jenis.AWAL: ("awal", "stok awal", "saldo awal", "sisa"),
    Persediaan.Jenis.BUAT: ("buat", "produksi", "masuk", "hasil produksi", "jadi"),
    Persediaan.Jenis.RUSAK: ("rusak", "kedaluwarsa", "kadaluarsa", "basi", "expired", "afkir"),
    Persediaan.Jenis.CONTOH: ("contoh", "hadiah", "sampel", "sample", "bonus"),
}
IZIN: Mapping[str, tuple[str, ...]] = {
    _Jenis.NIB: ("nomor induk berusaha", "izin usaha"),
    _Jenis.PIRT: ("pirt", "p.irt", "spp-irt", "sppirt", "spp irt", "dinkes"),
    _Jenis.HALAL: ("sertifikat halal", "bpjph", "mui", "halal mui"),
    _Jenis.BPOM_MD: ("md", "bpom md", "bpom-md"),
    _Jenis.MEREK: ("merek", "merk", "hki", "haki", "merek hki", "hak merek", "merek/hki", "hak cipta"),
    _Jenis.SNI: ("sertifikat sni",),
}


def penafsir(lain: Mapping[str, tuple[str, ...]]) -> Tafsir:
    """Reads the words of `lain` as the choice they stand for."""
    kode = {kata: satu for satu, semua in lain.items() for kata in semua}
    return lambda teks: (kode.get(teks), ())
