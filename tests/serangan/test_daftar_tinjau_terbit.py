"""Attacks on line lists, the review page, the API and the publishing of forms: forged keys, odd text, two tabs."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from pelaporan.buku.meta import Formulir, Meta
from pelaporan.daftar.services import Tempelan, batal_tempel, tempel
from pelaporan.daftar.tempelan import Mulai, rencanakan
from pelaporan.models import Laporan, Tinjauan
from pelaporan.services_isian import Perubahan, simpan
from pelaporan.skema import GalatSkema, baca_skema
from pelaporan.terbit.bahan import terpakai
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.akun.token import buat_token
from tests.api.conftest import KlienAPI
from tests.dunia import JANUARI, Dunia, kirim
from tests.pelaporan import test_buku as buku
from tests.pelaporan.bantu import alamat, sebagai_orang, segar
from tests.pelaporan.test_buku import putuskan, tulis, unggah, unggahan
from tests.pelaporan.test_buku_ramai import penuh
from tests.pelaporan.test_daftar_baris import baris, nilai, tambah, tempelkan
from tests.serangan.buku.alat import buku_maluku
from upt.cakupan import SISTEM, terpasang
from upt.models import Penugasan

__all__ = ["penuh"]


@pytest.fixture
def klien(dunia: Dunia, masuk: Any) -> Client:
    return masuk(dunia.operator_ambon)


@pytest.fixture
def kejadian(dunia: Dunia) -> Laporan:
    return dunia.laporan(dunia.ambon, "F04")


# ---------------------------------------------------------------- line lists


def test_batal_tempel_membiarkan_baris_baru_yang_dilengkapi_rekan(dunia: Dunia, kejadian: Laporan) -> None:
    """The paste left `lokasi` empty; what a colleague typed there is version 1 too, and still not the paste's."""
    with sebagai_orang(dunia.operator_ambon) as diri:
        hasil = tempelkan(diri, kejadian, "3/1/2026\t14.05\n4/1/2026\t08.00")
        dua = baris(kejadian)[1]["id"]
    with sebagai_orang(dunia.kepala_ambon) as rekan:
        ubah = [Perubahan("lokasi", "Dapur", daftar="kejadian", baris=dua)]
        assert not simpan(laporan_id=kejadian.pk, perubahan=ubah, **rekan).konflik
    with sebagai_orang(dunia.operator_ambon) as diri:
        batal = batal_tempel(laporan_id=kejadian.pk, tanda=hasil["id"], **diri)
    assert (batal.baris, batal.tertahan) == (1, 1)
    assert nilai(kejadian) == ["Dapur"]


def test_yang_diperbaiki_di_pratinjau_tetap_pada_barisnya(dunia: Dunia, kejadian: Laporan) -> None:
    """A colleague adds a row between preview and saving: what was mended must not slip to the row above."""
    teks = "3/1/2026\tentah\n4/1/2026\tkapan"
    skema = kejadian.skema.daftar["kejadian"]
    with sebagai_orang(dunia.operator_ambon) as diri:
        rencana_ = rencanakan(skema, teks, baris(kejadian), Mulai(), {})
        koreksi = dict(zip([s.tempat for s in rencana_.galat], ["01:11", "02:22"], strict=True))
        with sebagai_orang(dunia.kepala_ambon) as rekan:
            tambah(rekan, kejadian, lokasi="Rekan")
        cap = rencanakan(skema, teks, baris(kejadian), Mulai(), koreksi).cap
        tempelan = Tempelan("kejadian", teks, Mulai(), koreksi)
        tempel(laporan_id=kejadian.pk, tempelan=tempelan, cap=cap, kunci=uuid.uuid4().hex, **diri)
    assert nilai(kejadian, "jam") == [None, "01:11", "02:22"]


@pytest.mark.parametrize(
    "bagian",
    [
        "?h-kejadian=99999",
        "?h-kejadian=-1p",
        "?h-kejadian=%00",
        "?h-=1",
        "?baris=%27%3E",
        "?ditempel=x&baris=" + "9" * 4000,
        "?h-kejadian=²",
    ],
)
def test_parameter_aneh_pada_halaman_daftar(dunia: Dunia, klien: Client, kejadian: Laporan, bagian: str) -> None:
    with sebagai_orang(dunia.operator_ambon) as diri:
        tempelkan(diri, kejadian, "\n".join(f"{n % 28 + 1}/1/2026\t08.00" for n in range(60)))
    jawaban = klien.get(alamat(kejadian, "bagian", bagian=kejadian.skema.bagian_dari["kejadian"].kode) + bagian)
    assert jawaban.status_code == (400 if "%00" in bagian else 200)
    assert b"'>" not in jawaban.content or bagian != "?baris=%27%3E"


