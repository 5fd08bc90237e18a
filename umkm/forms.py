"""Quick entry at a product and of the month's account: a few fields each, the rest is what is usual.

Columns are read as everywhere in the register; `pelaporan.register.aksi.FormAksi` is the base of all.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from pelaporan.lampiran.batas import TERIMA
from pelaporan.register.aksi import Berkas, FormAksi
from pelaporan.register.kolom import BidangRujukan
from pelaporan.register.kolom import Pilihan as Rujukan
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.bidang import BidangTeks, FormPortal
from pemasyarakatan.inti.waktu import tulis_tanggal
from umkm.keadaan import KeadaanProduk, SuratKini
from umkm.models import BagiHasil, FotoProduk, Kanal, Pameran, Persediaan, Produk
from umkm.selectors_orang import Orang
from umkm.selectors_unit import PesananKini
from umkm.wilayah.forms_pameran import bidang_lain, bidang_pameran, lengkapi_hari
from upt.models import UPT
from wbp.bidang import BidangNomor

FOTO_TERIMA = "image/jpeg,image/png,image/webp"


class FormUmkm(FormAksi):
    register = "umkm"


# ---------------------------------------------------------------- stock


class FormBuat(FormUmkm):
    aksi, jenis, judul = "buat", "persediaan", "Buat"
    lain = ("jenis", "catatan")

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, k: KeadaanProduk) -> None:
        super().__init__(data, upt, hari)
        self.kolom("jumlah", label=f"Dibuat ({k.produk.ukuran})", help_text="")
        self.kolom("tanggal")
        self.kolom("jenis", help_text="Persediaan awal: yang sudah ada ketika register ini mulai dipakai.")
        self.kolom("catatan")
        masuk = [(j.value, j.label) for j in Persediaan.MENAMBAH]
        self.tawari("jenis", sorted(masuk, key=lambda x: x[0] != Persediaan.Jenis.BUAT))
        self.initial.update(tanggal=hari, jenis=Persediaan.Jenis.BUAT)


class FormKeluar(FormUmkm):
    aksi, jenis, judul = "keluar", "persediaan", "Rusak atau contoh"
    lain = ("catatan",)

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, k: KeadaanProduk) -> None:
        super().__init__(data, upt, hari)
        self.kolom("jenis", required=True, help_text="")
        keluar = [(j.value, j.label) for j in Persediaan.Jenis if j not in Persediaan.MENAMBAH]
        self.tawari("jenis", keluar)
        self.kolom("jumlah", label=f"Jumlah ({k.produk.ukuran})", help_text=_ada(k))
        self.kolom("tanggal", "catatan")
        self.initial.update(tanggal=hari, jenis=Persediaan.Jenis.RUSAK)


def _ada(k: KeadaanProduk) -> str:
    return f"Persediaan {tulis_angka(k.stok.akhir, satuan=k.produk.ukuran)}." if k.stok is not None else ""


_DI_PAMERAN = f"{Kanal.PAMERAN}:"
"""Before the id of an exhibition, among the channels."""


class FormJual(FormUmkm):
    """A sale. Orders are asked where the unit has any that fit; the rest stands behind the lid."""

    aksi, jenis, judul = "jual", "penjualan", "Jual"
    bukan_isi = ("selesai",)

    def __init__(
        self,
        data: QueryDict | None,
        upt: UPT,
        hari: date,
        k: KeadaanProduk,
        pesanan: list[PesananKini],
        pameran: list[Pameran],
    ) -> None:
        super().__init__(data, upt, hari)
        self._kanal(pameran)
        self.kolom("jumlah", label=f"Terjual ({k.produk.ukuran})", help_text=_ada(k))
        harga = k.harga.harga if k.harga else 0
        self.kolom("nilai", label="Uang penjualan (Rp)", required=not harga, help_text=_bantuan_nilai(harga, k))
        self.kolom("pameran_id", help_text="Hanya bila dijual lewat pameran yang tidak disebut di atas.")
        self._pesanan(pesanan)
        self.kolom("tanggal", "catatan")
        self.fields["jumlah"].widget.attrs.update({"data-harga": harga} if harga else {})
        lain = ["pameran_id", "catatan"]
        if not pesanan:
            lain.insert(0, "pesanan_id")
        self.lain = tuple(lain)
        self.initial.update(tanggal=hari, kanal=Kanal.GALERI)

    def _kanal(self, pameran: list[Pameran]) -> None:
        """The unit's exhibitions of these days stand among the channels: one choice instead of two."""
        self.kolom("kanal")
        di = [(f"{_DI_PAMERAN}{p.pk}", f"Pameran {p}".replace("Pameran Pameran", "Pameran")) for p in pameran]
        dikirim = self.data.get("kanal", "") if self.is_bound else ""
        if dikirim.startswith(_DI_PAMERAN) and dikirim not in dict(di):  # it waited until that was offered no longer
            di.append((dikirim, "Pameran"))
        semua = [(k.value, "Pameran lain" if di and k == Kanal.PAMERAN else k.label) for k in Kanal]
        self.tawari("kanal", [*semua[:1], *di, *semua[1:]])

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or self.cleaned_data
        kanal, di, pameran = isi.get("kanal", "").partition(":")
        if di:
            try:
                isi.update(kanal=kanal, pameran_id=self.fields["pameran_id"].clean(pameran))
            except forms.ValidationError as galat:
                self.add_error("kanal", galat)
        return isi

    def _pesanan(self, pesanan: list[PesananKini]) -> None:
        self.kolom("pesanan_id", help_text="Hanya bila memenuhi pesanan yang tercatat.")
        if pesanan:
            semua = [(str(p.pesanan.pk), _sebut_pesanan(p)) for p in pesanan]
            self.tawari("pesanan_id", [("", "Bukan pesanan"), *semua])
            self.fields["selesai"] = forms.BooleanField(label="Pesanan itu selesai dengan ini", required=False)


