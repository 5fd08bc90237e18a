"""Cases into lists: the nominative list, the annex of a decree, the recap of a Kanwil. Reads nothing but the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import tulis_tanggal, tulis_waktu
from remisi.calon.syarat import tulis_pidana
from remisi.integrasi.baca import Satu
from remisi.keluaran.daftar import Daftar, Isi, Kolom, Tabel
from remisi.keluaran.selectors import BarisRekap, Pilihan, jenis_rekap
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import Baris
from remisi.models import Kesempatan, Usulan
from remisi.usulan.selectors import Samar
from upt.models import UPT, Kanwil
from wbp.buka import Terbuka
from wbp.models import DataWarga

KEMENTERIAN = "KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN REPUBLIK INDONESIA"
_KELOMPOK = dict(DataWarga.Kelompok.choices)
_STATUS = dict(DataWarga.Status.choices)
_TANPA_BATAS = {"SEUMUR_HIDUP": "seumur hidup", "MATI": "mati"}
Besar = tuple[int, int]
"""Months and days of a grant."""
BESARAN_MAKS = 9
"""Amounts that fit beside each other."""
PINDAH = "Sudah pindah unit"
MASA = (
    "Pidana, hari mulai ditahan, dan ekspirasi menurut register pada hari cetak; pemberian yang keputusannya sudah "
    "terbit ikut dihitung, yang masih diusulkan belum. Sisa pidana dalam hari sejak tanggal pemberian. "
    "Tanda –: belum dicatat, atau tidak ada ekspirasinya."
)
SAMARAN = "Nama disamarkan: inisial dan tiga huruf terakhir nomor register."


def besaran(bulan: int, hari: int) -> str:
    """Months and days as granted, never carried into one another."""
    return " ".join(f"{n} {satuan}" for n, satuan in ((bulan, "bulan"), (hari, "hari")) if n) or "0 hari"


def nominatif(
    kasus: Sequence[Usulan],
    *,
    upt: UPT,
    kesempatan: Kesempatan,
    pilihan: Pilihan,
    aturan: Himpunan,
    oleh: Pengguna,
    pada: datetime,
    orang: Mapping[int, Samar],
    masa: Mapping[int, Satu],
    nama: Mapping[int, Terbuka] | None = None,
) -> Daftar:
    """The list of one unit; with `nama` by name and number, otherwise by initials (`orang`), with the dates of the
    register (`masa`). Who is in none of them has moved to another unit."""
    sebut = {
        u.data_id: _terbuka(nama.get(u.data_id)) if nama is not None else _samar(orang.get(u.data_id)) for u in kasus
    }
    urut = sorted(kasus, key=lambda u: (u.jenis, u.hasil, *(s.casefold() for s in sebut[u.data_id]), u.pk))
    baris = [
        _baris(n, u, pilihan, sebut[u.data_id], _masa(masa.get(u.data_id), u.tanggal)) for n, u in enumerate(urut, 1)
    ]
    aturannya = catatan_aturan(aturan, kesempatan, sorted({u.jenis for u in kasus}))
    return Daftar(
        judul=_judul(pilihan),
        kop=[KEMENTERIAN, str(upt.kanwil).upper(), upt.nama.upper()],
        keterangan=_keterangan(kasus, upt, kesempatan, pilihan),
        utama=Tabel("", _kolom(pilihan, bernama=nama is not None), baris),
        total=jumlah(kasus) if kasus else [],
        catatan=[*([] if nama else [SAMARAN]), MASA, *aturannya],
        kaki=_kaki(oleh, pada, upt.zona, "bernama" if nama else "disamarkan"),
        latihan=settings.MODE_LATIHAN,
    )  # fmt: skip


def _judul(pilihan: Pilihan) -> str:
    return pilihan.judul if pilihan.keputusan is None else "Lampiran keputusan pemberian remisi"


def _keterangan(kasus: Sequence[Usulan], upt: UPT, kesempatan: Kesempatan, pilihan: Pilihan) -> list[tuple[str, str]]:
    sk = pilihan.keputusan
    lanjut = [("Keputusan", f"Nomor {sk.nomor}, tanggal {tulis_tanggal(sk.tanggal)}")] if sk else []
    sidang = sorted({(u.sidang.tanggal, u.sidang.nomor) for u in kasus if u.sidang})
    tpp = "; ".join(f"{nomor}, {tulis_tanggal(tanggal)}" for tanggal, nomor in sidang)
    return [
        ("Unit", upt.nama),
        ("Kesempatan", _kesempatan(kesempatan)),
        *lanjut,
        *([("Sidang TPP", tpp)] if tpp else []),
        ("Jumlah", f"{tulis_angka(len(kasus))} pemberian bagi {tulis_angka(len({u.data_id for u in kasus}))} orang"),
    ]


def _kesempatan(k: Kesempatan) -> str:
    """By its name, which holds the day of most of them already."""
    hari = tulis_tanggal(k.tanggal)
    return k.nama if hari in k.nama else f"{k.nama}, {hari}"


def _kolom(pilihan: Pilihan, *, bernama: bool) -> list[Kolom]:
    return [
        Kolom("No.", 1.5, angka=True),
        Kolom("Nama" if bernama else "Inisial", 6 if bernama else 2.5),
        Kolom("Nomor register", 4 if bernama else 3),
        Kolom("L/P", 1.4),
        Kolom("Status", 3.6),
        Kolom("Tindak pidana", 3.6),
        Kolom("Pidana", 3),
        Kolom("Ditahan sejak", 3),
        Kolom("Ekspirasi", 3),
        Kolom("Sisa, hari", 2, angka=True),
        Kolom("Jenis", 2.2),
        Kolom("Ke-", 1.3, angka=True),
        Kolom("Bulan", 2, angka=True),
        Kolom("Hari", 1.7, angka=True),
        Kolom("I/II", 1.4),
        Kolom("Keterangan", 3) if pilihan.keputusan else Kolom("Keadaan", 4),
    ]


def _baris(n: int, u: Usulan, pilihan: Pilihan, sebut: tuple[str, str], masa: Sequence[Isi]) -> list[Isi]:
    keadaan = "" if pilihan.keputusan else u.get_status_display()
    kata = ", ".join(x for x in (keadaan, "susulan" if u.susulan else "") if x)
    return [
        n,
        *sebut,
        u.jenis_kelamin or "–",
        _STATUS.get(u.status_orang, "–"),
        _KELOMPOK.get(u.kelompok, "–"),
        *masa,
        u.jenis,
        u.urutan if u.urutan is not None else "–",
        u.bulan,
        u.hari,
        u.hasil or "–",
        kata,
    ]


def _masa(satu: Satu | None, hari: date) -> tuple[Isi, Isi, Isi, Isi]:
    """Sentence, first day, expiry, and days left on the day of the grant."""
    if satu is None:
        return "–", "–", "–", "–"
    orang, habis = satu.orang, satu.masa.ekspirasi
    pidana = tulis_pidana(orang.pidana) or _TANPA_BATAS.get(orang.jenis_pidana, "–")
    return pidana, orang.tanggal_tahan or "–", habis or "–", max(0, (habis - hari).days) if habis else "–"


def _samar(orang: Samar | None) -> tuple[str, str]:
    return (orang.inisial or "–", f"•••{orang.ujung}") if orang else (PINDAH, "–")


def _terbuka(orang: Terbuka | None) -> tuple[str, str]:
    return (orang.nama or orang.keterangan, orang.nomor or "–") if orang else (PINDAH, "–")


def jumlah(kasus: Iterable[Usulan]) -> list[Tabel]:
    """Kind and result by amount as granted: across, or down where amounts are too many for a sheet (RD and RT are
    granted to the day)."""
    per: dict[tuple[str, str], dict[Besar, int]] = {}
    for u in kasus:
        satu = per.setdefault((u.jenis, u.hasil), {})
        satu[u.bulan, u.hari] = satu.get((u.bulan, u.hari), 0) + 1
    besar = sorted({b for satu in per.values() for b in satu}, key=_urut_besar)
    judul = "Jumlah menurut jenis, hasil, dan besaran"
    if len(besar) <= BESARAN_MAKS:
        return [_melintang(judul, per, besar)]
    return [_melintang("Jumlah menurut jenis dan hasil", per, []), _menurun(judul, per)]


def _urut_besar(b: Besar) -> tuple[int, Besar]:
    return 30 * b[0] + b[1], b


def _melintang(judul: str, per: Mapping[tuple[str, str], Mapping[Besar, int]], besar: Sequence[Besar]) -> Tabel:
    kolom = [
        Kolom("Jenis", 3), *(Kolom(besaran(*b), 2, angka=True) for b in besar), Kolom("Jumlah", 2, angka=True),
        Kolom("Hari", 2, angka=True),
    ]  # fmt: skip
    baris: list[list[Isi]] = [
        [f"{j} {h}".strip(), *(n.get(b, 0) for b in besar), sum(n.values()), _hari(n)]
        for (j, h), n in sorted(per.items())
    ]
    kaki: list[Isi] = ["Jumlah", *(_jumlah_kolom(baris, i) for i in range(1, len(kolom)))]
    return Tabel(judul, kolom, baris, kaki)


def _menurun(judul: str, per: Mapping[tuple[str, str], Mapping[Besar, int]]) -> Tabel:
    kolom = [Kolom("Jenis", 3), Kolom("Besaran", 4), Kolom("Jumlah", 2, angka=True), Kolom("Hari", 2, angka=True)]
    baris: list[list[Isi]] = [
        [f"{j} {h}".strip(), besaran(*b), n, _hari({b: n})]
        for (j, h), satu in sorted(per.items())
        for b, n in sorted(satu.items(), key=lambda x: _urut_besar(x[0]))
    ]
    return Tabel(judul, kolom, baris, ["Jumlah", "", *(_jumlah_kolom(baris, i) for i in (2, 3))])


def _jumlah_kolom(baris: Iterable[Sequence[Isi]], i: int) -> int:
    return sum(isi for b in baris if isinstance(isi := b[i], int))


def _hari(per: Mapping[tuple[int, int], int]) -> int:
    return sum((30 * bulan + hari) * orang for (bulan, hari), orang in per.items())


def catatan_aturan(aturan: Himpunan, kesempatan: Kesempatan, jenis: Sequence[str]) -> list[str]:
    """The rules behind the amounts, each with its source and whether anybody has confirmed it."""
    hasil = ["I: sebagian; II: langsung bebas. Bulan dan hari ditulis seperti diberikan, tidak dijumlahkan ke bulan."]
    for kode in jenis:
        satu = aturan.jenis(kode, kesempatan.tanggal)
        if satu is None:
            hasil.append(f"{kode}: aturannya belum ada pada tanggal ini (belum dikonfirmasi)")
            continue
        kisi = [b.baris for b in aturan.kisi(satu.kisi, kesempatan.tanggal)] if satu.kisi else []
        hasil.append(f"{kode}, {satu.nama}: {_sumber([satu.baris, *kisi])}")
    return hasil


def _sumber(baris: Iterable[Baris]) -> str:
    return "; ".join(dict.fromkeys(f"{b.sumber}{b.tanda}" for b in baris)) + "."


def _kaki(oleh: Pengguna, pada: datetime, zona: str, sifat: str) -> str:
    return f"Dicetak {tulis_waktu(pada, zona)} oleh {oleh.nama}; {sifat}."


# The recap of a Kanwil ---------------------------------------------------------------------------


def rekap(
    semua: Sequence[BarisRekap],
    *,
    kanwil: Kanwil,
    kesempatan: Kesempatan,
    aturan: Himpunan,
    liputan: str,
    oleh: Pengguna,
    pada: datetime,
) -> Daftar:
    """Units by kind and result: counts only."""
    jenis = jenis_rekap(semua)
    kolom = [
        Kolom("No.", 1, angka=True), Kolom("Unit", 6), Kolom("Diusulkan", 2, angka=True),
        *(Kolom(f"{j} {h}".strip(), 2, angka=True) for j, h in jenis), Kolom("Pemberian", 2, angka=True),
        Kolom("Hari", 2, angka=True),
    ]  # fmt: skip
    baris: list[list[Isi]] = [
        [n, b.upt.nama, b.diusulkan, *(b.per.get(k, 0) for k in jenis), sum(b.per.values()), b.hari]
        for n, b in enumerate(semua, 1)
    ]
    kaki: list[Isi] = ["", "Jumlah", *(_jumlah_kolom(baris, i) for i in range(2, len(kolom)))]
    return Daftar(
        judul="Rekap pemberian remisi",
        kop=[KEMENTERIAN, str(kanwil).upper()],
        keterangan=[
            ("Kanwil", str(kanwil)),
            ("Kesempatan", _kesempatan(kesempatan)),
            ("Cakupan", liputan),
        ],
        utama=Tabel("", kolom, baris, kaki if baris else ()),
        total=[],
        catatan=catatan_aturan(aturan, kesempatan, sorted({j for j, _ in jenis})),
        kaki=_kaki(oleh, pada, kanwil.zona, "hanya jumlah"),
        latihan=settings.MODE_LATIHAN,
    )