@pytest.mark.parametrize("aksi", ["barissalin", "bariskembali", "bataltempel", "hal", "tempel"])
@pytest.mark.parametrize(
    "sasaran", ["", "/", "bukan/x", "kejadian/", "kejadian/../x", "kejadian/\u0000", "é/é", ":" * 300]
)
def test_tombol_daftar_dengan_sasaran_aneh(
    dunia: Dunia, klien: Client, kejadian: Laporan, aksi: str, sasaran: str
) -> None:
    jawaban = klien.post(
        alamat(kejadian, "bagian", bagian=kejadian.skema.bagian_dari["kejadian"].kode),
        {"aksi": f"{aksi}:{sasaran}", "kunci": uuid.uuid4().hex, "revisi": "0"},
    )
    assert jawaban.status_code < 500
    assert baris(kejadian) == []


# ---------------------------------------------------------------- the review page


@pytest.fixture
def terkirim(dunia: Dunia) -> Laporan:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    return laporan


@pytest.mark.parametrize(
    "lanjut", ["//[", "http://[x", "/tinjau/?tampil=" + "x" * 9000, "javascript:alert(1)", "//jahat.id/?tampil=semua"]
)
def test_alamat_kembali_yang_rusak_pada_tinjauan(dunia: Dunia, masuk: Any, terkirim: Laporan, lanjut: str) -> None:
    """A broken address in the hidden field: the act is done, the way back is this report's own page."""
    klien = masuk(dunia.verifikator_maluku)
    bagian = terkirim.skema.bagian[0].kode
    jawaban = klien.post(alamat(terkirim, "tinjau_bagian"), {"bagian": bagian, "sudah": "1", "lanjut": lanjut})
    assert jawaban.status_code == 302
    assert jawaban.url.startswith(alamat(terkirim, "tinjau"))
    assert klien.post(alamat(terkirim, "tinjau"), {"aksi": "tampil", "lanjut": lanjut}).status_code == 200


def test_rujukan_yang_rusak_tidak_menjatuhkan_halaman(dunia: Dunia, masuk: Any, terkirim: Laporan) -> None:
    klien = masuk(dunia.verifikator_maluku)
    url = alamat(terkirim, "rincian", sel="wbp")
    assert klien.get(f"{url}?potongan=1", headers={"Referer": "http://["}).status_code == 200
    asing = Client(enforce_csrf_checks=True)
    jawaban = asing.post(reverse("akun:masuk"), {"nama_pengguna": "x"}, headers={"Origin": "http://["})
    assert jawaban.status_code == 403


@pytest.mark.parametrize(
    ("nama", "data"),
    [
        ("tinjau_bagian", {"bagian": "penghuni_masuk", "sudah": "1"}),
        ("tinjau_bagian", {"bagian": '"><svg onload=alert(1)>', "sudah": "1"}),
        ("tinjau_wajar", {"bendera": "tidak|ada|1", "alasan": "x"}),
        ("tinjau_wajar", {"bendera": "a|b", "alasan": "x"}),
        ("tinjau_wajar", {"bendera": "|" * 500, "alasan": "x" * 5000}),
        ("tinjau_wajar", {"bendera": "", "alasan": ""}),
    ],
)
def test_tanda_pada_yang_tidak_ada(
    dunia: Dunia, masuk: Any, terkirim: Laporan, nama: str, data: dict[str, str]
) -> None:
    jawaban = masuk(dunia.verifikator_maluku).post(alamat(terkirim, nama), data)
    assert jawaban.status_code == 400
    assert b"<svg" not in jawaban.content.replace(b'<svg class="', b"")
    with terpasang(SISTEM):
        for satu in Tinjauan.objects.filter(laporan=terkirim):
            assert (satu.bagian, satu.wajar) == ([], {})


def test_batal_wajar_yang_tidak_pernah_ada_tidak_mengubah_apa_pun(dunia: Dunia, masuk: Any, terkirim: Laporan) -> None:
    jawaban = masuk(dunia.verifikator_maluku).post(alamat(terkirim, "tinjau_wajar"), {"bendera": "x", "batal": "1"})
    assert jawaban.status_code == 302


