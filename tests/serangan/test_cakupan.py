"""Other people's data: cases 17 to 30 of the threat list, on pages and API alike.

Tested elsewhere: 17/18 codes per role and route (tests/repo/test_hak.py); 19 unknown filters (tests/api/test_baca.py);
24 foreign result files (tests/pekerjaan/test_pekerjaan_halaman.py); row-level security and its traps
(tests/upt/test_cakupan.py); 25 uploads (tests/serangan/test_lampiran.py). No page keeps inmates (27, 28) or is
public (30) yet.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client

from pelaporan.models import Draf, Laporan, RiwayatIsian
from pemasyarakatan.akun.models import TokenAPI
from tests.dunia import Dunia, isi_penuh, kirim, tambah_baris
from tests.pelaporan.bantu import alamat, segar, tindakan
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import Penugasan

PASTI_TIDAK_ADA = "lapas-kelas-iia-tidak-ada"


def _tanpa_alamat(jawaban: Any) -> tuple[int, str]:
    """The answer without what names its own address or changes with every answer."""
    teks = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", jawaban.content.decode())
    return jawaban.status_code, re.sub(r"(lapas|rutan)-[a-z-]+|[0-9a-f-]{36}", "*", teks)


@contextmanager
def _tanpa_perubahan(laporan: Laporan) -> Iterator[None]:
    """Nothing of this report changes: status, revision, draft, history."""

    def foto() -> Any:
        with terpasang(SISTEM):
            draf = Draf.objects.filter(laporan=laporan).values_list("isi", flat=True).first()
            lap = Laporan.objects.filter(pk=laporan.pk).values().get()
            return lap, draf, RiwayatIsian.objects.filter(laporan=laporan).count()

    sebelum = foto()
    yield
    assert foto() == sebelum


HALAMAN = ("laporan", "kirim", "tinjau", "versi", "tanda_terima", "bagian")
_TAMBAHAN: dict[str, dict[str, Any]] = {
    "versi": {"versi": 1}, "tanda_terima": {"versi": 1}, "bagian": {"bagian": "kegiatan"},
    "daftar_tempel": {"daftar": "kejadian"},
    "baris_tambah": {"daftar": "kejadian"}, "baris_hapus": {"daftar": "kejadian", "baris": "abc"},
}  # fmt: skip


@pytest.mark.parametrize("nama", HALAMAN)
@pytest.mark.parametrize("orang", ["operator_masohi", "kepala_pekanbaru", "verifikator_riau"])
def test_17_18_29_halaman_asing_sama_dengan_yang_tidak_ada(dunia: Dunia, masuk: Any, nama: str, orang: str) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    klien, url = masuk(getattr(dunia, orang)), alamat(laporan, nama, **_TAMBAHAN.get(nama, {}))
    asing = _tanpa_alamat(klien.get(url))
    assert asing[0] == 404
    assert asing == _tanpa_alamat(klien.get(url.replace(dunia.ambon.kode, PASTI_TIDAK_ADA)))


@pytest.mark.parametrize(
    "nama",
    [
        "bagian",
        "simpan",
        "kirim",
        "tarik",
        "minta_buka",
        "tinjau",
        "buka",
        "baris_tambah",
        "baris_hapus",
        "daftar_tempel",
    ],
)
def test_17_kiriman_ke_unit_lain_404_dan_tidak_mengubah(dunia: Dunia, masuk: Any, nama: str) -> None:
    laporan = dunia.laporan(dunia.ambon, "F04" if nama.startswith("baris") else "F06")
    isi_penuh(laporan, dunia.operator_ambon)
    url = alamat(laporan, nama, **_TAMBAHAN.get(nama, {}))
    data = tindakan(laporan, "kirim", disahkan="on", teks="x", alasan="lainnya", **{"s|lahan_tidur|1|": "9"})
    with _tanpa_perubahan(laporan):
        for orang in (dunia.kepala_masohi, dunia.kepala_pekanbaru, dunia.verifikator_riau):
            assert masuk(orang).post(url, data).status_code == 404


def test_17_29_api_asing_sama_dengan_yang_tidak_ada(dunia: Dunia, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    for orang in (dunia.kepala_masohi, dunia.verifikator_riau):
        klien = api(orang)
        for jalur in ("", "sel/", "temuan/"):
            asing = klien.get(f"laporan/{laporan.pk}/{jalur}")
            tiada = klien.get(f"laporan/{uuid.uuid4()}/{jalur}")
            assert _tanpa_alamat(asing) == _tanpa_alamat(tiada)
            assert asing.status_code == 404


def test_17_api_menulis_ke_unit_lain_404_dan_tidak_mengubah(dunia: Dunia, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon, "F04")
    with terpasang(SISTEM):
        umum: dict[str, Any] = {"laporan_id": laporan.pk, "oleh": dunia.operator_ambon, "cakupan": SISTEM}
        baris, _ = tambah_baris(daftar="kejadian", **umum)
    klien, revisi = api(dunia.kepala_masohi), segar(laporan).revisi
    jalur = f"laporan/{laporan.pk}"
    with _tanpa_perubahan(laporan):
        jawaban = [
            klien.patch(f"{jalur}/sel/", {"sel": [{"kode": "nihil_kejadian", "nilai": "ya"}]}),
            klien.post(f"{jalur}/daftar/kejadian/", {"isi": {}}, "kunci-asing-1"),
            klien.kirim("DELETE", f"{jalur}/daftar/kejadian/{baris}/"),
            klien.post(f"{jalur}/temuan/", {"tanggapan": {"x": {"benar": True}}}),
            klien.post(f"{jalur}/aksi/kirim/", {"revisi": revisi, "disahkan": True}, "kunci-asing-2"),
        ]
    assert [j.status_code for j in jawaban] == [404] * 5


@pytest.mark.parametrize(
    "tambahan", ["upt=lapas-kelas-iia-pekanbaru", "wilayah=riau", "kanwil=riau", "cakupan=nasional", "lingkup=nasional"]
)
def test_19_parameter_tidak_memperluas_cakupan(dunia: Dunia, masuk: Any, api: Any, tambahan: str) -> None:
    kirim(dunia.laporan(dunia.pekanbaru), dunia.kepala_pekanbaru, {"klaster_pertanian_wbp": "7717", "wbp": "7717"})
    for orang, url in (
        (dunia.operator_ambon, f"/upt/{dunia.ambon.kode}/"),
        (dunia.operator_ambon, "/organisasi/"),
        (dunia.verifikator_maluku, "/verifikasi/"),
        (dunia.verifikator_maluku, "/dasbor/kanwil/maluku/"),
        (dunia.kepala_ambon, "/jejak/"),
        (dunia.operator_ambon, f"/dasbor/upt/{dunia.ambon.kode}/"),
    ):
        jawaban = masuk(orang).get(f"{url}?{tambahan}")
        teks = jawaban.content.decode()
        assert jawaban.status_code in (200, 400, 404)
        assert "Pekanbaru" not in teks.replace('value="lapas-kelas-iia-pekanbaru"', ""), url
        assert "7.717" not in teks
    for jalur in ("laporan/", "upt/", "fakta/?bulan=2026-01"):
        pisah = "&" if "?" in jalur else "?"
        assert "ekanbaru" not in api(dunia.operator_ambon).get(f"{jalur}{pisah}{tambahan}").content.decode().replace(
            "pekanbaru'", ""
        )


@pytest.mark.parametrize(
    "wilayah", ["riau", "lapas-kelas-iia-pekanbaru", "nasional' OR 1=1--", "%00", "maluku/../riau"]
)
def test_19_telusur_wilayah_orang_lain(dunia: Dunia, masuk: Any, wilayah: str) -> None:
    kirim(dunia.laporan(dunia.pekanbaru), dunia.kepala_pekanbaru, {"klaster_pertanian_wbp": "7717", "wbp": "7717"})
    jawaban = masuk(dunia.operator_ambon).get(f"/telusur/F06/wbp/?bulan=2026-01&wilayah={wilayah}")
    assert jawaban.status_code in (400, 404)
    assert "7.717" not in jawaban.content.decode()


@pytest.mark.parametrize(
    "saringan",
    [
        "ordering=upt__kanwil", "ordering=-dibuka_oleh__password", "urut=dibuka_oleh__password", "upt__in=1,2",
        "dibuka_oleh__password__startswith=a", "kanwil__upt__nama=x", "_connector=OR", "pk=1", "id__gte=1",
        "upt=lapas-kelas-iia-ambon&upt=rutan-kelas-iib-masohi", "status=DRAF' OR '1'='1", "bulan=2026-13",
        "bulan=2026-1",
        "formulir=F06&_negated=1",
    ],
)  # fmt: skip
def test_19_20_79_saringan_dan_urutan_tak_dikenal_ditolak(dunia: Dunia, masuk: Any, api: Any, saringan: str) -> None:
    """The API refuses; pages, whose addresses people edit by hand, read them as not given and never widen."""
    assert api(dunia.operator_ambon).get(f"laporan/?{saringan}").status_code == 400
    jawaban = masuk(dunia.verifikator_maluku).get(f"/verifikasi/?{saringan}")
    assert jawaban.status_code in (200, 400)
    assert "Pekanbaru" not in jawaban.content.decode()


def test_20_urutan_antrean_hanya_dari_daftar(dunia: Dunia, masuk: Any) -> None:
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    klien = masuk(dunia.verifikator_maluku)
    biasa = klien.get("/verifikasi/?urut=tenggat").content
    for urut in ("dibuka_oleh__password", "-upt__kanwil", "tenggat;select pg_sleep(3)", "upt__nama"):
        lain = klien.get("/verifikasi/", {"urut": urut}).content
        assert lain.count(b"<tr") == biasa.count(b"<tr")


def test_21_22_kunci_asing_di_badan_permintaan(dunia: Dunia, masuk: Any, api: Any) -> None:
    """Addresses of other reports, units or rows inside a body lead nowhere: the address alone decides."""
    laporan, sasaran = dunia.laporan(dunia.ambon), dunia.laporan(dunia.masohi)
    with _tanpa_perubahan(sasaran):
        for asing in ({"laporan": str(sasaran.pk)}, {"laporan_id": str(sasaran.pk)}, {"upt_id": sasaran.upt_id}):
            satu = {"kode": "lahan_tidur", "nilai": "7", **asing}
            assert api(dunia.operator_ambon).patch(f"laporan/{laporan.pk}/sel/", {"sel": [satu]}).status_code == 400
        data = {"laporan": str(sasaran.pk), "upt": sasaran.upt.kode, "kode": sasaran.upt.kode, "s|lahan_tidur|0|": "7"}
        url = alamat(laporan, "bagian", bagian="klaster_pangan")
        assert masuk(dunia.operator_ambon).post(url, data).status_code == 302
    with terpasang(SISTEM):
        assert Draf.objects.get(laporan=laporan).isi["sel"]["lahan_tidur"]["nilai"] == 7


def test_22_baris_pindah_unit_ditolak_basis_data(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    with terpasang(Cakupan(upt=frozenset({dunia.ambon.pk}))), pytest.raises(DatabaseError), transaction.atomic():
        Laporan.objects.filter(pk=laporan.pk).update(upt=dunia.masohi, kanwil=dunia.masohi.kanwil)


def test_23_seratus_sel_dengan_satu_yang_asing_seluruhnya_ditolak(dunia: Dunia, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    sel = [b.kode for b in laporan.skema.butir.values() if b.diketik and b.angka]
    perubahan = [{"kode": k, "nilai": 1} for k in sel]
    asing = {"kode": "tanggal", "daftar": "kejadian", "baris": "milik-orang", "nilai": "1"}
    with _tanpa_perubahan(laporan):
        jawaban = api(dunia.operator_ambon).patch(f"laporan/{laporan.pk}/sel/", {"sel": [*perubahan, asing]})
        assert jawaban.status_code == 400


@pytest.mark.parametrize(
    "nama",
    [
        "s|../../x|0|", "s|kejadian/abc/tanggal|0|", "s|wbp/|0|", "s|//|0|", "s|wbp|-1|", "s|wbp|1e9|",
        "s|wbp|99999999999999|", "s||0|", "s|__class__|0|", "s|wbp|0|x|y", "s|wbp\x00|0|", "s|a/b/c/d|0|", "s|sel|0|",
    ],
)  # fmt: skip
def test_88_nama_medan_yang_dirusak(dunia: Dunia, masuk: Any, nama: str) -> None:
    """Invented cells and versions are refused at their place or ignored; nothing stored changes."""
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    with _tanpa_perubahan(laporan):
        url = alamat(laporan, "bagian", bagian="klaster_pangan")
        assert masuk(dunia.operator_ambon).post(url, {nama: "77", "aksi": "simpan"}).status_code in (302, 400, 409)


def test_88_medan_tersembunyi_tambahan_tidak_berarti(dunia: Dunia, masuk: Any, api: Any) -> None:
    """Mass assignment: status, owner, rights and hashes never come from a body."""
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    jahat = {
        "status": "TERVERIFIKASI", "versi_sah": "1", "versi_masuk": "9", "terlambat": "", "upt": "1", "kanwil": "1",
        "dibuat_oleh": "1", "oleh": str(dunia.kepala_ambon.pk), "is_staff": "1", "peran": "admin",
        "dikirim_pada": "2020-01-01",
    }  # fmt: skip
    assert masuk(dunia.operator_ambon).post(
        alamat(laporan, "kirim"), {**tindakan(laporan, "siapkan"), **jahat}
    ).status_code == 302  # fmt: skip
    lap = segar(laporan)
    assert (lap.status, lap.versi_sah, lap.versi_masuk, lap.upt_id) == ("SIAP", None, None, dunia.ambon.pk)
    for nama, isi in jahat.items():
        badan = {"revisi": lap.revisi, "disahkan": True, nama: isi}
        assert (
            api(dunia.kepala_ambon).post(f"laporan/{laporan.pk}/aksi/kirim/", badan, "kunci-massal").status_code == 400
        )
    profil = masuk(dunia.operator_ambon).post("/akun/token/", {"nama": "x", "pengguna": dunia.admin.pk, "oleh": "1"})
    assert profil.status_code == 200
    assert set(TokenAPI.objects.filter(nama="x").values_list("pengguna", flat=True)) == {dunia.operator_ambon.pk}


def test_token_orang_lain_tidak_dapat_dicabut(dunia: Dunia, masuk: Any, api: Any) -> None:
    korban = api(dunia.kepala_ambon)
    token = TokenAPI.objects.get(pengguna=dunia.kepala_ambon)
    masuk(dunia.operator_ambon).post(f"/akun/token/{token.pk}/cabut/")
    assert korban.get("laporan/").status_code == 200


def test_29_asing_dan_tidak_ada_sama_besar_dan_sama_kueri(dunia: Dunia, masuk: Any) -> None:
    """The oracle by size and by work done: same length, same number of statements."""
    from django.test.utils import CaptureQueriesContext

    klien, ukuran = masuk(dunia.operator_masohi), []
    for kode in (dunia.ambon.kode, PASTI_TIDAK_ADA[: len(dunia.ambon.kode)].ljust(len(dunia.ambon.kode), "x")):
        for url in (f"/upt/{kode}/", f"/organisasi/{kode}/", f"/dasbor/upt/{kode}/", f"/laporan/{kode}/2026-01/F06/"):
            with CaptureQueriesContext(connection) as tangkap:
                jawaban = klien.get(url)
            ukuran.append((jawaban.status_code, len(jawaban.content), len(tangkap.captured_queries)))
    assert ukuran[:4] == ukuran[4:]


def test_dua_jabatan_tidak_saling_meminjamkan_hak(dunia: Dunia, masuk: Any, api: Any) -> None:
    """The administrator of the application who also types for one unit reads that unit's reports, no others."""
    kirim(dunia.laporan(dunia.pekanbaru), dunia.kepala_pekanbaru)
    with terpasang(SISTEM):
        Penugasan.objects.create(
            pengguna=dunia.admin,
            peran="operator_upt",
            upt=dunia.ambon,
            kanwil=dunia.ambon.kanwil,
            mulai=date(2020, 1, 1),
        )
    klien = api(dunia.admin)
    asing = dunia.laporan(dunia.pekanbaru)
    assert {b["upt"] for b in klien.get("laporan/").json()["hasil"]} == {dunia.ambon.kode}
    assert klien.get("fakta/", bulan="2026-01").json()["hasil"] == []
    assert klien.get(f"laporan/{asing.pk}/").status_code == 404
    assert klien.get(f"laporan/{asing.pk}/sel/").status_code == 404
    halaman = masuk(dunia.admin)
    assert halaman.get(alamat(asing)).status_code in (403, 404)
    assert halaman.get("/dasbor/").status_code == 302
    assert halaman.get("/dasbor/kanwil/riau/").status_code == 404
    assert halaman.get(f"/dasbor/upt/{dunia.pekanbaru.kode}/").status_code == 404


def test_26_halaman_orang_pertama_tidak_sampai_ke_orang_kedua(dunia: Dunia, masuk: Any) -> None:
    """Two people behind one address ask for the same page, one right after the other."""
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    pusat, unit = masuk(dunia.peninjau), masuk(dunia.operator_pekanbaru)
    for url in ("/organisasi/", "/telusur/F06/wbp/?bulan=2026-01", "/dasbor/indikator/hunian/"):
        assert pusat.get(url).status_code == 200
        isi = unit.get(url).content.decode()
        assert "Ambon" not in isi, url
        assert "Cookie" in pusat.get(url)["Vary"]


def test_tamu_tidak_melihat_apa_pun(dunia: Dunia) -> None:
    laporan, tamu = dunia.laporan(dunia.ambon), Client()
    for nama in HALAMAN:
        jawaban = tamu.get(alamat(laporan, nama, **_TAMBAHAN.get(nama, {})))
        assert jawaban.status_code == 302
        assert jawaban["Location"].startswith("/masuk/?next=/laporan/")
