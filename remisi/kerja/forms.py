"""What is typed and chosen on the pages of cases. What it is worth is the services' business."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from pemasyarakatan.inti.bidang import BidangTeks, FormPortal, bidang_alasan, bidang_tanggal
from remisi.calon.benahi import Cara
from remisi.calon.selectors import Kelompok
from remisi.models import Kandidat, Kesempatan, Usulan
from remisi.usulan import alur
from remisi.usulan.selectors import Saringan
from upt.models import UPT
from wbp.kolom import MENURUT_NAMA


class FormKosong(FormPortal):
    """Acts that ask nothing."""


TANPA_NAMA = "Jangan tulis nama atau nomor register: kalimat ini ikut di riwayat dan pemberitahuan."
"""Not checked against the names of the cases: a refusal would tell who only sees initials that a guess was right."""


class FormSidang(FormPortal):
    tanggal = bidang_tanggal("Tanggal sidang TPP", "Contoh: 3 Februari 2026.", wajib=True)
    nomor = BidangTeks(
        label="Nomor berita acara", maks=80, error_messages={"required": "Tulis nomor berita acara sidang TPP."}
    )
    perbaikan = BidangTeks(
        label="Yang diperbaiki",
        maks=500,
        baris_banyak=True,
        required=False,
        help_text="Boleh kosong. Kepala UPT dan Kanwil membacanya pada langkah usulan ini. Jangan tulis nama.",
    )


class FormKeputusan(FormPortal):
    nomor = BidangTeks(label="Nomor keputusan", maks=80, error_messages={"required": "Tulis nomor keputusannya."})
    tanggal = bidang_tanggal("Tanggal keputusan", "Contoh: 10 Agustus 2026.", wajib=True)


class FormPelaksanaan(FormPortal):
    tanggal = bidang_tanggal("Dilaksanakan pada", "Hari keputusan ini dilaksanakan di unit.", wajib=True)


class FormAlasanUsulan(FormPortal):
    alasan = bidang_alasan("Alasan", f"UPT membaca kalimat ini. {TANPA_NAMA}", maks=500)


class FormTarik(FormPortal):
    alasan = bidang_alasan("Alasan", TANPA_NAMA, maks=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alasan"].required = False


KEADAAN_ANTREAN = {
    "": "Menunggu Anda",
    "lewat": "Lewat batas waktu",
    "unit": "Di UPT",
    alur.Status.DRAF: "Disusun, belum disidangkan",
    alur.Status.SIDANG: "Disetujui sidang TPP, belum diajukan",
    alur.Status.DIAJUKAN: "Menunggu Kanwil",
    "pusat": "Di Ditjenpas",
    alur.Status.VERIF_KANWIL: "Menunggu Ditjenpas",
    alur.Status.VERIF_PUSAT: "Menunggu keputusan",
    alur.Status.DIKEMBALIKAN: "Dikembalikan, sedang diperbaiki",
    "diberikan": "Diputuskan",
    alur.Status.SK_TERBIT: "Keputusan terbit, belum dilaksanakan",
    alur.Status.DILAKSANAKAN: "Dilaksanakan",
    alur.Status.DITOLAK: "Ditolak",
    alur.Status.DICABUT: "Dicabut",
    alur.Status.BATAL: "Ditarik unit",
}


GABUNGAN: dict[str, tuple[str, ...]] = {
    "unit": (alur.Status.DRAF, alur.Status.SIDANG, alur.Status.DIKEMBALIKAN),
    "pusat": (alur.Status.VERIF_KANWIL, alur.Status.VERIF_PUSAT),
    "diberikan": (alur.Status.SK_TERBIT, alur.Status.DILAKSANAKAN),
}
"""States that a filter takes together."""


class FormAntrean(FormPortal):
    """Filters of the queue, from the address; unknown values count as not given."""

    status = forms.ChoiceField(required=False, label="Keadaan", choices=list(KEADAAN_ANTREAN.items()))
    kesempatan = forms.ChoiceField(required=False, label="Kesempatan")
    hasil = forms.ChoiceField(
        required=False, label="Hasil", choices=[("", "I dan II"), ("I", "I (sebagian)"), ("II", "II (bebas)")]
    )
    kanwil = forms.ChoiceField(required=False, label="Kanwil")
    upt = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, kesempatan: Iterable[Kesempatan], kanwil: Iterable[Any]) -> None:
        super().__init__({n: data.get(n, "") for n in ("status", "kesempatan", "hasil", "kanwil", "upt")})
        self.tawarkan(
            "kesempatan", "Semua", [*((k.slug, k.nama) for k in kesempatan), ("integrasi", "Integrasi dan asimilasi")]
        )
        semua = [(k.slug, k.nama_pendek) for k in kanwil]
        self.tawarkan("kanwil", "Semua", semua)
        if len(semua) < 2:
            del self.fields["kanwil"]
        self.is_valid()

    def saringan(self, menunggu: tuple[str, ...]) -> Saringan:
        """What was chosen; `menunggu` are the states that wait for the reader."""
        isi = self.cleaned_data
        status = isi.get("status", "")
        kesempatan = isi.get("kesempatan", "")
        return Saringan(
            status=GABUNGAN.get(status) or ((status,) if status and status != "lewat" else menunggu),
            kesempatan="" if kesempatan == "integrasi" else kesempatan,
            rumpun=Usulan.Rumpun.INTEGRASI if kesempatan == "integrasi" else "",
            upt=isi.get("upt", ""),
            kanwil=isi.get("kanwil", ""),
            hasil=isi.get("hasil", ""),
            lewat=status == "lewat",
            tiba=not status,
        )


class FormSaringCalon(FormPortal):
    """Filters of the workspace; what they may be is said by what occurs."""

    keadaan = forms.ChoiceField(required=False, label="Keadaan", choices=[("", "Semua"), *Kandidat.Keadaan.choices])
    alasan = forms.ChoiceField(required=False, label="Alasan")
    jenis = forms.ChoiceField(required=False, label="Jenis")
    hasil = forms.ChoiceField(required=False, label="I atau II")
    lalu = forms.ChoiceField(
        required=False, label="Remisi yang lalu", choices=[("", "Semua"), ("belum", "Belum tercatat")]
    )

    def __init__(self, data: Any, *, kelompok: Iterable[Kelompok], jenis: Iterable[str], hasil: Iterable[str]) -> None:
        super().__init__(data)
        self.tawarkan("alasan", "Semua", ((g.alasan, f"{g.judul} ({g.orang})") for g in kelompok))
        self.tawarkan("jenis", "Semua", ((j, j) for j in jenis))
        self.tawarkan("hasil", "Semua", ((h, h) for h in hasil))


class FormNilai(FormPortal):
    """The one answer for everybody who is ticked: columns of the register, none of them empty."""

    def __init__(self, *args: Any, upt: UPT, cara: Cara, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {nama: MENURUT_NAMA[nama].bidang(upt) for nama in cara.kolom}
        for bidang in self.fields.values():
            bidang.help_text = "Satu jawaban untuk semua yang ditandai."
            if isinstance(bidang, forms.ChoiceField):
                semua: Any = bidang.choices
                bidang.choices = [("", "Pilih"), *(p for p in semua if p[0] != "")]

    def clean(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().clean() or self.cleaned_data
        for nama in [n for n, nilai in isi.items() if nilai is None or nilai == ""]:
            self.add_error(nama, "Isi dahulu jawabannya.")
        return isi