@pytest.mark.parametrize(
    "kueri",
    [
        "tampil=%00",
        "banding=9999-99",
        "banding=" + "x" * 5000,
        "tulis=%22%3E%3Csvg%3E",
        "berikut=bukan",
        "antrean=%25%25%00a%3D[",
        "antrean=status%3Dsemua%26dari%3D0001-01",
        "tampil=semua&tampil=x",
    ],
)
def test_parameter_tampilan_aneh(dunia: Dunia, masuk: Any, terkirim: Laporan, kueri: str) -> None:
    klien = masuk(dunia.verifikator_maluku)
    assert klien.get(f"{alamat(terkirim, 'tinjau')}?{kueri}").status_code in (200, 400)
    assert klien.get(f"{alamat(terkirim, 'tinjau_berikut')}?{kueri}").status_code in (302, 400)


def test_dua_tab_satu_peninjau_dan_keputusan_basi(dunia: Dunia, masuk: Any, terkirim: Laporan) -> None:
    """Two tabs decide differently: the first one holds, the second is told, the same key is answered again."""
    klien = masuk(dunia.verifikator_maluku)
    klien.get(alamat(terkirim, "tinjau"))
    tab = {"revisi": str(segar(terkirim).revisi), "kunci": uuid.uuid4().hex}
    kembali = {**tab, "aksi": "kembalikan", "alasan": "lainnya", "teks": "Periksa."}
    assert klien.post(alamat(terkirim, "tinjau"), kembali).status_code == 302
    kedua = {**tab, "aksi": "verifikasi", "kunci": uuid.uuid4().hex}
    assert klien.post(alamat(terkirim, "tinjau"), kedua).status_code == 409
    assert klien.post(alamat(terkirim, "tinjau"), {**kedua, "kunci": tab["kunci"]}).status_code == 422
    assert klien.post(alamat(terkirim, "tinjau"), kembali).status_code == 302
    assert segar(terkirim).status == "DIKEMBALIKAN"
    for nama in ("tinjau_bagian", "tinjau_wajar"):
        data = {"bagian": terkirim.skema.bagian[0].kode, "sudah": "1", "bendera": "x", "alasan": "y"}
        assert klien.post(alamat(terkirim, nama), data).status_code == 409


# ---------------------------------------------------------------- forms: text that breaks pages, sheets, files

_KEPALA = (
    "kode: F99\nnama: '{nama}'\nberlaku_dari: 2026-12\n"
    "kewajiban: [{{jenis: [LAPAS], tenggat: {{upt: 5, kanwil: 8, pusat: 10}}}}]\n{kampanye}"
    "bagian:\n  - {{kode: a, judul: '{judul}', isi: [{{kode: {kode}, label: x, jenis: bulat, satuan: x, contoh: 1, "
    "definisi: D.}}]}}\n  - {{kode: b, judul: '{judul}', isi: [{{kode: t2, label: x, jenis: bulat, satuan: x, "
    "contoh: 1, definisi: D.}}]}}\n{aturan}"
)


def _teks(**ubah: str) -> str:
    return _KEPALA.format(**{"nama": "X", "judul": "A", "kode": "t", "kampanye": "", "aturan": "", **ubah})


def _aturan(syarat: str) -> str:
    return f"aturan:\n - {{kode: x, tingkat: tanya, syarat: '{syarat}', pesan: 'p.'}}\n"


@pytest.mark.parametrize(
    "ubah",
    [
        *({"aturan": _aturan(s)} for s in (
            "not " * 300 + "t > 0", "-" * 400 + "t > 0", "(" * 900 + "t" + ")" * 900, " + ".join(["t"] * 900) + " > 0",
            "t > 1e999999999", "t > " + "9" * 5000, "t ** t > 0", "__import__(\"os\")", "t.__class__ > 0", "lambda: t",
        )),
        *({"kode": k} for k in ("__proto__", "T", "a-b", "a" * 500, "1a", "é")),
        *({"kampanye": f"kampanye: {{dari: '{a}', sampai: '{b}', lapor: bulanan}}\n"} for a, b in (
            ("2026-12-31", "2026-12-01"), ("0001-01-01", "0001-02-01"), ("2999-01-01", "2999-12-31"),
            ("9999-12-01", "9999-12-31"), ("2026-02-30", "2026-12-31"), ("2026-12-01", ""), ("", ""),
        )),
    ],
)  # fmt: skip
def test_formulir_jahat_ditolak_dengan_kalimat(ubah: dict[str, str]) -> None:
    with pytest.raises(GalatSkema) as galat:
        baca_skema(_teks(**ubah))
    assert all(g.startswith("Formulir") or g.startswith("Baris") for g in galat.value.galat)