def _bantuan_nilai(harga: int, k: KeadaanProduk) -> str:
    if not harga:
        return "Jumlah seluruhnya. Produk ini belum mempunyai harga."
    return f"Jumlah seluruhnya. Kosong: {tulis_angka(harga, 'rupiah')} per {k.produk.ukuran}."


def _sebut_pesanan(p: PesananKini) -> str:
    return f"{p.pemesan}, tinggal {tulis_angka(p.sisa)}, {tulis_tanggal(p.pesanan.tanggal, pendek=True)}"


class FormHarga(FormUmkm):
    aksi, jenis, judul = "harga", "harga", "Harga baru"

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, k: KeadaanProduk) -> None:
        super().__init__(data, upt, hari)
        kini = f"Sekarang {tulis_angka(k.harga.harga, 'rupiah')}." if k.harga else ""
        if k.harga is not None and k.harga_lama:  # the same price again says that it still holds
            kini, self.initial["harga"] = f"{kini} Bila masih sama, simpan saja.", k.harga.harga
        self.kolom("harga", label=f"Harga per {k.produk.ukuran} (Rp)", help_text=kini)
        self.kolom("dari")
        self.initial.update(dari=hari)


# ---------------------------------------------------------------- the product itself


class FormLangkah(FormUmkm):
    aksi, jenis, judul = "langkah", "produk", "Label, kemasan, merek"

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, k: KeadaanProduk) -> None:
        super().__init__(data, upt, hari)
        for nama in ("label_pada", "kemasan_pada", "merek", "merek_pada"):
            self.kolom(nama, help_text="Nama mereknya." if nama == "merek" else "Kosongkan bila belum.")
            self.initial[nama] = getattr(k.produk, nama)
        self.tanpa_simpan = True

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or self.cleaned_data
        if isi.get("merek_pada") and not isi.get("merek") and "merek" not in self.errors:
            self.add_error("merek", "Tulis nama mereknya.")
        return isi


class FormBerhenti(FormUmkm):
    aksi, jenis, judul = "berhenti", "produk", "Berhenti dibuat"
    tanpa_simpan = True

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, k: KeadaanProduk) -> None:
        super().__init__(data, upt, hari)
        self.kolom("berhenti", label="Terakhir dibuat atau dijual", required=True, help_text="")
        self.initial.update(berhenti=hari)

    @property
    def isi(self) -> dict[str, Any]:
        return {"status": Produk.Status.BERHENTI, "berhenti": self.cleaned_data["berhenti"]}


