"""Writing invented months into the database: one transaction, COPY, one trail row for each unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction

from dasbor.contoh.baris import KOLOM, Lembar, Petugas, Tugas
from dasbor.contoh.beku import Pembeku
from dasbor.contoh.kalibrasi import JANUARI_2026
from dasbor.contoh.profil import JENIS_HUNIAN, JENIS_WAJIB, Profil, Unit, susun_profil
from dasbor.contoh.riwayat import RIAU, Riwayat, amandemen, rencana_status, saat_tutup, susun_riwayat
from dasbor.contoh.susun import DASAR, FORMULIR, Isi, Sekitar, jawaban, mungkin_ditanya
from pelaporan.alur import Status
from pelaporan.models import FormulirVersi, Laporan, Periode
from pelaporan.services_periode import hari_libur, tenggat_untuk
from pelaporan.skema import Skema
from pemasyarakatan.inti.curah import muatan_curah, salin
from pemasyarakatan.inti.waktu import Bulan, akhir_hari
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Kapasitas, Penugasan

SUMBER_KAPASITAS = "Data contoh"
Kabar = Callable[[str], None]
Libur = Mapping[int | None, frozenset[date]]


@dataclass
class Bahan:
    """Everything the generator reads from the database, once. `formulir`: code → versions, newest first."""

    upt: dict[str, UPT]
    profil: dict[str, Profil]
    zona_kanwil: dict[int, str]
    formulir: dict[str, list[FormulirVersi]]
    petugas: dict[int, Petugas]
    tambahan: int = 0
    _pembeku: dict[int, Pembeku] = field(default_factory=dict)
    _tenggat: dict[tuple[object, ...], tuple[date, date] | None] = field(default_factory=dict)

    def versi(self, formulir: str, bulan: Bulan) -> FormulirVersi | None:
        """The version in force; before the first one of a basic form (benchmarks reach further back) the first."""
        semua = self.formulir.get(formulir, [])
        pertama = semua[-1] if semua and formulir in DASAR else None
        return next((v for v in semua if v.berlaku_dari <= bulan.awal), pertama)

    def pembeku(self, versi: FormulirVersi) -> Pembeku:
        if versi.pk not in self._pembeku:
            self._pembeku[versi.pk] = Pembeku(versi.skema, self.tambahan)
        return self._pembeku[versi.pk]

    def skema(self, bulan: Bulan) -> dict[str, Skema]:
        semua = {f: self.versi(f, bulan) for f in FORMULIR}
        return {f: self.pembeku(v).skema for f, v in semua.items() if v is not None}

    def tenggat(
        self, versi: FormulirVersi, upt: UPT, bulan: Bulan, libur: frozenset[date]
    ) -> tuple[datetime, datetime] | None:
        """Deadlines of unit and Kanwil; None when the unit does not owe the form."""
        # units that a form names, or whose region it names, are judged one by one
        sendiri = upt.kode if any(k.upt or k.kanwil for k in versi.skema.kewajiban) else ""
        kunci = (versi.pk, upt.jenis, upt.subjenis, sendiri, bulan, libur)
        if kunci not in self._tenggat:
            hari = tenggat_untuk(versi, upt, bulan, libur)
            self._tenggat[kunci] = (hari.upt, hari.kanwil) if hari else None
        dua = self._tenggat[kunci]
        if dua is None:
            return None
        return akhir_hari(dua[0], upt.zona), akhir_hari(dua[1], self.zona_kanwil[upt.kanwil_id])


def baca_bahan(tambahan: int = 0) -> Bahan:
    """Read units, capacities, forms and people; capacities must be there already (`isi_kapasitas`)."""
    with terpasang(SISTEM):
        upt = _upt_wajib()
        kapasitas = Kapasitas.objects.order_by("upt_id", "-dari").distinct("upt_id").select_related("upt")
        tampung = {k.upt.kode: (k.laki, k.perempuan, k.anak) for k in kapasitas}
        formulir: dict[str, list[FormulirVersi]] = {}
        for versi in FormulirVersi.objects.filter(formulir_id__in=FORMULIR).order_by("formulir_id", "-berlaku_dari"):
            formulir.setdefault(versi.formulir_id, []).append(versi)
        return Bahan(
            upt=upt,
            profil=susun_profil(map(_unit, upt.values()), tampung),
            zona_kanwil={u.kanwil_id: u.kanwil.zona for u in upt.values()},
            formulir=formulir,
            petugas=_petugas(upt.values()),
            tambahan=tambahan,
        )


def _upt_wajib() -> dict[str, UPT]:
    return {u.kode: u for u in UPT.objects.filter(jenis__in=JENIS_WAJIB).select_related("kanwil").order_by("kode")}


def _unit(u: UPT) -> Unit:
    return Unit(u.kode, u.nama, u.jenis, u.subjenis, u.kelas, u.kanwil.kode, u.zona, u.pk, u.kanwil_id)


def _petugas(upt: Iterable[UPT]) -> dict[int, Petugas]:
    """Who acts on the reports of each unit, from the assignments."""
    tugas = list(Penugasan.objects.filter(pengguna__nip__startswith="9999").select_related("pengguna"))
    di_upt = {(t.peran, t.upt_id): t.pengguna for t in tugas if t.upt_id}
    di_kanwil = {t.kanwil_id: t.pengguna_id for t in tugas if t.peran == "verifikator_kanwil"}
    peninjau = next(t.pengguna_id for t in tugas if t.peran == "peninjau_pusat")
    return {
        u.pk: Petugas(
            di_upt["operator_upt", u.pk].pk,
            di_upt["kepala_upt", u.pk].pk,
            di_kanwil[u.kanwil_id],
            peninjau,
            di_upt["operator_upt", u.pk].nama,
        )
        for u in upt
    }


def isi_kapasitas() -> int:
    """Give every unit that has no capacity an invented one (idempotent); returns how many."""
    with terpasang(SISTEM):
        upt = _upt_wajib()
        ada = set(Kapasitas.objects.values_list("upt_id", flat=True))
        profil = susun_profil(map(_unit, upt.values()))
        baru = [(u, profil[u.kode].kapasitas) for u in upt.values() if u.jenis in JENIS_HUNIAN and u.pk not in ada]
        Kapasitas.objects.bulk_create(
            Kapasitas(
                upt=u, kanwil_id=u.kanwil_id, dari=date(2015, 1, 1), laki=k[0], perempuan=k[1], anak=k[2],
                sumber=SUMBER_KAPASITAS,
            )
            for u, k in baru
        )  # fmt: skip
        return len(baru)


@dataclass
class Pemuat:
    """Loads months. `akhir`: the last ended month, the only mixed one; `lewati`: (unit, form) pairs whose reports
    of that month stay unbegun (real services fill them in).
    """

    bahan: Bahan
    kini: datetime
    akhir: Bulan | None = None
    lewati: frozenset[tuple[str, str]] = frozenset()
    kabar: Kabar = lambda teks: None
    per_berkas: int = 3

    def muat(self, bulan: Sequence[Bulan]) -> int:
        """Write all months in one transaction; returns the number of versions. No report may be begun."""
        jumlah = 0
        with transaction.atomic(), terpasang(SISTEM):
            self._kosongkan(bulan)
            with muatan_curah(list(KOLOM)):
                for terakhir, lembar in self._lembar_berurutan(bulan):
                    for tabel, kolom in KOLOM.items():
                        salin(tabel, kolom, lembar.baris[tabel])
                    jumlah += lembar.banyak
                    self.kabar(f"  sampai {terakhir.nama}: {jumlah} versi")
            self._periode(bulan)
            self._jejak(bulan)
        return jumlah

    def _kosongkan(self, bulan: Sequence[Bulan]) -> None:
        """Take back obligations that nobody has begun; they come again with their content."""
        Laporan.objects.filter(bulan__in=[b.awal for b in bulan], status=Status.BELUM, revisi=0).delete()
        with connection.cursor() as kursor:
            kursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no check may wait while keys are taken off
            kursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def _lembar_berurutan(self, bulan: Sequence[Bulan]) -> Iterator[tuple[Bulan, Lembar]]:
        """(last month, lines) of every batch. The next batch is made while PostgreSQL takes in this one."""
        libur = {satu: hari_libur(satu + 1) for satu in bulan}  # the thread must not touch the database
        potongan = [bulan[n : n + self.per_berkas] for n in range(0, len(bulan), self.per_berkas)]
        semua = frozenset(bulan)
        with ThreadPoolExecutor(max_workers=1) as pembuat:
            berikut = pembuat.submit(self._lembar, potongan[0], semua, libur)
            for n, satu in enumerate(potongan):
                lembar = berikut.result()
                if n + 1 < len(potongan):
                    berikut = pembuat.submit(self._lembar, potongan[n + 1], semua, libur)
                yield satu[-1], lembar

    def _lembar(self, bulan: Sequence[Bulan], semua: frozenset[Bulan], libur: Mapping[Bulan, Libur]) -> Lembar:
        """Unit by unit, so that what a unit reported before is at hand for its next month."""
        lembar = Lembar()
        skema = {satu: self.bahan.skema(satu) for satu in bulan}
        for kode, upt in self.bahan.upt.items():
            sekitar = Sekitar(self.bahan.profil[kode])
            for satu in bulan:
                for tugas in self._tugas(upt, sekitar, satu, skema[satu], satu - 1 not in semua, libur[satu]):
                    lembar.tulis(tugas)
        return lembar

    def _tugas(
        self, upt: UPT, sekitar: Sekitar, bulan: Bulan, skema: Mapping[str, Skema], awal: bool, libur: Libur
    ) -> Iterator[Tugas]:
        hari = libur.get(upt.kanwil_id, libur[None])
        for formulir in sekitar.semua(bulan):
            versi = self.bahan.versi(formulir, bulan)
            if versi is None or (tenggat := self.bahan.tenggat(versi, upt, bulan, hari)) is None:
                continue
            yield self._satu(sekitar, bulan, formulir, versi, skema, tenggat, awal)

    def _satu(
        self,
        sekitar: Sekitar,
        bulan: Bulan,
        formulir: str,
        versi: FormulirVersi,
        skema: Mapping[str, Skema],
        tenggat: tuple[datetime, datetime],
        awal: bool,
    ) -> Tugas:
        p, isi = sekitar.p, sekitar.semua(bulan)[formulir]
        akhir = bulan == self.akhir
        tanya = mungkin_ditanya(p, bulan, formulir, isi, awal)
        dua = formulir in _SALAH and amandemen(p, bulan, formulir) and not akhir
        return Tugas(
            p=p,
            bulan=bulan,
            pembeku=self.bahan.pembeku(versi),
            formulir_versi=versi.pk,
            isi=isi,
            tanggapan=jawaban(skema, sekitar, bulan, formulir, awal) if tanya else {},
            riwayat=self._riwayat(p, bulan, formulir, tenggat[0], dua),
            petugas=self.bahan.petugas[p.unit.pk],
            tenggat=tenggat,
            acuan=(p.kapasitas_total if awal else sum(p.isi(bulan - 1))) or None,
            salah=_versi_salah(formulir, p, isi) if dua else None,
            berdraf=_berdraf(p, bulan, akhir),
        )

    def _riwayat(self, p: Profil, bulan: Bulan, formulir: str, tenggat: datetime, dua: bool) -> Riwayat:
        akhir = bulan == self.akhir
        status = rencana_status(p, bulan, formulir, akhir)
        if akhir and (p.unit.kode, formulir) in self.lewati:
            status = Status.BELUM
        return susun_riwayat(p, bulan, formulir, status, tenggat, self.kini, dua)

    def _periode(self, bulan: Sequence[Bulan]) -> None:
        for satu in bulan:
            tutup = satu != self.akhir
            Periode.objects.update_or_create(
                bulan=satu.awal,
                defaults={
                    "status": Periode.Status.DITUTUP if tutup else Periode.Status.TERBUKA,
                    "ditutup_pada": saat_tutup(satu, self.kini) if tutup else None,
                },
            )

    def _jejak(self, bulan: Sequence[Bulan]) -> None:
        """One link in every unit's chain says that these months were loaded, not lived."""
        with connection.cursor() as kursor:
            kursor.execute(
                "SELECT count(jejak_tambah('upt:' || u.id, NULL, 'sistem', 'muat_contoh', 'upt', u.id::text, "
                "u.id, u.kanwil_id, jsonb_build_object('dari', %s::text, 'sampai', %s::text, 'bulan', "
                "%s::int))) FROM upt_upt u WHERE u.id = ANY (%s)",
                [bulan[0].kode, bulan[-1].kode, len(bulan), [u.pk for u in self.bahan.upt.values()]],
            )


def _berdraf(p: Profil, bulan: Bulan, akhir: bool) -> bool:
    """Drafts with who typed each cell: the last month, and the published figures (Riau in January 2026)."""
    return akhir or (bulan == JANUARI_2026 and p.unit.kanwil == RIAU)


_SALAH = {"F01": "rinci_disabilitas_{}", "F02": "surat_h10", "F06": "lahan_tidur", "F05": "kamar"}
"""The cell that was mistyped, in the forms of which few were returned."""


def _versi_salah(formulir: str, p: Profil, isi: Isi) -> tuple[str, Isi]:
    """(cell, content) of a version that was returned: one cell was mistyped."""
    kode = _SALAH[formulir].format("p" if p.perempuan == 1 else "l")
    return kode, Isi({**isi.nilai, kode: isi.angka(kode) + 3}, isi.baris)


def bulan_bersih(bulan: Sequence[Bulan]) -> list[Bulan]:
    """Those of the months in which no report has been begun."""
    with terpasang(SISTEM):
        mulai = Laporan.objects.filter(bulan__in=[b.awal for b in bulan], revisi__gt=0)
        terisi = set(mulai.order_by().values_list("bulan", flat=True).distinct())
    return [b for b in bulan if b.awal not in terisi]