@pytest.mark.parametrize("syarat", ["t / 0 > 1", "t / (t - t) > 1", "t * 0.1 / t2 > 1"])
def test_bagi_nol_bukan_galat_dan_bukan_temuan(syarat: str) -> None:
    from pelaporan.aturan import periksa
    from pelaporan.isian import Isian, KonteksPeta, Sel

    skema = baca_skema(_teks(aturan=_aturan(syarat)))
    isian, konteks = Isian({"t": Sel(7), "t2": Sel(0)}), KonteksPeta(JANUARI)
    assert [t for t in periksa(skema, isian, konteks) if t.kode == "x"] == []


@pytest.mark.parametrize(
    "judul", ["[a]:*?/\\ " + "z" * 60, "=cmd|x", "History", "_meta", "a</script><svg>", "Petunjuk"]
)
@pytest.mark.parametrize("kode", ["constructor", "t"])
def test_judul_dan_kode_aneh_tetap_menjadi_buku_excel(judul: str, kode: str) -> None:
    """Sheet names have rules of their own, and two sections may carry the same title."""
    from pelaporan.buku.baca import baca
    from pelaporan.buku.templat import Buku, Isi, Judul
    from pelaporan.isian import Isian, KonteksPeta

    skema = baca_skema(_teks(judul=judul, kode=kode, nama=judul[:40]))
    meta = Meta("upt", "x", "X", JANUARI.kode, {"F99": Formulir(skema.sidik)})
    isi_buku = Isi(judul, skema, Isian(), KonteksPeta(JANUARI))
    data = Buku(Judul("Lapas X", JANUARI.nama, "Desember"), meta).tulis([isi_buku])
    nama = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    assert len({n.casefold() for n in nama}) == len(nama)
    dibaca = baca(data)
    assert {s[0] for s in dibaca["sel"]} == {f"F99.{kode}", "F99.t2"}
    assert json.loads(dibaca["meta"])["formulir"]["F99"]["sidik"] == skema.sidik


# ---------------------------------------------------------------- the API keeps the promises of the pages


@pytest.fixture
def api() -> Callable[[Pengguna], KlienAPI]:
    return lambda orang: KlienAPI(buat_token(oleh=orang, nama="uji"))


def _aksi(laporan: Laporan, aksi: str) -> str:
    return f"laporan/{laporan.pk}/aksi/{aksi}/"


def _isi_aksi(laporan: Laporan, **lain: Any) -> dict[str, Any]:
    return {"revisi": segar(laporan).revisi, **lain}


def test_api_menghormati_pegangan_dan_pembatalan(dunia: Dunia, api: Any, masuk: Any, terkirim: Laporan) -> None:
    """A report that a colleague holds is not decided over the API; the undo is its author's there too."""
    rekan = dunia.kepala_maluku
    with terpasang(SISTEM):
        Penugasan.objects.create(
            pengguna=rekan, peran="verifikator_kanwil", kanwil=dunia.ambon.kanwil, mulai=JANUARI.awal
        )
    masuk(rekan).get(alamat(terkirim, "tinjau"))  # opening holds
    v = api(dunia.verifikator_maluku)
    ditolak = v.post(_aksi(terkirim, "verifikasi"), _isi_aksi(terkirim), kunci="api-pegang-1")
    assert ditolak.status_code == 409
    assert segar(terkirim).status == "DIKIRIM"
    assert api(rekan).post(_aksi(terkirim, "verifikasi"), _isi_aksi(terkirim), kunci="api-pegang-2").status_code == 200
    batal = v.post(_aksi(terkirim, "batal"), _isi_aksi(terkirim), kunci="api-batal-1")
    assert batal.status_code in (403, 404, 409), batal.content
    assert segar(terkirim).status == "TERVERIFIKASI"
    asing = api(dunia.verifikator_riau).post(_aksi(terkirim, "batal"), _isi_aksi(terkirim), kunci="api-batal-2")
    assert asing.status_code == 404


