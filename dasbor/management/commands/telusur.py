"""Open a figure to its origin: `manage.py telusur F06.wbp --wilayah riau --bulan 2026-01 --json`."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dasbor import indikator, selectors
from dasbor.rekap import Liputan
from dasbor.telusur import Orang, Telusur, TelusurIndikator, telusur, telusur_indikator
from pelaporan.alur import LABEL_STATUS, Status
from pemasyarakatan.inti.angka import Jenis, tulis_angka
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.json import EncoderAngka
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu, tulis_waktu
from upt.cakupan import SISTEM, terpasang


class Command(BaseCommand):
    help = "Buka asal sebuah angka: wilayah, UPT, versi, sel, pengirim, dan pemeriksanya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kode", help="kode butir seperti F06.wbp, atau kode indikator seperti hunian")
        parser.add_argument("--wilayah", default=selectors.NASIONAL, help="nasional, slug Kanwil, atau kode UPT")
        parser.add_argument("--bulan", help="bulan seperti 2026-01; bawaannya bulan terbuka yang terbaru")
        parser.add_argument("--json", action="store_true", help="tulis JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with terpasang(SISTEM):
            try:
                hasil = self._buka(options["kode"], options["wilayah"], self._bulan(options["bulan"]))
            except TidakDitemukan as galat:
                raise CommandError(galat.pesan, returncode=2) from galat
        if options["json"]:
            self.stdout.write(json.dumps(hasil.ke_json(), cls=EncoderAngka, ensure_ascii=False, indent=2))
        elif isinstance(hasil, Telusur):
            self._tabel(hasil)
        else:
            self._tabel_indikator(hasil)

    def _bulan(self, kode: str | None) -> Bulan:
        terbuka = selectors.bulan_terbuka()
        try:
            bulan = Bulan.dari(kode) if kode else next(iter(terbuka), None)
        except GalatWaktu as galat:
            raise CommandError(galat.pesan, returncode=2) from galat
        if bulan is None or bulan not in terbuka:
            raise CommandError(f"Bulan {bulan.nama if bulan else 'pelaporan'} belum dibuka.", returncode=2)
        return bulan

    def _buka(self, kode: str, kode_wilayah: str, bulan: Bulan) -> Telusur | TelusurIndikator:
        try:
            wilayah = selectors.wilayah(SISTEM, kode_wilayah)
        except TidakDitemukan as galat:
            raise TidakDitemukan(
                f"Wilayah {kode_wilayah} tidak dikenal. Pakai nasional, riau, atau kode UPT."
            ) from galat
        formulir, _, butir = kode.partition(".")
        if butir:
            return telusur(SISTEM, formulir, butir, wilayah, bulan)
        if kode not in indikator.semua():
            dikenal = ", ".join(indikator.semua())
            raise TidakDitemukan(f"Kode {kode} tidak dikenal. Tulis seperti F06.wbp, atau salah satu dari: {dikenal}.")
        return telusur_indikator(SISTEM, indikator.semua()[kode], wilayah, bulan)

    # ------------------------------------------------------------ a table for people

    def _tabel(self, t: Telusur) -> None:
        self.stdout.write(f"{t.label} ({t.formulir}.{t.kode}), {t.wilayah.nama}, {t.bulan.nama}")
        self.stdout.write(f"Masuk {_angka(t.masuk, t)}; terverifikasi {_angka(t.sah, t)}. {_cakupan(t.liputan)}")
        if t.rumus:
            self.stdout.write(f"Rumus: {t.rumus}")
        for k in t.komponen:
            self.stdout.write(f"  {k.formulir}.{k.kode:<32} {_angka(k.masuk, t):>16}  {k.label}")
        for b in t.bagian:
            keadaan = LABEL_STATUS[Status(b.status)] if b.status else _cakupan(b.liputan)
            self.stdout.write(f"  {b.nama:<48} {_angka(b.masuk, t):>16}  {keadaan}{_siapa(b.asal)}")
        if t.cocok is not None:
            kata = "cocok dengan" if t.cocok else "BERBEDA dari"
            self.stdout.write(f"  {'Jumlah bagian':<48} {_angka(t.jumlah_masuk, t):>16}  {kata} angka di atas")
        for v in t.versi:
            self.stdout.write(f"  Versi {v.versi} {v.nomor}: {_angka(v.nilai, t)}{_siapa(v)}; sidik {v.sidik}")
        for satu in t.ketikan:
            kapan = tulis_waktu(satu.pada, t.wilayah.zona)
            self.stdout.write(f"  Diisi {satu.lama} → {satu.baru} oleh {satu.oleh}, {kapan}")
        if t.belum:
            self.stdout.write(f"Belum masuk: {', '.join(b.nama for b in t.belum)}")

    def _tabel_indikator(self, t: TelusurIndikator) -> None:
        ind = t.indikator
        self.stdout.write(f"{ind.nama} ({ind.kode}), {t.wilayah.nama}, {t.bulan.nama}: {ind.tulis(t.masuk)}")
        self.stdout.write(f"Rumus: {ind.rumus}. {_cakupan(t.liputan)}")
        for judul, semua in (("Pembilang", t.komponen_pembilang), ("Penyebut", t.komponen_penyebut)):
            for k in semua:
                self.stdout.write(f"  {judul:<10} {k.formulir}.{k.kode:<24} {_polos(k.masuk):>16}  {k.label}")
        for b in t.bagian:
            pecahan = f"{_polos(b.pembilang)} / {_polos(b.penyebut)}"
            self.stdout.write(f"  {b.nama:<48} {ind.tulis(b.nilai):>12}  {pecahan}; {_cakupan(b.liputan)}")


def _angka(nilai: Any, t: Telusur) -> str:
    jenis: Jenis = t.jenis  # type: ignore[assignment]
    return tulis_angka(nilai, jenis, "" if jenis in ("rupiah", "persen") else t.satuan)


def _polos(nilai: Any) -> str:
    return tulis_angka(nilai, "desimal")


def _cakupan(li: Liputan) -> str:
    return f"{li.masuk} dari {li.wajib} UPT masuk, {li.sah} terverifikasi"


def _siapa(asal: Any) -> str:
    if asal is None:
        return ""
    return f"; {_orang('dikirim', asal.dikirim)}" + (
        f"; {_orang('diverifikasi', asal.diverifikasi)}" if asal.diverifikasi else ""
    )


def _orang(kata: str, siapa: Orang) -> str:
    sebagai = f" ({siapa.sebagai})" if siapa.sebagai else ""
    return f"{kata} {siapa.nama}{sebagai} {tulis_waktu(siapa.pada, 'WIB')}"
