"""One person, one occasion: which kinds of remission apply, every condition with its evidence, and what it would give.

Pure: no database, no name. `massal` says the same for a whole unit at once; a property test holds both equal.
A condition is Y (met), T (not met), D (not known yet) or N (does not apply). One T is TIDAK, else one D is PERLU_DATA,
else LAYAK. The rules come from `patokan`; nothing is decided here, everything is explained.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from remisi.calon.patokan import BAIK, PREDIKAT, Patokan, Rujukan, jalur
from wbp.batas import TANPA_REMISI

Y, T, D, N = "Y", "T", "D", "N"
LAYAK, PERLU_DATA, TIDAK = "LAYAK", "PERLU_DATA", "TIDAK"
REGISTRASI, PEMBINAAN, WALI = "Registrasi", "Pembinaan", "Wali pemasyarakatan atau asesor"
TANPA_ATURAN = "batasnya belum ada dalam aturan pada tanggal itu."
TIDAK_DIMINTA = "Tidak disyaratkan bagi perkara ini."
UANG, KEAMANAN, PUSAT = "Registrasi, dengan bukti dari Kejaksaan", "Keamanan dan ketertiban", "Ditjenpas"


@dataclass(frozen=True, slots=True)
class Orang:
    """What the register keeps of one person, as far as the rules ask (`wbp.DataWarga`), and the grants before.

    `lalu` counts earlier grants of each kind; `remisi_hari` is their sum in days (a month has 30).
    """

    status: str
    jenis_pidana: str = "SEMENTARA"
    menjalani: str = "PIDANA"
    kelompok: str = ""
    jenis_kelamin: str = ""
    agama: str = ""
    tahun_lahir: int | None = None
    tanggal_putusan: date | None = None
    tanggal_tahan: date | None = None
    hari_tahan_sebelumnya: int = 0
    pidana_tahun: int | None = None
    pidana_bulan: int | None = None
    pidana_hari: int | None = None
    subsider_bulan: int = 0
    subsider_hari: int = 0
    denda_lunas: bool | None = None
    uang_pengganti_lunas: bool | None = None
    deradikalisasi: bool | None = None
    ikrar: bool | None = None
    salinan_putusan: bool | None = None
    sppn_predikat: str = ""
    sppn_tanggal: date | None = None
    risiko_turun: bool | None = None
    register_f_diperiksa: date | None = None
    register_f_terakhir: date | None = None
    remisi_hari: int = 0
    lalu: dict[str, int] = field(default_factory=dict, hash=False)

    @property
    def anak(self) -> bool:
        return self.status == "ANAK_BINAAN"

    @property
    def pidana(self) -> tuple[int, int, int] | None:
        """The sentence in years, months and days; None when it is not known (or for life)."""
        tiga = (self.pidana_tahun or 0, self.pidana_bulan or 0, self.pidana_hari or 0)
        return tiga if self.jenis_pidana == "SEMENTARA" and any(tiga) else None

    @property
    def kurang(self) -> int:
        """Days that bring the end of the sentence nearer: earlier detention in the same case, and remission so far."""
        return self.hari_tahan_sebelumnya + self.remisi_hari

    @property
    def subsider(self) -> int:
        """Days that follow the sentence while the fine is not paid."""
        return 0 if self.denda_lunas else 30 * self.subsider_bulan + self.subsider_hari


@dataclass(frozen=True, slots=True)
class Syarat:
    """One condition: its state, what it rests on, the rule behind it, and who can mend it ("" where nobody can)."""

    kode: str
    label: str
    keadaan: str
    bukti: str
    aturan: Rujukan
    pembenah: str = ""


@dataclass(frozen=True, slots=True)
class Hasil:
    """What the rules say of one person for one kind. `hasil` is I or II, "" where the dates do not say."""

    jenis: str
    keadaan: str
    syarat: tuple[Syarat, ...]
    urutan: int | None
    hari_jalani: int | None
    bulan: int
    hari: int
    hasil: str = ""
    catatan: tuple[str, ...] = ()

    @property
    def kode(self) -> list[str]:
        """As stored: "CODE:state" of every condition that applies."""
        return [f"{s.kode}:{s.keadaan}" for s in self.syarat if s.keadaan != N]

    @property
    def alasan(self) -> list[Syarat]:
        """What stands in the way."""
        return [s for s in self.syarat if s.keadaan in (T, D)]


@dataclass(frozen=True, slots=True)
class Perkara:
    """One person for one kind on one occasion: what the conditions ask."""

    orang: Orang
    jenis: str
    patokan: Patokan
    jalani: int | None
    ekspirasi: date | None

    @property
    def hari(self) -> date:
        return self.patokan.tanggal

    @property
    def kelompok(self) -> str:
        return self.patokan.kelompok(self.orang.kelompok, self.orang.pidana)

    @property
    def disiplin(self) -> int | None:
        return self.patokan.disiplin_anak if self.orang.anak else self.patokan.disiplin

    @property
    def rezim(self) -> frozenset[str]:
        return self.patokan.tambahan(self.kelompok, self.orang.tanggal_putusan)


Temuan = tuple[str, str]
"""State and evidence."""


# What must be known ------------------------------------------------------------------------------


def _putusan(p: Perkara) -> Temuan:
    if p.orang.salinan_putusan:
        return Y, "Salinan putusan ada."
    return D, "Salinan putusan belum ada." if p.orang.salinan_putusan is False else "Salinan putusan belum dicatat."


def _tahan(p: Perkara) -> Temuan:
    mulai = p.orang.tanggal_tahan
    return (Y, f"Ditahan sejak {tulis_tanggal(mulai)}.") if mulai else (D, "Tanggal mulai ditahan belum dicatat.")


def _pidana(p: Perkara) -> Temuan:
    if p.orang.jenis_pidana != "SEMENTARA":
        return N, "Pidananya tidak berjangka."
    return (Y, f"Pidana {tulis_pidana(p.orang.pidana)}.") if p.orang.pidana else (D, "Lama pidana belum dicatat.")


def _agama(p: Perkara) -> Temuan:
    if p.jenis not in ("RK", "PMPK"):
        return N, "Tidak bergantung pada agama."
    if p.orang.agama:
        return Y, "Hari besar agama yang pertama kali dicatat."
    return D, "Agama yang pertama kali dicatat belum diisi."


def _kelamin(p: Perkara) -> Temuan:
    return (Y, "Jenis kelamin tercatat.") if p.orang.jenis_kelamin else (D, "Jenis kelamin belum dicatat.")


def _rezim(p: Perkara) -> Temuan:
    if not p.kelompok:
        return D, "Kelompok tindak pidana belum dicatat."
    if p.orang.tanggal_putusan is None and p.kelompok in p.patokan.menurut_putusan:
        return D, "Tanggal putusan berkekuatan tetap belum dicatat; ketentuan yang berlaku bergantung padanya."
    rezim = p.patokan.rezim(p.kelompok, p.orang.tanggal_putusan)
    return (Y, f"{rezim.nama}.") if rezim else (D, "Belum ada ketentuan bagi kelompok tindak pidana dan tanggal ini.")


# What must be met --------------------------------------------------------------------------------


def _jalani(p: Perkara) -> Temuan:
    perlu = p.patokan.jalani_anak if p.orang.anak else p.patokan.jalani
    if p.jalani is None:
        return D, "Belum dapat dihitung tanpa tanggal mulai ditahan."
    mulai = tulis_tanggal(p.orang.tanggal_tahan)
    if p.jalani < 0:
        return T, f"Baru ditahan {mulai}, sesudah tanggal pemberian."
    lama = f"Menjalani {tulis_angka(p.jalani)} hari sejak {mulai}"
    if perlu is None:
        return D, f"{lama}; {TANPA_ATURAN}"
    return (Y, f"{lama}.") if p.jalani >= perlu else (T, f"{lama}; paling sedikit {perlu} hari.")


def _disiplin(p: Perkara) -> date | None:
    """The last disciplinary punishment, when it falls in the months that count."""
    terakhir = p.orang.register_f_terakhir
    sejak = p.hari - timedelta(days=p.disiplin or 0)
    return terakhir if terakhir and sejak < terakhir <= p.hari else None


def _kelakuan(p: Perkara) -> Temuan:
    if p.disiplin is None:
        return D, f"Masa yang diperhitungkan: {TANPA_ATURAN}"
    if hukuman := _disiplin(p):
        return T, f"Hukuman disiplin {tulis_tanggal(hukuman)}, masih dalam masa yang diperhitungkan."
    predikat = p.orang.sppn_predikat
    if not predikat:
        return D, "Predikat pembinaan belum ada, karena hasil SPPN belum dicatat."
    sebutan = f"Predikat pembinaan {PREDIKAT.get(predikat, predikat)}"
    if predikat not in BAIK:
        return T, f"{sebutan}; harus baik."
    sampai = p.orang.register_f_diperiksa  # whether Register F was read lately is the other condition's business
    if sampai is None or sampai < p.patokan.segar_sejak:
        return Y, f"{sebutan}. Hukuman disiplin: lihat syarat Register F."
    return Y, f"{sebutan}, tanpa hukuman disiplin."


def bukti_risiko(orang: Orang) -> Temuan:
    turun = orang.risiko_turun
    if turun is None:
        return D, "Asesmen risiko belum dicatat."
    return (Y, "Asesmen: risiko menurun.") if turun else (T, "Asesmen: risiko belum menurun.")


def _sppn(p: Perkara) -> Temuan:
    tanggal = p.orang.sppn_tanggal
    if not p.orang.sppn_predikat or tanggal is None:
        return D, "Hasil SPPN belum dicatat."
    isi = f"SPPN {Bulan.pada(tanggal).nama}: {PREDIKAT.get(p.orang.sppn_predikat, p.orang.sppn_predikat)}"
    return (Y, f"{isi}.") if tanggal >= p.patokan.segar_sejak else (D, f"{isi}; perlu hasil yang lebih baru.")


def _pidana_pendek(p: Perkara) -> Temuan:
    if p.orang.jenis_pidana != "SEMENTARA":
        return N, "Pidananya tidak berjangka."
    if p.orang.pidana is None:
        return D, "Belum dapat diperiksa tanpa lama pidana."
    minimal, lama = p.patokan.pidana_minimal, f"Pidana {tulis_pidana(p.orang.pidana)}"
    if minimal is None:
        return D, f"{lama}; {TANPA_ATURAN}"
    pendek, batas = bulat(p.orang.pidana) < minimal, tulis_pidana((0, *divmod(minimal, 30)))
    return (T, f"{lama}, kurang dari {batas}.") if pendek else (Y, f"{lama}, tidak kurang dari {batas}.")


def _register_f(p: Perkara) -> Temuan:
    if p.disiplin is None:
        return D, f"Masa yang diperhitungkan: {TANPA_ATURAN}"
    if hukuman := _disiplin(p):
        return T, f"Tercatat dalam Register F {tulis_tanggal(hukuman)}."
    sampai = p.orang.register_f_diperiksa
    if sampai is None:
        return D, "Register F belum diperiksa."
    if sampai < p.patokan.segar_sejak:
        return D, f"Register F diperiksa sampai {tulis_tanggal(sampai)}; periksa lagi."
    return Y, f"Register F diperiksa sampai {tulis_tanggal(sampai)}: tidak ada hukuman disiplin."


def _cmb(p: Perkara) -> Temuan:
    return (T, "Sedang menjalani CMB.") if p.orang.menjalani == "CMB" else (Y, "Tidak sedang menjalani CMB.")


def _pengganti(p: Perkara) -> Temuan:
    if p.orang.menjalani != "PENGGANTI":
        return Y, "Tidak sedang menjalani pidana pengganti."
    return T, "Sedang menjalani pidana pengganti denda atau uang pengganti."


def _seumur_hidup(p: Perkara) -> Temuan:
    if p.orang.jenis_pidana == "SEMENTARA":
        return Y, "Pidana penjara sementara."
    return T, "Pidana mati." if p.orang.jenis_pidana == "MATI" else "Pidana penjara seumur hidup."


# What special crimes add -------------------------------------------------------------------------


def bukti_lunas(orang: Orang) -> Temuan:
    keduanya = (orang.denda_lunas, orang.uang_pengganti_lunas)
    if False in keduanya:
        belum = ("Denda", "Uang pengganti")[keduanya.index(False)]
        return T, f"{belum} belum lunas."
    if None in keduanya:
        return D, f"Pelunasan {('denda', 'uang pengganti')[keduanya.index(None)]} belum dicatat."
    return Y, "Denda dan uang pengganti lunas."


def bukti_ikrar(orang: Orang) -> Temuan:
    keduanya = (orang.deradikalisasi, orang.ikrar)
    if False in keduanya:
        return T, ("Program deradikalisasi belum diikuti.", "Ikrar setia belum diucapkan.")[keduanya.index(False)]
    if None in keduanya:
        return D, ("Program deradikalisasi belum dicatat.", "Ikrar setia belum dicatat.")[keduanya.index(None)]
    return Y, "Mengikuti deradikalisasi dan mengucapkan ikrar setia."


def _risiko(p: Perkara) -> Temuan:
    return bukti_risiko(p.orang)


def _lunas(p: Perkara) -> Temuan:
    return bukti_lunas(p.orang) if "S1" in p.rezim else (N, TIDAK_DIMINTA)


def _ikrar(p: Perkara) -> Temuan:
    return bukti_ikrar(p.orang) if "S2" in p.rezim else (N, TIDAK_DIMINTA)


def _saksi(p: Perkara) -> Temuan:
    if "S3!" in p.rezim:
        return D, "Surat justice collaborator disyaratkan pada tanggal itu; portal tidak mencatatnya."
    return N, "Surat justice collaborator tidak disyaratkan bagi perkara ini pada tanggal pemberian."


def _sepertiga(p: Perkara) -> Temuan:
    rezim = p.patokan.rezim(p.kelompok, p.orang.tanggal_putusan)
    if rezim is None or not rezim.q:
        return N, TIDAK_DIMINTA
    if p.orang.tanggal_tahan is None or p.orang.pidana is None:
        return D, "Bagian pidana yang harus dijalani belum dapat dihitung."
    kapan = p.patokan.bagian(p.orang.tanggal_tahan, p.orang.pidana, (rezim.p or 1, rezim.q), p.orang.kurang)
    return Y if kapan <= p.hari else T, f"{rezim.p or 1}/{rezim.q} masa pidana jatuh pada {tulis_tanggal(kapan)}."


def _dasawarsa(p: Perkara) -> Temuan:
    terakhir, sejak = p.orang.register_f_terakhir, p.patokan.bersih_sejak
    if sejak is None:
        return D, f"Masa bersihnya: {TANPA_ATURAN}"
    if terakhir and sejak < terakhir <= p.hari:
        return T, f"Pernah dihukum disiplin {tulis_tanggal(terakhir)}, dalam sepuluh tahun terakhir."
    if p.orang.register_f_diperiksa is None:
        return D, "Register F sepuluh tahun terakhir belum diperiksa."
    return Y, "Tidak ada hukuman disiplin dalam sepuluh tahun terakhir."


def _sisa(p: Perkara) -> Temuan:
    if p.ekspirasi is None or p.orang.menjalani == "PENGGANTI":
        return N, "Sisa pidana pokok tidak dihitung."
    kapan = tulis_tanggal(p.ekspirasi)
    if p.ekspirasi <= p.hari:
        return T, f"Pidana pokoknya sudah habis pada {kapan}, jadi tidak ada yang dikurangi. Periksa tanggalnya."
    return Y, f"Pidana pokoknya habis pada {kapan}; remisi ini belum dihitung."


def _umur(p: Perkara) -> Temuan:
    if p.jenis != "RKM" or p.patokan.karena_sakit:
        return N, "Tidak bergantung pada umur."
    if p.orang.tahun_lahir is None:
        return D, "Tahun lahir belum dicatat."
    umur, lansia = p.hari.year - p.orang.tahun_lahir, p.patokan.lansia
    if lansia is None:
        return D, f"Batas umur: {TANPA_ATURAN}"
    if umur > lansia + 1:
        return Y, f"Lahir {p.orang.tahun_lahir}: lebih dari {lansia} tahun."
    if umur <= lansia:
        return T, f"Lahir {p.orang.tahun_lahir}: belum lebih dari {lansia} tahun."
    return D, f"Lahir {p.orang.tahun_lahir}: genap {umur} tahun pada tahun itu; tanggal lahirnya harus diperiksa."


def _besaran(p: Perkara) -> Temuan:
    if not p.patokan.terhitung(p.jenis):
        return D, "Besarannya belum ada dalam aturan; jangan ditetapkan dari portal."
    urutan = p.patokan.urutan(p.orang.lalu.get(p.jenis, 0), p.jalani)
    if p.patokan.berlubang(p.jenis, urutan, p.jalani):
        return D, f"Tidak ada baris besaran bagi pemberian ke-{urutan} setelah {tulis_angka(p.jalani)} hari."
    return N, "Besarannya diatur."


@dataclass(frozen=True, slots=True)
class Butir:
    """One condition: code, what it says, how it is found; what work lists of those without data (`kurang`) and of those
    who do not meet it (`tidak`) are called, "" where another condition's list names the same people; who can supply the
    data (where no rule says), and whether what is not met can be mended at all."""

    kode: str
    label: str
    periksa: Callable[[Perkara], Temuan]
    kurang: str = ""
    tidak: str = ""
    pembenah: str = REGISTRASI
    terbenahi: bool = False


_KHUSUS = "Perkara khusus lama: sebagian pidana dijalani"
BUTIR: tuple[Butir, ...] = (
    Butir("PUTUSAN", "Salinan putusan ada", _putusan, "Kurang salinan putusan"),
    Butir("TAHAN", "Tanggal mulai ditahan diketahui", _tahan, "Tanggal mulai ditahan belum dicatat"),
    Butir("PIDANA", "Lama pidana diketahui", _pidana, "Lama pidana belum dicatat"),
    Butir("AGAMA", "Agama yang pertama kali dicatat", _agama, "Agama belum dicatat"),
    Butir("KELAMIN", "Jenis kelamin diketahui", _kelamin, "Jenis kelamin belum dicatat"),
    Butir("REZIM", "Ketentuan bagi perkaranya", _rezim, "Kelompok atau tanggal putusan belum dicatat"),
    Butir("E1", "Cukup lama menjalani pidana", _jalani, "", "Belum cukup lama menjalani pidana"),
    Butir("E1a", "Cukup lama menjalani pidana (anak)", _jalani, "", "Anak binaan belum cukup lama menjalani"),
    Butir("E2", "Berkelakuan baik", _kelakuan, "", "Kelakuan belum baik", WALI),
    Butir("E2a", "Berkelakuan baik (anak)", _kelakuan, "", "Kelakuan anak binaan belum baik", WALI),
    Butir("E3", "Tingkat risiko menurun", _risiko, "Asesmen risiko belum dicatat", "Risiko belum menurun", WALI, True),
    Butir("E4", "Penilaian SPPN ada", _sppn, "SPPN belum ada atau sudah lama", "", WALI),
    Butir("X1", "Pidana tidak kurang dari 6 bulan", _pidana_pendek, "", "Pidana kurang dari 6 bulan"),
    Butir("X2", "Tidak dihukum disiplin (Register F)", _register_f, "Register F belum diperiksa",
          "Tercatat dalam Register F", KEAMANAN),
    Butir("X3", "Tidak sedang menjalani CMB", _cmb, "", "Sedang menjalani CMB"),
    Butir("X4", "Tidak menjalani pidana pengganti", _pengganti, "", "Menjalani pidana pengganti denda"),
    Butir("X5", "Bukan pidana mati atau seumur hidup", _seumur_hidup, "", "Pidana mati atau seumur hidup"),
    Butir("S1", "Denda dan uang pengganti lunas", _lunas, "Pelunasan denda belum dicatat",
          "Denda atau uang pengganti belum lunas", UANG, True),
    Butir("S2", "Deradikalisasi dan ikrar setia", _ikrar, "Deradikalisasi atau ikrar belum dicatat",
          "Belum deradikalisasi atau ikrar setia", PEMBINAAN, True),
    Butir("S3", "Surat justice collaborator", _saksi, "Surat justice collaborator belum ada"),
    Butir("S4", _KHUSUS, _sepertiga, "", "Bagian pidana belum dijalani"),
    Butir("D1", "Bersih sepuluh tahun (dasawarsa)", _dasawarsa, "", "Pernah dihukum dalam sepuluh tahun"),
    Butir("SISA", "Pidana pokok masih berjalan", _sisa, "", "Pidana pokok sudah habis pada tanggal itu"),
    Butir("UMUR", "Cukup umur (lanjut usia)", _umur, "Umur belum dapat dipastikan"),
    Butir("BESARAN", "Besaran diatur", _besaran, "Besaran belum diatur", "", PUSAT),
)  # fmt: skip
MENURUT_KODE = {b.kode: b for b in BUTIR}


# The whole ---------------------------------------------------------------------------------------


def semua(orang: Orang, patokan: Patokan, diminta: Collection[str] = ()) -> list[Hasil]:
    """Every kind that applies to the person on this occasion, and those asked for (RT) that are of the day. Whether
    they leave is told by all of them together."""
    jenis = [j for j in jalur(orang.status, patokan) if _terkena(orang, j, patokan)]
    jenis += [j for j in patokan.permintaan if j in diminta and orang.status == "NARAPIDANA"]
    return _akhir(orang, patokan, [periksa(orang, patokan, j) for j in jenis])


def _terkena(orang: Orang, jenis: str, patokan: Patokan) -> bool:
    """A holy day concerns those of its religions (and those whose religion is not known); RKM those of age."""
    if jenis in ("RK", "PMPK"):
        return not orang.agama or orang.agama in patokan.agama
    lahir, lansia = orang.tahun_lahir, patokan.lansia
    return jenis != "RKM" or (None not in (lahir, lansia) and patokan.tanggal.year - (lahir or 0) > (lansia or 0))


def periksa(orang: Orang, patokan: Patokan, jenis: str) -> Hasil:
    """One kind for one person, as if it were the only one of the day."""
    perkara = Perkara(orang, jenis, patokan, _lama(orang, patokan), _ekspirasi(orang, patokan))
    syarat = tuple(_syarat(b, perkara) for b in BUTIR)
    keadaan = _keadaan(syarat)
    urutan = patokan.urutan(orang.lalu.get(jenis, 0), perkara.jalani)
    bulan, hari = (0, 0) if keadaan == TIDAK else _besar(perkara, urutan)
    return Hasil(jenis, keadaan, syarat, urutan, perkara.jalani, bulan, hari, _bagian(perkara, 30 * bulan + hari))


def _syarat(butir: Butir, perkara: Perkara) -> Syarat:
    orang, patokan, rujukan = perkara.orang, perkara.patokan, perkara.patokan.rujukan(butir.kode)
    if not patokan.kena(butir.kode, perkara.jenis, orang.status, perkara.kelompok):
        return Syarat(butir.kode, butir.label, N, "Tidak berlaku bagi orang atau jenis ini.", rujukan)
    keadaan, bukti = butir.periksa(perkara)
    pembenah = butir.pembenah if keadaan == D or (keadaan == T and butir.terbenahi) else ""
    return Syarat(butir.kode, butir.label, keadaan, bukti, rujukan, pembenah)


def _keadaan(syarat: tuple[Syarat, ...]) -> str:
    semua_keadaan = {s.keadaan for s in syarat}
    return TIDAK if T in semua_keadaan else PERLU_DATA if D in semua_keadaan else LAYAK


def _lama(orang: Orang, patokan: Patokan) -> int | None:
    return (patokan.tanggal - orang.tanggal_tahan).days if orang.tanggal_tahan else None


def _ekspirasi(orang: Orang, patokan: Patokan) -> date | None:
    """The end of the sentence itself after the remission so far; an unpaid fine is served after it."""
    if orang.tanggal_tahan is None or orang.pidana is None:
        return None
    return patokan.ekspirasi(orang.tanggal_tahan, orang.pidana, orang.kurang)


def _besar(perkara: Perkara, urutan: int | None) -> tuple[int, int]:
    """Amount of the grant; (0, 0) while what it depends on is not known."""
    orang, patokan = perkara.orang, perkara.patokan
    if perkara.jenis not in patokan.permintaan or perkara.jenis == patokan.jenis:
        return patokan.besar(perkara.jenis, urutan, perkara.jalani, orang.pidana)
    ke = patokan.urutan(orang.lalu.get(patokan.jenis, 0), perkara.jalani)
    return patokan.sebagian(perkara.jenis, patokan.besar(patokan.jenis, ke, perkara.jalani, orang.pidana))


BELUM_TERCATAT = (
    "Belum ada remisi yang tercatat di register. Bila orang ini pernah mendapat remisi, catat dahulu di register: "
    "urutan dan besarannya bergantung padanya."
)


def kurang_catatan(orang: Orang, jalani: int | None, bulan: int, hari: int) -> bool:
    """Whether earlier grants are probably not in the register yet: for a note, no condition rests on it."""
    return bool(bulan or hari) and not orang.remisi_hari and (jalani or 0) > TANPA_REMISI


def _bagian(perkara: Perkara, hari: int) -> str:
    if perkara.ekspirasi is None or not hari:
        return ""
    return "II" if perkara.ekspirasi - timedelta(days=hari) <= perkara.hari else "I"


def _akhir(orang: Orang, patokan: Patokan, semua_hasil: list[Hasil]) -> list[Hasil]:
    """I or II by what all grants of the day do together; and what is left to serve for an unpaid fine."""
    hari = sum(30 * h.bulan + h.hari for h in semua_hasil)
    return [_dengan_bagian(h, Perkara(orang, h.jenis, patokan, None, _ekspirasi(orang, patokan)), hari)
            for h in semua_hasil]  # fmt: skip


def _dengan_bagian(hasil: Hasil, perkara: Perkara, hari: int) -> Hasil:
    if not (hasil.bulan or hasil.hari):
        return hasil
    bagian, sisa, catatan = _bagian(perkara, hari), perkara.orang.subsider, []
    if bagian == "II" and sisa:
        catatan.append(f"Sesudah itu masih menjalani {tulis_angka(sisa)} hari pengganti denda yang belum dibayar.")
    if kurang_catatan(perkara.orang, hasil.hari_jalani, hasil.bulan, hasil.hari):
        catatan.append(BELUM_TERCATAT)
    if hasil.jenis in perkara.patokan.permintaan:
        catatan.append("Bukti perbuatan atau tugasnya diperiksa pada dokumen usulan; register tidak mencatatnya.")
    return replace(hasil, hasil=bagian, catatan=tuple(catatan))


def bulat(pidana: tuple[int, int, int]) -> int:
    """Days of a sentence whose year has twelve months of 30: for thresholds only, never for dates."""
    return 360 * pidana[0] + 30 * pidana[1] + pidana[2]


def tulis_pidana(pidana: tuple[int, int, int] | None) -> str:
    """ "2 tahun 8 bulan"."""
    bagian = zip(pidana or (), ("tahun", "bulan", "hari"), strict=False)
    return " ".join(f"{tulis_angka(n)} {satuan}" for n, satuan in bagian if n)
