"""Acts as the pages offer them: what each is called, what it asks, and which may be offered to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pemasyarakatan.akun.izin import boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.bidang import FormPortal
from remisi.kerja import forms
from remisi.models import Usulan
from remisi.usulan import alur, services
from remisi.usulan.alur import Aksi
from remisi.usulan.langkah import Hasil
from remisi.usulan.selectors import Kelompok, hari_laksana


@dataclass(frozen=True)
class Tindakan:
    """`tombol` on the list, `tanya` as the heading of the page that asks again, `selesai` afterwards."""

    aksi: Aksi
    tombol: str
    tanya: str
    selesai: str
    form: type[FormPortal]
    jalankan: Callable[..., Hasil]
    bahaya: bool = False
    petunjuk: str = ""

    def sesuaikan(self, form: FormPortal, kasus: Iterable[Usulan]) -> None:
        """Say whether these cases need a reason; ask what was mended of returned ones alone."""
        if self.aksi is Aksi.SIDANGKAN and not any(u.status == alur.Status.DIKEMBALIKAN for u in kasus):
            form.fields.pop("perbaikan", None)
        if self.aksi is Aksi.TARIK:
            perlu = any((b := alur.transisi(u.status, self.aksi, u.jenis)) and b.alasan for u in kasus)
            form["alasan"].help_text = "Wajib: usulannya sudah disidangkan." if perlu else "Boleh kosong."

    def pada_bidang(self, form: FormPortal, pesan: str) -> bool:
        """Put a refusal that concerns one field at that field; False when it concerns none."""
        if "alasan" not in form.fields or form.cleaned_data.get("alasan"):
            return False
        form.add_error("alasan", pesan)
        return True

    def isi(self, bersih: dict[str, Any], contoh: Usulan) -> dict[str, Any]:
        """What the form says, as the service wants it."""
        return {**bersih, "upt": contoh.upt} if self.aksi is Aksi.SIDANGKAN else bersih

    def ke(self, u: Usulan) -> str:
        """The state that it brings a case to; "" when it is there no more."""
        baris = alur.transisi(u.status, self.aksi, u.jenis)
        return baris.ke if baris else ""


_SEMUA = (
    Tindakan(
        Aksi.SIDANGKAN, "Catat sidang TPP", "Catat sidang TPP untuk {n} usulan?", "{n} usulan tercatat disidangkan.",
        forms.FormSidang, services.sidangkan,
    ),
    Tindakan(
        Aksi.AJUKAN, "Ajukan ke Kanwil", "Ajukan {n} usulan ke Kanwil?", "{n} usulan diajukan ke Kanwil.",
        forms.FormKosong, services.ajukan, petunjuk="Syarat baru saja dihitung lagi dengan data hari ini.",
    ),
    Tindakan(
        Aksi.VERIFIKASI, "Verifikasi", "Verifikasi {n} usulan?", "{n} usulan diverifikasi.", forms.FormKosong,
        services.verifikasi, petunjuk="Periksa sekurang-kurangnya beberapa; setiap inisial membuka usulannya.",
    ),
    Tindakan(
        Aksi.TERBITKAN, "Catat keputusan", "Catat keputusan untuk {n} usulan?", "Keputusan {n} usulan tercatat.",
        forms.FormKeputusan, services.terbitkan,
        petunjuk="Pemberiannya langsung masuk register unit dan angka nasional.",
    ),
    Tindakan(
        Aksi.LAKSANAKAN, "Catat pelaksanaan", "Catat pelaksanaan {n} keputusan?",
        "{n} keputusan tercatat dilaksanakan.", forms.FormPelaksanaan, services.laksanakan,
        petunjuk="Yang bebas karena keputusan ini (II) dicatat keluarnya di halaman orangnya.",
    ),
    Tindakan(
        Aksi.KEMBALIKAN, "Kembalikan", "Kembalikan {n} usulan ke UPT?", "{n} usulan dikembalikan.",
        forms.FormAlasanUsulan, services.kembalikan,
    ),
    Tindakan(
        Aksi.TOLAK, "Tolak", "Tolak {n} usulan?", "{n} usulan ditolak.", forms.FormAlasanUsulan, services.tolak, True,
    ),
    Tindakan(
        Aksi.CABUT, "Cabut keputusan", "Cabut keputusan atas {n} usulan?", "{n} keputusan dicabut.",
        forms.FormAlasanUsulan, services.cabut, True,
        "Remisi ditarik dari register dan dari angka nasional; yang sedang menjalani program integrasinya dicatat "
        "menjalani pidana lagi.",
    ),
    Tindakan(
        Aksi.TARIK, "Tarik usulan", "Tarik {n} usulan?", "{n} usulan ditarik.", forms.FormTarik, services.tarik, True,
    ),
)  # fmt: skip
TINDAKAN: dict[str, Tindakan] = {t.aksi.value: t for t in _SEMUA}


@dataclass(frozen=True)
class Tawaran:
    """An act that is offered, and to how many of the cases on the page it applies."""

    apa: Tindakan
    banyak: int
    semua: bool

    @property
    def aksi(self) -> Aksi:
        return self.apa.aksi

    @property
    def bahaya(self) -> bool:
        return self.apa.bahaya

    @property
    def tombol(self) -> str:
        """Where it applies to some of the cases only, for how many."""
        return self.apa.tombol if self.semua else f"{self.apa.tombol} ({tulis_angka(self.banyak)})"


def untuk(oleh: Pengguna, kasus: Iterable[Usulan]) -> list[Tawaran]:
    """Acts that this person may do with at least one of these cases, in the order of the work."""
    jumlah: Counter[Aksi] = Counter()
    hak: dict[tuple[Any, ...], bool] = {}
    semua = list(kasus)
    for u in semua:
        belum = hari_laksana(u) is not None
        for baris in alur.mungkin(u.status, u.jenis):
            kunci = (baris.izin, u.upt_id)
            if kunci not in hak:
                hak[kunci] = boleh(oleh, baris.izin, u)
            jumlah[baris.aksi] += hak[kunci] and not (belum and baris.aksi is Aksi.LAKSANAKAN)
    return _tawarkan(jumlah, len(semua))


def untuk_kelompok(oleh: Pengguna, kelompok: Iterable[Kelompok]) -> list[Tawaran]:
    """The same for rows of the queue. In integration a row may hold kinds of both ways: what one allows is offered."""
    jumlah: Counter[Aksi] = Counter()
    banyak = 0
    for g in kelompok:
        banyak += g.jumlah
        jenis = ("CB", "CMK") if g.slug == "integrasi" else ("RU",)
        mungkin = {b.aksi for j in jenis for b in alur.mungkin(g.status, j) if boleh(oleh, b.izin)}
        for aksi in mungkin - ({Aksi.LAKSANAKAN} if g.hari_laksana else set()):
            jumlah[aksi] += g.jumlah
    return _tawarkan(jumlah, banyak)


def _tawarkan(jumlah: Mapping[Aksi, int], dari: int) -> list[Tawaran]:
    return [Tawaran(t, jumlah[t.aksi], jumlah[t.aksi] == dari) for t in _SEMUA if jumlah.get(t.aksi)]
