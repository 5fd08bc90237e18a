"""Columns of the register of inmates, declared once: the form, the import of an SDP export and lists read by them.

`RAHASIA` are the name and the number, which are read once and kept encrypted; `ISI` describe the person; `PERILAKU`
come with an export but are kept as marks of conduct (`services_catatan.catat_perilaku`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms

from pelaporan.register.kolom import Kolom
from pemasyarakatan.inti.bidang import BidangTeks
from pemasyarakatan.inti.teks import GalatTeks
from upt.models import UPT
from wbp import golongan
from wbp.bidang import IsianRahasia, IsianSaran
from wbp.indeks import GalatNomor, baku_nomor
from wbp.models import DataWarga
from wbp.nama import baku_nama

YA, TIDAK = "ya", "tidak"
_TERBACA = {
    **dict.fromkeys(("ya", "y", "sudah", "ada", "lunas", "true", "1", "v", "✓"), True),
    **dict.fromkeys(("tidak", "t", "belum", "tidak ada", "belum lunas", "false", "0", "x"), False),
}


class BidangNomorRegister(forms.CharField):
    """A register number as written; refused when nothing could be found by it. No sentence repeats it."""

    widget = IsianRahasia

    def clean(self, value: Any) -> str:
        teks = " ".join(super().clean(value).split())
        if not teks:
            return ""
        try:
            baku_nomor(teks)
        except GalatNomor as galat:
            raise forms.ValidationError(galat.pesan, code="nomor") from None
        return teks


class BidangNama(forms.CharField):
    """A name in its normal form. No sentence repeats it."""

    widget = IsianRahasia

    def clean(self, value: Any) -> str:
        if not self.required and not str(value if value is not None else "").strip():
            return ""
        try:
            return baku_nama(value)
        except GalatTeks as galat:
            raise forms.ValidationError(galat.pesan, code="nama") from None


class BidangTahu(forms.ChoiceField):
    """Yes, no, or not known (None); files may say "lunas" or "belum"."""

    def __init__(self, **lain: Any) -> None:
        super().__init__(choices=[("", "Belum diketahui"), (YA, "Ya"), (TIDAK, "Tidak")], **lain)

    def clean(self, value: Any) -> bool | None:
        if value is None or isinstance(value, bool):
            return value
        teks = " ".join(str(value).split()).casefold()
        if teks in ("", "-"):
            return None
        if teks not in _TERBACA:
            raise forms.ValidationError("Tulis ya atau tidak; kosongkan bila belum diketahui.", code="ya_tidak")
        return _TERBACA[teks]

    def prepare_value(self, value: Any) -> Any:
        return {True: YA, False: TIDAK}.get(value, value) if isinstance(value, bool) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def _rahasia(bidang: type[forms.CharField], kosong: str, maks: int) -> Callable[..., forms.Field]:
    def buat(k: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
        panjang = f"Paling banyak {maks} huruf."
        return bidang(max_length=maks, error_messages={"required": kosong, "max_length": panjang}, **umum)

    return buat


class BidangGolongan(BidangTeks):
    """The letter of the register in its usual spelling; one that is not known is asked about by `periksa`."""

    def clean(self, value: Any) -> str:
        return golongan.baku(super().clean(value))


def _golongan(k: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    return BidangGolongan(maks=int(k.maks or 8), widget=IsianSaran(golongan.GOLONGAN), **umum)


def _tahu(k: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    return BidangTahu(**umum)


def _ejaan(semua: Mapping[str, Sequence[str]]) -> Callable[[str], tuple[str | None, Sequence[str]]]:
    """Reads other spellings of a choice, as exports and old books have them."""
    arti = {ejaan: kode for kode, banyak in semua.items() for ejaan in banyak}
    return lambda teks: (arti.get(teks), ())


def _pilih(nama: str, label: str, pilihan: Any, ejaan: Mapping[str, Sequence[str]] | None = None, **lain: Any) -> Kolom:
    return Kolom(nama, label, "pilihan", pilihan=dict(pilihan), tafsir=_ejaan(ejaan) if ejaan else None, **lain)


def _yakin(nama: str, label: str, bantuan: str = "", sinonim: tuple[str, ...] = ()) -> Kolom:
    return Kolom(nama, label, "ya_tidak", khusus=_tahu, bantuan=bantuan, sinonim=sinonim)


def _bulat(nama: str, label: str, maks: int, satuan: str = "", **lain: Any) -> Kolom:
    return Kolom(nama, label, "bulat", maks=maks, satuan=satuan, **lain)


_AGAMA = {
    "KRISTEN": ("protestan", "kristen protestan", "kp"), "KATOLIK": ("kristen katolik", "katholik", "kk"),
    "BUDDHA": ("budha",), "KONGHUCU": ("kong hu cu", "khonghucu", "kong hucu"), "ISLAM": ("i",), "HINDU": ("h",),
    "LAINNYA": ("kepercayaan", "penghayat kepercayaan", "lain-lain"),
}  # fmt: skip
_KELOMPOK = {
    "umum": ("umum", "pidana umum", "pidum"), "narkotika": ("narkoba", "psikotropika"),
    "korupsi": ("tipikor", "tindak pidana korupsi"), "terorisme": ("teroris", "teror"),
    "khusus_lain": ("khusus lain", "khusus lainnya", "pidana khusus lainnya"),
}  # fmt: skip

RAHASIA: tuple[Kolom, ...] = (
    Kolom(
        "nomor", "Nomor register", "teks", wajib=True,
        khusus=_rahasia(BidangNomorRegister, "Isi nomor registernya.", 60),
        sinonim=("no register", "no. register", "no reg", "noreg", "nomor registrasi", "no registrasi"),
        bantuan="Ditulis seperti di buku register, misalnya B.I 123/2025. Disimpan tersandi.",
    ),
    Kolom(
        "nama", "Nama", "teks", wajib=True, khusus=_rahasia(BidangNama, "Isi namanya.", 200),
        sinonim=("nama lengkap", "nama wbp", "nama warga binaan", "nama narapidana"),
        bantuan="Disimpan tersandi; di daftar yang tampil hanya inisialnya.",
    ),
)  # fmt: skip

ISI: tuple[Kolom, ...] = (
    _bulat("tahun_lahir", "Tahun lahir", 2199, min=1900, sinonim=("thn lahir",), contoh="1985"),
    _pilih(
        "jenis_kelamin", "Jenis kelamin", DataWarga.Kelamin.choices,
        {"L": ("pria", "lk", "laki"), "P": ("wanita", "pr")}, sinonim=("jk", "kelamin", "l/p"),
    ),
    _pilih(
        "agama", "Agama yang pertama kali dicatat", DataWarga.Agama.choices, _AGAMA, sinonim=("agama",),
        bantuan="Menentukan hari raya remisi khusus; tidak berganti bila orangnya kemudian berpindah agama.",
    ),
    _pilih(
        "status", "Status", DataWarga.Status.choices,
        {"NARAPIDANA": ("napi",), "ANAK_BINAAN": ("anak didik", "andikpas"), "TAHANAN": ("tahanan titipan",)},
        wajib=True, sinonim=("status wbp", "jenis wbp", "status hukum"),
    ),
    Kolom(
        "golongan", "Golongan registrasi", "teks", maks=8, contoh="B.I", khusus=_golongan,
        sinonim=("golongan", "gol", "jenis register"),
        bantuan="Register A untuk tahanan, B untuk pidana, misalnya A.III atau B.I.",
    ),
    _pilih(
        "kelompok", "Kelompok tindak pidana", DataWarga.Kelompok.choices, _KELOMPOK,
        sinonim=("kelompok", "jenis kejahatan", "jenis tindak pidana", "perkara"),
    ),
    _pilih(
        "jenis_pidana", "Jenis pidana", DataWarga.JenisPidana.choices,
        {"SEMENTARA": ("sementara",), "SEUMUR_HIDUP": ("seumur hidup", "sh"), "MATI": ("mati", "hukuman mati")},
        bantuan="Kosong: pidana sementara.",
    ),
    Kolom(
        "tanggal_putusan", "Tanggal putusan berkekuatan tetap", "tanggal",
        sinonim=("tanggal putusan", "tgl putusan", "tanggal inkrah", "tgl inkrah", "tgl putusan inkrah"),
        bantuan="Misalnya 1 Agustus 2024 atau 1/8/2024.",
    ),
    Kolom(
        "tanggal_tahan", "Tanggal mulai ditahan", "tanggal", contoh="3 Februari 2024",
        sinonim=("tanggal ditahan", "tgl ditahan", "tanggal penahanan", "tgl penahanan", "tgl pertama ditahan"),
        bantuan="Hari pertama penahanan yang sejak itu tidak terputus, misalnya 3 Februari 2024 atau 3/2/2024.",
    ),
    _bulat(
        "hari_tahan_sebelumnya", "Lama ditahan sebelumnya", 20000, "hari",
        bantuan="Dalam perkara yang sama, bila penahanan pernah terputus.",
    ),
    Kolom(
        "habis_tahan", "Masa penahanan habis", "tanggal", sinonim=("tgl habis tahan", "akhir penahanan"),
        bantuan="Hanya untuk tahanan, misalnya 20 Januari 2026 atau 20/1/2026.",
    ),
    _bulat("pidana_tahun", "Pidana, tahun", 20, sinonim=("tahun pidana", "pidana (tahun)", "lama pidana tahun")),
    _bulat("pidana_bulan", "Pidana, bulan", 240, sinonim=("bulan pidana", "pidana (bulan)", "lama pidana bulan")),
    _bulat("pidana_hari", "Pidana, hari", 7300, sinonim=("hari pidana", "pidana (hari)", "lama pidana hari")),
    _bulat("subsider_bulan", "Subsider, bulan", 240, sinonim=("subsider", "subsidair bulan", "subsider (bulan)")),
    _bulat("subsider_hari", "Subsider, hari", 7300, sinonim=("subsidair hari", "subsider (hari)")),
    _yakin(
        "denda_lunas", "Denda lunas", "Pilih Ya juga bila putusannya tanpa denda.",
        ("denda", "denda dibayar", "bayar denda"),
    ),
    _yakin(
        "uang_pengganti_lunas", "Uang pengganti lunas", "Pilih Ya juga bila putusannya tanpa uang pengganti.",
        ("uang pengganti",),
    ),
    _yakin("deradikalisasi", "Mengikuti deradikalisasi", "Hanya untuk perkara terorisme."),
    _yakin("ikrar", "Ikrar setia NKRI", "Hanya untuk perkara terorisme.", ("ikrar nkri",)),
    _yakin("salinan_putusan", "Salinan putusan ada", sinonim=("salinan putusan", "petikan putusan", "ekstrak vonis")),
    _pilih(
        "menjalani", "Sedang menjalani", DataWarga.Menjalani.choices,
        {"PIDANA": ("pidana",), "PENGGANTI": ("subsider",)}, bantuan="Kosong: pidana pokok.",
    ),
    Kolom(
        "asimilasi_sejak", "Asimilasi dijalani sejak", "tanggal",
        sinonim=("tgl asimilasi", "tanggal asimilasi", "mulai asimilasi", "tgl mulai asimilasi"),
        bantuan="Terisi otomatis ketika asimilasi dilaksanakan di portal; ketik bila sebelumnya, misalnya 5/1/2026.",
    ),
    Kolom(
        "cmk_terakhir", "CMK terakhir", "tanggal", sinonim=("tgl cmk", "tanggal cmk", "tgl cmk terakhir"),
        bantuan="Cuti mengunjungi keluarga. Terisi otomatis bila diputus di portal; ketik bila diberikan sebelumnya, "
        "misalnya 5/1/2026.",
    ),
    _yakin("risiko_turun", "Tingkat risiko menurun", "Menurut asesmen terakhir."),
    Kolom(
        "register_f_diperiksa", "Register F diperiksa sampai", "tanggal",
        bantuan="Hari terakhir buku Register F dibaca untuk orang ini, misalnya 31/10/2026; tanpa tanggal ini tidak "
        "diketahui ia bersih.",
    ),
    Kolom(
        "sejak", "Di unit ini sejak", "tanggal", sinonim=("tgl masuk", "tanggal masuk", "tanggal masuk upt"),
        bantuan="Kosong: hari ini. Misalnya 1 September 2024 atau 1/9/2024.",
    ),
)  # fmt: skip

PERILAKU: tuple[Kolom, ...] = (
    _pilih(
        "sppn_predikat", "Predikat SPPN terakhir", DataWarga.Predikat.choices,
        {"SANGAT_BAIK": ("sb",), "BAIK": ("b",), "CUKUP": ("c",), "KURANG": ("k",)}, sinonim=("sppn", "predikat"),
    ),
    Kolom("sppn_tanggal", "Tanggal SPPN terakhir", "tanggal", sinonim=("tgl sppn", "bulan sppn")),
    Kolom("register_f_terakhir", "Hukuman disiplin terakhir", "tanggal", sinonim=("register f", "tgl register f")),
)  # fmt: skip

KOLOM: tuple[Kolom, ...] = (*RAHASIA, *ISI)
SEMUA: tuple[Kolom, ...] = (*KOLOM, *PERILAKU)
MENURUT_NAMA: dict[str, Kolom] = {k.nama: k for k in SEMUA}
NAMA_RAHASIA = frozenset(k.nama for k in RAHASIA)

BAWAAN: dict[str, Any] = {
    "jenis_pidana": DataWarga.JenisPidana.SEMENTARA, "menjalani": DataWarga.Menjalani.PIDANA,
    "hari_tahan_sebelumnya": 0, "subsider_bulan": 0, "subsider_hari": 0,
}  # fmt: skip
"""What an empty column means where the register has no "not known"."""


class Pembaca:
    """Reads rows of one unit: the fields are made once, also for thousands of rows."""

    def __init__(self, upt: UPT, kolom: Iterable[Kolom] = KOLOM) -> None:
        self.bidang = {k.nama: k.bidang(upt) for k in kolom}

    def baca(self, tertulis: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """Values of the columns named in `tertulis`, and a sentence for each that cannot be read."""
        nilai: dict[str, Any] = {}
        salah: dict[str, str] = {}
        for nama, isi in tertulis.items():
            try:
                nilai[nama] = _bawaan(nama, self.bidang[nama].clean(isi))
            except forms.ValidationError as galat:
                salah[nama] = " ".join(galat.messages)
        return nilai, salah


def _bawaan(nama: str, nilai: Any) -> Any:
    return BAWAAN[nama] if nilai in (None, "") and nama in BAWAAN else nilai


def lengkapi_bawaan(nilai: Mapping[str, Any]) -> dict[str, Any]:
    """The values with what an empty column means."""
    return {nama: _bawaan(nama, isi) for nama, isi in nilai.items()}


def tulis(nama: str, nilai: Any) -> str:
    """A value as people read it; "" when it is not known."""
    if nilai is None or nilai == "":
        return ""
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if nama == "tahun_lahir":
        return str(nilai)
    return MENURUT_NAMA[nama].tulis(nilai)
