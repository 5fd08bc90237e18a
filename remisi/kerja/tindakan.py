"""Acts as the pages offer them: what each is called, what it asks, and which may be offered to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pemasyarakatan.akun.izin import boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.bidang import FormPortal
from remisi.kerja import forms
from remisi.models import Usulan
from remisi.usulan import alur, services
from remisi.usulan.alur import Aksi
from remisi.usulan.langkah import Hasil


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
        """Say whether these cases need a reason."""
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


def untuk(oleh: Pengguna, kasus: Iterable[Usulan]) -> list[Tindakan]:
    """Acts that this person may do with at least one of these cases, in the order of the work."""
    perlu = {(u.status, u.jenis, u.upt_id): u for u in kasus}
    ada = {
        baris.aksi
        for (status, jenis, _), u in perlu.items()
        for baris in alur.mungkin(status, jenis)
        if boleh(oleh, baris.izin, u)
    }
    return [t for t in _SEMUA if t.aksi in ada]


def untuk_status(oleh: Pengguna, status: Iterable[str]) -> list[Tindakan]:
    """The same for a queue, before its cases are read: what this person may do somewhere from these states."""
    ada = {b.aksi for s in set(status) for b in alur.mungkin(s, "RU") if boleh(oleh, b.izin)}
    return [t for t in _SEMUA if t.aksi in ada]
