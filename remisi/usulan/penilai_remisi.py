"""The judge of remission: the register as it is now against the rules of the occasion's day (`remisi.calon.syarat`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pemasyarakatan.inti.waktu import hari_ini
from remisi.calon.orang import baca_orang
from remisi.calon.patokan import sidik_calon
from remisi.calon.syarat import Hasil, N, Syarat, semua
from remisi.ketentuan import Himpunan
from remisi.models import Kandidat, Kesempatan, Usulan
from remisi.selectors_aturan import himpunan, patokan_untuk
from remisi.usulan.penilai import Penilaian


def nilai_remisi(kasus: Sequence[Usulan]) -> list[Penilaian]:
    """The judgement of every case, in their order; one reading of the register an occasion."""
    aturan, pada = himpunan(), hari_ini()
    jawaban: dict[tuple[int | None, int, str], Penilaian] = {}
    for kesempatan in Kesempatan.objects.filter(pk__in={u.kesempatan_id for u in kasus}):
        diminta: dict[int, set[str]] = {}
        for u in kasus:
            if u.kesempatan_id == kesempatan.pk:
                diminta.setdefault(u.data_id, set()).add(u.jenis)
        patokan = patokan_untuk(kesempatan, aturan, pada)
        for data_id, orang in baca_orang(diminta, kesempatan.tanggal).items():
            for hasil in semua(orang, patokan, diminta[data_id]):
                jawaban[kesempatan.pk, data_id, hasil.jenis] = penilaian(hasil, kesempatan, aturan, pada)
    return [jawaban.get((u.kesempatan_id, u.data_id, u.jenis)) or _tidak_berlaku(u, aturan, pada) for u in kasus]


def penilaian(hasil: Hasil, kesempatan: Kesempatan, aturan: Himpunan, pada: date) -> Penilaian:
    return Penilaian(
        keadaan=hasil.keadaan,
        urutan=hasil.urutan,
        bulan=hasil.bulan,
        hari=hasil.hari,
        hasil=hasil.hasil,
        halangan=tuple(_kalimat(s) for s in hasil.alasan),
        dasar={
            "pada": pada.isoformat(),
            "tanggal": kesempatan.tanggal.isoformat(),
            "sidik_aturan": sidik_calon(aturan, kesempatan.tanggal),
            "syarat": [syarat_json(s) for s in hasil.syarat if s.keadaan != N],
            "besaran": {
                "urutan": hasil.urutan,
                "hari_jalani": hasil.hari_jalani,
                "bulan": hasil.bulan,
                "hari": hasil.hari,
                "hasil": hasil.hasil,
            },
            "catatan": list(hasil.catatan),
        },
    )


def _kalimat(s: Syarat) -> str:
    bukti = s.bukti.rstrip(".")
    return f"{bukti} (dibenahi {s.pembenah})" if s.pembenah else bukti


def syarat_json(s: Syarat) -> dict[str, Any]:
    """One condition as a case freezes it."""
    return {
        "kode": s.kode,
        "nama": s.label,
        "keadaan": s.keadaan,
        "bukti": s.bukti,
        "aturan": s.aturan.bunyi,
        "sumber": s.aturan.sumber,
        "terverifikasi": s.aturan.terverifikasi,
        "pembenah": s.pembenah,
    }


def _tidak_berlaku(u: Usulan, aturan: Himpunan, pada: date) -> Penilaian:
    """A person who left, or to whom this kind does not apply (any more)."""
    dasar: dict[str, Any] = {"pada": pada.isoformat(), "sidik_aturan": sidik_calon(aturan, u.tanggal), "syarat": []}
    sebab = "orang ini sudah tidak di unit, atau jenis ini tidak berlaku baginya"
    return Penilaian(Kandidat.Keadaan.TIDAK, halangan=(sebab,), dasar=dasar)