def test_api_menolak_pengisi_atas_nama(dunia: Dunia, api: Any, masuk: Any) -> None:
    klien = masuk(dunia.verifikator_maluku)
    satu = buku_maluku(klien)
    buku._isi_kanwil(satu, dunia.ambon.kode, wbp=15)
    putuskan(klien, unggahan(unggah(klien, buku._url_kanwil(), tulis(satu))), alasan="Jaringan putus")
    laporan = dunia.laporan(dunia.ambon)
    v = api(dunia.verifikator_maluku)
    ubah = v.patch(f"laporan/{laporan.pk}/sel/", {"sel": [{"kode": "wbp", "nilai": 9, "versi": 1}]})
    assert ubah.status_code == 403, "on behalf only by workbook, with a reason"
    kirim(laporan, dunia.kepala_ambon)
    assert v.post(_aksi(laporan, "verifikasi"), _isi_aksi(laporan), kunci="api-nama-1").status_code == 403
    assert segar(laporan).status == "DIKIRIM"


@pytest.mark.parametrize("lebih", ["atas_nama", "dibebaskan", "diterima", "oleh", "sebagai", "kunci"])
def test_api_menolak_medan_yang_tidak_dikenal(dunia: Dunia, api: Any, terkirim: Laporan, lebih: str) -> None:
    v, o = api(dunia.verifikator_maluku), api(dunia.operator_masohi)
    isi_aksi = _isi_aksi(terkirim, **{lebih: "2020-01-01"})
    assert v.post(_aksi(terkirim, "verifikasi"), isi_aksi, kunci="api-medan-1").status_code == 400
    lain = dunia.laporan(dunia.masohi)
    sel_ = {"kode": "wbp", "nilai": 9}
    assert o.patch(f"laporan/{lain.pk}/sel/", {"sel": [sel_], lebih: 1}).status_code == 400
    assert o.patch(f"laporan/{lain.pk}/sel/", {"sel": [{**sel_, lebih: 1}]}).status_code == 400
    assert segar(terkirim).status == "DIKIRIM"


@pytest.mark.parametrize("aksi", ["isi", "pulihkan", "bebaskan", "KIRIM", "__class__", "kunci"])
def test_api_aksi_sistem_bukan_milik_orang(dunia: Dunia, api: Any, terkirim: Laporan, aksi: str) -> None:
    for n, siapa in enumerate(("verifikator_maluku", "kepala_maluku", "kepala_ambon")):
        jawaban = api(dunia.orang[siapa]).post(_aksi(terkirim, aksi), _isi_aksi(terkirim), kunci=f"api-sistem-{n}")
        assert jawaban.status_code in (400, 403, 404, 409), (siapa, jawaban.content)
    assert segar(terkirim).status == "DIKIRIM"


@pytest.mark.parametrize(
    "alamat_",
    ["laporan/?ukuran=201", "laporan/?ukuran=-1", "laporan/?halaman=99999999999", "fakta/", "laporan/?asing=1"],
)
def test_api_halaman_besar_ditolak(dunia: Dunia, api: Any, alamat_: str) -> None:
    assert api(dunia.verifikator_maluku).get(alamat_).status_code == 400


# ---------------------------------------------------------------- rehearsals of a very wide form


def test_gladi_hanya_membawa_kolom_yang_dipakai_aturan() -> None:
    """Two thousand cells, 24 months, all units: the memory is that of the few columns that rules read."""
    sumbu = ",".join(f"{{kode: s{i}, label: x{i}}}" for i in range(20))
    tabel = "".join(
        f" - {{kode: b{n}, judul: B{n}, isi: [{{kode: t{n}, judul: T, satuan: x, contoh: 1, definisi: D., "
        f"baris: [{sumbu}], kolom: [{sumbu.replace('s', 'k')}]}}]}}\n"
        for n in range(5)
    )
    butir = "{kode: u%d, label: U%d, jenis: bulat, satuan: x, contoh: 1, definisi: D.%s}"
    isi_a = ", ".join((butir % (1, 1, ""), butir % (2, 2, ', sumber: "rumus: u1 + u3"'), butir % (3, 3, "")))
    aturan = _aturan("u2 < 5") + " - {kode: y, tingkat: tanya, syarat: 'lalu(u4) < 5', pesan: 'p.'}\n"
    lain = butir % (4, 4, "") + ", " + butir % (5, 5, ", ambang_beda: 20")
    teks = _teks(aturan="").split("bagian:")[0] + "bagian:\n"
    teks += f" - {{kode: a, judul: A, isi: [{isi_a}, {lain}]}}\n{tabel}{aturan}"
    skema = baca_skema(teks)
    assert len(skema.butir) > 2000
    assert {k for k in skema.butir if k in terpakai(skema)} == {"u1", "u2", "u3", "u4", "u5"}