class FormLanjut(FormUmkm):
    """Made again, or otherwise than until now."""

    aksi, jenis, judul = "lanjut", "produk", "Dibuat lagi"
    tanpa_simpan = True

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, k: KeadaanProduk) -> None:
        super().__init__(data, upt, hari)
        self.kolom("status", required=True, help_text="")
        dibuat = [(s.value, s.label) for s in Produk.Status if s != Produk.Status.BERHENTI]
        self.tawari("status", dibuat)
        self.initial.update(status=Produk.Status.TERSEDIA)

    @property
    def isi(self) -> dict[str, Any]:
        return {"status": self.cleaned_data["status"], "berhenti": None}


# ---------------------------------------------------------------- files


class FormFoto(FormUmkm):
    """The photo comes with a connection only: it is looked at before anything is kept."""

    aksi, jenis, judul, tombol = "foto", "foto", "Tambah foto", "Simpan foto"
    berkas = "foto"

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, berkas: Berkas | None = None) -> None:
        super().__init__(data, upt, hari, berkas)
        self.fields["foto"] = forms.FileField(
            label="Foto produk",
            allow_empty_file=True,  # the service says what to do about it
            help_text="Produknya saja, tanpa orang. Paling besar 5 MB; dikecilkan sendiri. Perlu sambungan.",
            widget=forms.FileInput(attrs={"accept": FOTO_TERIMA, "capture": "environment"}),
            error_messages={"required": "Pilih fotonya dahulu."},
        )
        self.kolom("keterangan", label="Yang terlihat di foto")


class FormUrut(FormUmkm):
    aksi, jenis, judul = "urut", "foto", "Pilih foto utama"
    tanpa_simpan = True

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, foto: list[FotoProduk]) -> None:
        super().__init__(data, upt, hari)
        self.fields["foto_id"] = forms.TypedChoiceField(
            label="Foto yang tampil pertama", coerce=int, choices=[(f.pk, f.keterangan) for f in foto],
            help_text="Foto pertama tampil di katalog.",
            error_messages={"required": "Pilih fotonya.", "invalid_choice": "Muat ulang halaman ini."},
        )  # fmt: skip


def _berkas_surat(label: str, *, wajib: bool) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=wajib,
        allow_empty_file=True,
        help_text="Foto atau PDF suratnya, paling besar 5 MB.",
        widget=forms.FileInput(attrs={"accept": TERIMA}),
        error_messages={"required": "Pilih berkasnya dahulu."},
    )


class FormLegalitas(FormUmkm):
    aksi, jenis, judul = "legalitas", "legalitas", "Catat legalitas"
    lain = ("penerbit",)
    bukan_isi = ("unit", "berkas_surat")
    berkas = "berkas_surat"

    def __init__(
        self, data: QueryDict | None, upt: UPT, hari: date, k: KeadaanProduk, berkas: Berkas | None = None
    ) -> None:
        super().__init__(data, upt, hari, berkas)
        self.produk_id = k.produk.pk
        self.kolom("jenis", "nomor", "terbit", "berakhir")
        self.fields["unit"] = forms.BooleanField(label="Berlaku untuk semua produk unit ini", required=False)
        self.fields["berkas_surat"] = _berkas_surat("Berkas surat", wajib=False)
        self.kolom("penerbit")

    @property
    def isi(self) -> dict[str, Any]:
        return {**super().isi, "produk_id": None if self.cleaned_data["unit"] else self.produk_id}


class FormBerkasSurat(FormUmkm):
    aksi, jenis, judul = "berkas", "legalitas", "Tambah berkas surat"
    berkas = "berkas_surat"

    def __init__(
        self, data: QueryDict | None, upt: UPT, hari: date, surat: list[SuratKini], berkas: Berkas | None = None
    ) -> None:
        super().__init__(data, upt, hari, berkas)
        self.fields["surat_id"] = forms.TypedChoiceField(
            label="Surat", coerce=int,
            choices=[(s.surat.pk, f"{s.surat.get_jenis_display()} {s.surat.nomor}") for s in surat],
            error_messages={"required": "Pilih suratnya.", "invalid_choice": "Muat ulang halaman ini."},
        )  # fmt: skip
        self.fields["berkas_surat"] = _berkas_surat("Berkas", wajib=True)


# ---------------------------------------------------------------- the account of a month


