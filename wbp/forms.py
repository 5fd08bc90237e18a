"""Forms of the register's pages: what is typed and chosen. What it is worth is the services' business.

Name and number are typed once: no page shows them again. When something else in the form is wrong, they travel back
sealed (`wbp.titip`), so that nobody types them twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from pelaporan.register.forms import LEBAR
from pemasyarakatan.inti.bidang import BidangAngka, BidangBulan, BidangTeks, FormPortal, bidang_alasan, bidang_tanggal
from pemasyarakatan.inti.waktu import Bulan
from upt.models import UPT
from wbp.bidang import IsianRahasia
from wbp.buka import KETERANGAN_MAKS, Alasan
from wbp.kolom import ISI, KOLOM, NAMA_RAHASIA
from wbp.models import CatatanPerilaku, DataWarga
from wbp.sdp.kolom import REMISI
from wbp.selectors_data import KURANG
from wbp.simpan import ALASAN_MAKS

SEMUA = "Semua"
KOSONG = "Tulis nomor register lengkap, atau kata dari namanya."
ALASAN_KELUAR = (
    "Bebas murni", "Bebas karena remisi", "Pembebasan bersyarat", "Cuti bersyarat", "Cuti menjelang bebas",
    "Bebas demi hukum", "Putusan bebas atau lepas", "Meninggal dunia", "Melarikan diri", "Pindah ke luar portal",
    "Salah catat",
)  # fmt: skip

_BAGIAN: dict[str, tuple[str, ...]] = {
    "Orangnya": ("nomor nama", "tahun_lahir jenis_kelamin", "agama", "sejak"),
    "Status dan perkara": ("status", "golongan", "kelompok", "tanggal_putusan", "salinan_putusan"),
    "Penahanan": ("tanggal_tahan", "hari_tahan_sebelumnya", "habis_tahan"),
    "Pidana": (
        "jenis_pidana", "pidana_tahun pidana_bulan pidana_hari", "subsider_bulan subsider_hari",
        "denda_lunas uang_pengganti_lunas", "menjalani", "asimilasi_sejak cmk_terakhir",
    ),
    "Syarat lain": ("risiko_turun", "register_f_diperiksa", "deradikalisasi ikrar"),
}  # fmt: skip


class FormWarga(FormPortal):
    """The columns of one person; `ubah`: name and number may stay as they are, `dikenal` as they were just typed."""

    def __init__(self, *args: Any, upt: UPT, ubah: bool = False, dikenal: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {k.nama: k.bidang(upt) for k in KOLOM}
        if ubah or dikenal:
            self.boleh_kosong(f"Sudah diketik ({dikenal})" if dikenal else "Tidak berubah")

    def boleh_kosong(self, sebab: str, nama: Iterable[str] = NAMA_RAHASIA) -> None:
        """Name and number need not be typed (again)."""
        for satu in nama:
            self.fields[satu].required = False
            self[satu].help_text = f"{sebab}: biarkan kosong bila tetap itu."  # the field has been bound already

    def bagian(self) -> Iterable[tuple[str, list[list[tuple[forms.BoundField, str]]]]]:
        """Headings with their lines of fields and widths."""
        lebar = {k.nama: LEBAR.get(k.ragam, "") for k in KOLOM} | dict.fromkeys(NAMA_RAHASIA, "sedang")
        lebar["golongan"] = "pendek"
        for judul, nama in _BAGIAN.items():
            yield judul, [[(self[n], lebar[n]) for n in baris.split()] for baris in nama]

    def tolak(self, bidang: Mapping[str, str]) -> None:
        for nama, pesan in bidang.items():
            self.add_error(nama if nama in self.fields else None, pesan)

    @property
    def isi(self) -> dict[str, Any]:
        """What was filled in; name and number only when they were typed."""
        return {n: v for n, v in self.cleaned_data.items() if v or n not in NAMA_RAHASIA}


def awal(data: DataWarga) -> dict[str, Any]:
    """The person's columns as a form shows them."""
    return {k.nama: getattr(data, k.nama) for k in ISI}


