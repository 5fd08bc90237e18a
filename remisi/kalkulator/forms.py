"""What is typed into the calculator: three small forms and their rows. Nothing of it is stored anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from django import forms
from django.http import QueryDict

from pemasyarakatan.inti.bidang import BidangAngka, FormPortal, bidang_tanggal
from remisi.aturan import Lama, Perkara, Permohonan, Potong, Subsider

BARIS_MAKS = 60
KATEGORI = (
    ("umum", "Pidana umum"),
    ("narkotika", "Narkotika 5 tahun atau lebih"),
    ("korupsi", "Korupsi"),
    ("terorisme", "Terorisme"),
    ("khusus_lain", "Keamanan negara, HAM berat, atau transnasional"),
    ("anak", "Anak binaan"),
)
JENIS = (
    ("RU", "RU, Remisi Umum 17 Agustus"),
    ("RK", "RK, Remisi Khusus hari raya"),
    ("RT_JASA", "RT, Remisi Tambahan karena berjasa"),
    ("RT_PEMUKA", "RT, Remisi Tambahan karena pemuka"),
    ("RT_JC", "RT, Remisi Tambahan saksi pelaku yang bekerja sama"),
    ("RD", "RD, Remisi Dasawarsa"),
    ("PMPU", "PMPU, pengurangan masa pidana umum (anak)"),
    ("PMPK", "PMPK, pengurangan masa pidana khusus (anak)"),
    ("PMPD", "PMPD, pengurangan masa pidana dasawarsa (anak)"),
    ("PMP_HAN", "PMP-HAN, Hari Anak Nasional (anak)"),
)
URAIAN = {"tahun": "Tahun", "bulan": "Bulan", "hari": "Hari"}


def _bilangan(label: str, maks: int, bantuan: str = "", wajib: bool = False) -> BidangAngka:
    return BidangAngka(label=label, maks=maks, required=wajib, help_text=bantuan)


def _ambil(isi: Mapping[str, Any], awalan: str, *bagian: str) -> dict[str, int] | None:
    """The parts of a length of time, missing ones as 0; None when nothing of it was typed."""
    nilai = {b: isi.get(f"{awalan}_{b}") for b in bagian}
    return None if all(n is None for n in nilai.values()) else {b: n or 0 for b, n in nilai.items()}


class FormPidana(FormPortal):
    """A sentence and what was done to it."""

    tanggal_tahan = bidang_tanggal(
        "Mulai ditahan", "Bila penahanan pernah terputus: tanggal penahanan yang terakhir.", wajib=True
    )
    hari_tahan_sebelumnya = _bilangan(
        "Penahanan sebelumnya (hari)", 36_500, "Hari penahanan terdahulu dalam perkara ini. Boleh kosong."
    )
    pidana_tahun = _bilangan("Tahun", 100)
    pidana_bulan = _bilangan("Bulan", 1200)
    pidana_hari = _bilangan("Hari", 36_500)
    subsider_bulan = _bilangan("Bulan", 120)
    subsider_hari = _bilangan("Hari", 3_650)
    subsider_dibayar = forms.BooleanField(label="Denda sudah dibayar", required=False)
    kategori = forms.ChoiceField(label="Kelompok tindak pidana", choices=KATEGORI, required=False)
    tanggal_putusan = bidang_tanggal(
        "Putusan berkekuatan hukum tetap", "Boleh kosong. Menentukan aturan mana yang dipakai untuk kejahatan khusus."
    )

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        kolom = [f"pidana_{b}" for b in URAIAN]
        if not any(isi.get(k) for k in kolom) and not any(k in self.errors for k in kolom):
            self.add_error("pidana_tahun", "Isi lamanya pidana: tahun, bulan, atau hari.")
        return isi

    def perkara(self, remisi: list[dict[str, int]]) -> Perkara:
        """The question, as the rules ask it."""
        isi = self.cleaned_data
        subsider = _ambil(isi, "subsider", "bulan", "hari")
        return Perkara(
            tanggal_tahan=isi["tanggal_tahan"],
            hari_tahan_sebelumnya=isi["hari_tahan_sebelumnya"] or 0,
            pidana=(Lama(**(_ambil(isi, "pidana", *URAIAN) or {})),),
            remisi=tuple(Potong(**r) for r in remisi),
            subsider=Subsider(**subsider, dibayar=isi["subsider_dibayar"]) if subsider else None,
            kategori=isi["kategori"] or "umum",
            tanggal_putusan=isi["tanggal_putusan"],
        )


class BarisRemisi(FormPortal):
    """One grant, in the order of the decrees."""

    bulan = _bilangan("Bulan", 60)
    hari = _bilangan("Hari", 1_830)

    def nilai(self) -> dict[str, int] | None:
        ada = {k: self.cleaned_data.get(k) or 0 for k in ("bulan", "hari")}
        return ada if any(ada.values()) else None


class FormRemisi(FormPortal):
    """One grant of one kind on one day."""

    jenis = forms.ChoiceField(label="Jenis", choices=JENIS, error_messages={"required": "Pilih jenisnya."})
    tanggal = bidang_tanggal("Tanggal pemberian", "Contoh: 17 Agustus 2026.", wajib=True)
    tanggal_tahan = bidang_tanggal("Mulai ditahan", "Bila pernah terputus: penahanan yang terakhir.", wajib=True)
    status = forms.ChoiceField(
        label="Status", choices=(("narapidana", "Narapidana"), ("anak", "Anak binaan")), required=False
    )
    urutan = _bilangan("Pemberian yang ke-", 99, "Hitung pemberian jenis yang sama sejak awal. RT dan RD: kosongkan.")
    besaran_ru_bulan = _bilangan("Bulan", 12)
    besaran_ru_hari = _bilangan("Hari", 360)
    pidana_tahun = _bilangan("Tahun", 100)
    pidana_bulan = _bilangan("Bulan", 1200)
    pidana_hari = _bilangan("Hari", 36_500)
    register_f = forms.BooleanField(label="Tercatat dalam Register F pada masa yang dihitung", required=False)
    sedang_cmb = forms.BooleanField(label="Sedang menjalani cuti menjelang bebas", required=False)

    def permohonan(self) -> Permohonan:
        """The question, as the rules ask it; what was left empty is not known."""
        isi = self.cleaned_data
        ru, pidana = _ambil(isi, "besaran_ru", "bulan", "hari"), _ambil(isi, "pidana", *URAIAN)
        return Permohonan(
            jenis=isi["jenis"],
            tanggal=isi["tanggal"],
            tanggal_tahan=isi["tanggal_tahan"],
            urutan=isi["urutan"],
            besaran_ru=Potong(**ru) if ru else None,
            pidana=Lama(**pidana) if pidana else None,
            status=isi["status"] or None,
            register_f=isi["register_f"],
            sedang_cmb=isi["sedang_cmb"],
        )


class FormHemat(FormPortal):
    """A release: its day, and what it printed."""

    tanggal = bidang_tanggal("Tanggal pemberian", "Biaya makan sehari dipilih menurut tanggal ini.", wajib=True)
    rupiah_tercetak = BidangAngka(
        jenis="rupiah",
        label="Penghematan yang tercetak (Rp)",
        required=False,
        help_text="Boleh kosong. Bila diisi, angkanya dibandingkan dengan hitungan.",
    )


class BarisPita(FormPortal):
    """One band: how many persons got how many days."""

    hari = _bilangan("Hari setiap orang", 3_650)
    orang = _bilangan("Orang", 1_000_000)

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        for satu, lain, pesan in (
            ("orang", "hari", "Isi berapa hari setiap orang."),
            ("hari", "orang", "Isi berapa orang."),
        ):
            if isi.get(satu) and not isi.get(lain) and lain not in self.errors:
                self.add_error(lain, pesan)
        return isi

    def nilai(self) -> dict[str, int] | None:
        ada = {k: self.cleaned_data.get(k) or 0 for k in ("hari", "orang")}
        return ada if all(ada.values()) else None


_Baris = TypeVar("_Baris", BarisRemisi, BarisPita)


class Deret(Generic[_Baris]):
    """Rows of one small form, as many as the page shows. Empty rows do not count."""

    def __init__(self, kelas: type[_Baris], awalan: str, kiriman: QueryDict | None, *, awal: int = 3) -> None:
        self.awalan = awalan
        self.banyak = _banyak(kiriman, awalan, awal)
        self.baris: list[_Baris] = [kelas(kiriman, prefix=f"{awalan}-{i}") for i in range(self.banyak)]

    def sah(self) -> bool:
        return not [b for b in self.baris if not b.is_valid()]  # every row says what is wrong with it

    def isi(self) -> list[dict[str, int]]:
        return [n for n in (b.nilai() for b in self.baris) if n is not None]

    def apa_adanya(self) -> Deret[_Baris]:
        """The rows as they were typed, not judged."""
        for i, baris in enumerate(self.baris):
            self.baris[i] = type(baris)(initial={k.name: k.data for k in baris}, prefix=baris.prefix)
        return self

    @property
    def maks(self) -> int:
        return BARIS_MAKS

    @property
    def penuh(self) -> bool:
        return self.banyak >= BARIS_MAKS

    def galat(self) -> list[dict[str, str]]:
        """What is wrong in the rows, for the summary at the top."""
        return [
            {"pesan": f"Baris {i}, {kolom.label}: {pesan}", "sasaran": kolom.id_for_label}
            for i, baris in enumerate(self.baris, 1)
            for kolom in baris
            for pesan in kolom.errors
        ]


def _banyak(kiriman: QueryDict | None, awalan: str, awal: int) -> int:
    """How many rows the page showed, and one more when that was asked for."""
    if kiriman is None:
        return awal
    teks = kiriman.get(f"{awalan}-n", "")
    banyak = int(teks) if teks.isascii() and teks.isdigit() and len(teks) < 4 else awal
    return max(1, min(BARIS_MAKS, banyak + (kiriman.get("aksi") == "tambah")))