class FormBagi(FormUmkm):
    """Cost and shares of one month. A change is kept nowhere but on its page; `revisi` is what the person saw."""

    aksi, jenis, judul = "bagi", "bagi_hasil", "Bagi hasil"
    bukan_isi = ("revisi",)
    ISIAN = ("biaya", "premi", "pnbp", "operasional", "nomor", "catatan")

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, ada: BagiHasil | None) -> None:
        super().__init__(data, upt, hari)
        self.tanpa_simpan = ada is not None
        self.kolom(*self.ISIAN)
        self.fields["biaya"].label = "Biaya (Rp)"
        self.fields["catatan"].help_text = "Wajib bila yang dibagi melebihi keuntungan bulan ini."
        for nama, label in (("premi", "Premi warga binaan"), ("pnbp", "PNBP"), ("operasional", "Dana usaha")):
            self.fields[nama].label = f"{label} (Rp)"
        for nama in ("biaya", "premi", "pnbp", "operasional"):
            self.fields[nama].widget.attrs["data-bagi"] = nama
        self.fields["revisi"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        if ada is not None:
            self.initial.update({n: getattr(ada, n) for n in self.ISIAN}, revisi=ada.revisi)


# ---------------------------------------------------------------- people


class FormTenaga(FormUmkm):
    aksi, jenis, judul = "hitung", "tenaga", "Catat jumlah orang"
    tanpa_simpan = True

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, kini: Orang) -> None:
        super().__init__(data, upt, hari)
        self.kolom("orang", label="Warga binaan", help_text="Yang membuat produk; tiap orang dihitung satu kali.")
        self.kolom("dari")
        self.initial.update(dari=hari, orang=None if kini.menurut_nomor else kini.wbp)


class FormTempatkan(FormUmkm):
    """One inmate by register number. The number is read once and never shown again, not even after a mistake."""

    aksi, jenis, judul = "tempatkan", "pekerja", "Catat pekerja menurut nomor register"
    tanpa_simpan = True

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date) -> None:
        super().__init__(data, upt, hari)
        self.fields["nomor"] = BidangNomor()
        self.kolom("produk_id", "dari")
        self.initial.update(dari=hari)


class FormAkhiri(FormUmkm):
    aksi, jenis, judul = "akhiri", "pekerja", "Selesai bekerja"
    bukan_isi = ("pekerja",)
    tanpa_simpan = True

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, pekerja: list[tuple[int, str]]) -> None:
        super().__init__(data, upt, hari)
        self.fields["pekerja"] = forms.TypedChoiceField(
            label="Siapa",
            coerce=int,
            choices=[("", "Pilih"), *pekerja],
            error_messages={"required": "Pilih orangnya.", "invalid_choice": "Muat ulang halaman ini."},
        )
        self.kolom("sampai", label="Hari terakhir bekerja", required=True, help_text="")
        self.initial.update(sampai=hari)


# ---------------------------------------------------------------- exhibitions


class FormCariPameran(FormPortal):
    cari = BidangTeks(label="Cari pameran", maks=60, required=False, help_text="Nama, tempat, atau penyelenggara.")


class FormIkut(FormUmkm):
    """Taking part in an event that is registered; the event was chosen on the page."""

    aksi, jenis, judul, tombol = "ikut", "peserta", "Ikut pameran", "Catat keikutsertaan"

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, pameran: Pameran | None) -> None:
        super().__init__(data, upt, hari)
        self.kolom("pameran_id", "ditampilkan", "tindak_lanjut")
        bidang = self.fields["pameran_id"]
        assert isinstance(bidang, BidangRujukan)
        if pameran is not None and pameran.pk not in {p.id for p in bidang.tujuan}:  # one of years ago
            bidang.tujuan = [*bidang.tujuan, Rujukan(pameran.pk, str(pameran))]
            bidang.choices = [("", "Pilih"), *((p.id, p.label) for p in bidang.tujuan)]
        self.initial.update(pameran_id=pameran.pk if pameran else None)


class FormPameran(FormUmkm):
    """A new public event. Similar ones are offered first; `lain` says that this is another."""

    aksi, jenis, judul, tombol = "pameran", "peserta", "Daftarkan pameran baru", "Daftarkan"
    bukan_isi = ("lain_pameran",)
    tanpa_simpan = True

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date) -> None:
        super().__init__(data, upt, hari)
        self.mirip: list[Pameran] = []
        self.fields.update(bidang_pameran())
        if data is not None and "lain_pameran" in data:
            self.tawarkan_lain()

    def tawarkan_lain(self) -> None:
        self.fields["lain_pameran"] = bidang_lain()

    def clean(self) -> dict[str, Any]:
        return lengkapi_hari(super().clean() or self.cleaned_data)