class FormSaring(FormPortal):
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[("", "Di unit ini"), ("keluar", "Sudah keluar"), ("semua", SEMUA)],
    )
    status = forms.ChoiceField(label="Status", required=False)
    kelompok = forms.ChoiceField(label="Tindak pidana", required=False)
    agama = forms.ChoiceField(label="Agama", required=False)
    kurang = forms.ChoiceField(label="Belum ada", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tawarkan("status", SEMUA, DataWarga.Status.choices)
        self.tawarkan("kelompok", SEMUA, DataWarga.Kelompok.choices)
        self.tawarkan("agama", SEMUA, DataWarga.Agama.choices)
        self.tawarkan("kurang", "Tidak disaring", ((kode, label) for kode, (label, _) in KURANG.items()))


class FormCari(FormPortal):
    teks = forms.CharField(
        label="Nomor register atau kata nama",
        max_length=120,
        widget=IsianRahasia,
        help_text="Nomor lengkap, atau satu kata atau lebih dari namanya, masing-masing utuh.",
        error_messages={"required": KOSONG, "max_length": "Terlalu panjang."},
    )


class FormBuka(FormPortal):
    alasan = forms.ChoiceField(label="Alasan membuka nama", error_messages={"required": "Pilih alasannya."})
    keterangan = BidangTeks(
        label="Keterangan",
        maks=KETERANGAN_MAKS,
        required=False,
        help_text="Wajib untuk alasan lain. Jangan tulis nama orangnya di sini.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tawarkan("alasan", "Pilih alasan", Alasan.choices)

    def clean(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().clean() or self.cleaned_data
        if isi.get("alasan") == Alasan.LAIN and not isi.get("keterangan"):
            self.add_error("keterangan", "Tulis alasannya.")
        return isi


class FormKeluar(FormPortal):
    tanggal = bidang_tanggal("Tanggal keluar", "Contoh: 17 Agustus 2026.", wajib=True)
    alasan = forms.ChoiceField(
        label="Sebab", choices=[("", "Pilih sebab"), *((a, a) for a in ALASAN_KELUAR)],
        error_messages={"required": "Pilih sebabnya."},
    )  # fmt: skip


class FormKembali(FormPortal):
    alasan = bidang_alasan("Mengapa dikembalikan?", "Tersimpan di riwayat data, misalnya: salah orang. Tanpa nama.")


class FormTahan(FormPortal):
    alasan = BidangTeks(
        label="Alasan tidak boleh dimusnahkan",
        maks=ALASAN_MAKS,
        help_text="Misalnya perkara yang masih berjalan. Jangan tulis nama.",
        error_messages={"required": "Tulis alasannya."},
    )


class FormLepas(FormPortal):
    alasan = BidangTeks(
        label="Mengapa dilepas",
        maks=ALASAN_MAKS,
        help_text="Misalnya perkaranya sudah selesai. Jangan tulis nama.",
        error_messages={"required": "Tulis alasannya."},
    )


class FormPerilaku(FormPortal):
    jenis = forms.ChoiceField(label="Catatan", choices=CatatanPerilaku.Jenis.choices)
    tanggal = bidang_tanggal("Tanggal", "SPPN: hari terakhir bulan yang dinilai.", wajib=True)
    predikat = forms.ChoiceField(
        label="Predikat SPPN",
        required=False,
        choices=[("", "Tidak ada (Register F)"), *DataWarga.Predikat.choices],
    )


class FormBeri(FormPortal):
    jenis = forms.ChoiceField(label="Jenis", error_messages={"required": "Pilih jenisnya."})
    tanggal = bidang_tanggal("Tanggal pemberian", "Contoh: 17 Agustus 2025.", wajib=True)
    bulan = BidangAngka(label="Besarnya (bulan)", required=False, maks=12)
    hari = BidangAngka(label="Besarnya (hari)", required=False, maks=360)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tawarkan("jenis", "Pilih jenis", ((kode, label.capitalize()) for kode, label in REMISI.items()))


class FormSPPN(FormPortal):
    """One result of a month for everybody who is ticked."""

    bulan = BidangBulan(label="Bulan yang dinilai", error_messages={"required": "Pilih bulannya."})
    predikat = forms.ChoiceField(
        label="Predikat untuk yang ditandai", error_messages={"required": "Pilih predikatnya."}
    )

    def __init__(self, *args: Any, bulan: Iterable[Bulan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tawarkan("bulan", None, ((b.kode, b.nama) for b in bulan))
        self.tawarkan("predikat", "Pilih predikat", DataWarga.Predikat.choices)
