"""Hostile use of the register engine, through its pages and its API: forged keys and columns, numbers and texts that
are none, addresses that lead away, scripts in names, a unit that moved, a unit that was closed."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from pangan import jenis as j
from pangan.foto import pasang_foto
from pangan.models import Petak, Setoran
from pelaporan import turunan
from pelaporan.alur import Aksi
from pelaporan.models import Laporan, LaporanVersi
from pelaporan.turunan import selisih
from tests.dunia import JANUARI, Dunia, jawab_semua, lakukan
from tests.pangan.bantu import Kebun, ditolak
from tests.pelaporan.bantu import sebagai_orang
from tests.umkm.bantu import Unit
from upt.cakupan import SISTEM, terpasang
from upt.impor import baca_daftar
from upt.models import UPT
from upt.services_organisasi import impor_daftar

pytestmark = pytest.mark.django_db
NASKAH = "\"><svg onload=alert(7)>'{{7*7}}"
NOMOR = "B.I 90417/2025"


@pytest.fixture
def ambon(dunia: Dunia) -> Kebun:
    return Kebun(dunia.ambon, dunia.operator_ambon)


def alamat(upt: UPT, jenis: str, nama: str = "baru", register: str = "pangan", **lain: Any) -> str:
    return reverse(f"{register}:{nama}", kwargs={"kode": upt.kode, "jenis": jenis, **lain})


def kunci() -> str:
    return str(uuid.uuid4())


# ---------------------------------------------------------------- keys, columns, figures


def test_a_key_of_another_unit_is_refused_and_tells_nothing(dunia: Dunia, masuk: Any, api: Any) -> None:
    isi = {"jenis": "pnbp", "tanggal": "3/2/2026", "nilai": "1000", "nomor": "NTPN 1"}
    k = kunci()
    assert masuk(dunia.operator_ambon).post(alamat(dunia.ambon, "setoran"), {**isi, "kunci": k}).status_code == 302
    asing = masuk(dunia.operator_masohi).post(alamat(dunia.masohi, "setoran"), {**isi, "kunci": k})
    assert asing.status_code == 409
    assert "Muat ulang" in asing.content.decode()
    program = api(dunia.operator_masohi).post("pangan/setoran/", {"upt": dunia.masohi.kode, "isi": isi}, kunci=k)
    assert (program.status_code, "baris" in program.json().get("rincian", {})) == (409, False)
    with terpasang(SISTEM):
        assert Setoran.objects.count() == 1


def test_a_key_of_another_kind_makes_a_row_of_its_own(dunia: Dunia, masuk: Any) -> None:
    klien, k = masuk(dunia.operator_ambon), kunci()
    setoran = {"jenis": "pnbp", "tanggal": "3/2/2026", "nilai": "1000", "kunci": k}
    petak = {"nama": "Kebun", "wujud": "lahan", "luas": "10", "milik": "milik", "mulai": "1/1/2026", "kunci": k}
    assert klien.post(alamat(dunia.ambon, "setoran"), setoran).status_code == 302
    assert klien.post(alamat(dunia.ambon, "petak"), petak).status_code == 302


PETAK = {"nama": "Kebun", "wujud": "lahan", "luas": 100, "milik": "milik", "mulai": "2025-01-01"}


@pytest.mark.parametrize(
    "isi",
    [
        {"luas": "1e3"}, {"luas": 1.5}, {"luas": True}, {"luas": [1]}, {"luas": {"a": 1}}, {"luas": -1},
        {"luas": 10**400}, {"luas": "1,000"}, {"luas": "0x10"}, {"nama": 5}, {"nama": None}, {"nama": "\u200b"},
        {"nama": "a\u202eb"}, {"nama": "a\u0000b"}, {"mulai": "0001-01-01"}, {"mulai": "9999-12-31"},
        {"mulai": "2025-02-29"}, {"mulai": 45000}, {"milik": {"x": 1}}, {"lintang": 1e-30, "bujur": 100},
        {"kanwil_id": 1}, {"revisi": 5}, {"dibuat_oleh": 1}, {"foto_id": 1}, {"upt_id": 1}, {"dihapus_pada": None},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_value_of_a_column_writes_nothing(dunia: Dunia, api: Any, isi: dict[str, Any]) -> None:
    kirim = {"upt": dunia.ambon.kode, "isi": {**PETAK, **isi}}
    assert api(dunia.operator_ambon).post("pangan/petak/", kirim, kunci=kunci()).status_code == 400
    with terpasang(SISTEM):
        assert not Petak.objects.exists()


def test_the_api_takes_no_other_body(dunia: Dunia, api: Any) -> None:
    klien, kode = api(dunia.operator_ambon), dunia.ambon.kode.encode()
    for mentah in (
        b'{"upt":"%s","isi":%s}' % (kode, b"[" * 9000 + b"]" * 9000),
        b'{"isi":{"luas":NaN}}', b'{"isi":{"luas":%s}}' % (b"9" * 5000), b'{"upt":"a","upt":"b"}', b"\xff\xfe",
        b"[]", b"null", b"", b'{"a":"' + b"x" * 10_000_000 + b'"}',
    ):  # fmt: skip
        jawab = klien.kirim("POST", "pangan/petak/", mentah=mentah, kunci=kunci())
        assert jawab.status_code in (400, 413), mentah[:30]
        assert "Invalid data" not in jawab.content.decode()
        assert "No data" not in jawab.content.decode()


@pytest.mark.parametrize("pk", [0, 2**63 - 1, 2**63, 10**40])
def test_ids_beyond_all_rows_are_not_found(dunia: Dunia, masuk: Any, api: Any, pk: int) -> None:
    klien, program, kode = masuk(dunia.operator_ambon), api(dunia.operator_ambon), dunia.ambon.kode
    alamat_pk = [alamat(dunia.ambon, "petak", nama, pk=pk) for nama in ("baris", "ubah", "hapus")]
    alamat_pk += [reverse(n, kwargs={"kode": kode, "pk": pk}) for n in ("pangan:petak", "pangan:foto", "umkm:produk")]
    alamat_pk += [reverse(n, kwargs={"kode": kode, "pk": pk}) for n in ("umkm:foto", "umkm:surat")]
    assert {klien.get(a).status_code for a in alamat_pk} == {404}
    assert program.get(f"pangan/petak/{pk}/").status_code == 404
    assert program.patch(f"pangan/petak/{pk}/", {"revisi": 1, "isi": {}}).status_code == 404
    assert program.post(f"pangan/petak/{pk}/pulihkan/").status_code == 404


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize("jenis", ["petak", "panen", "penempatan"])
def test_lists_and_forms_bear_any_address(dunia: Dunia, masuk: Any, ambon: Kebun, jenis: str) -> None:
    ambon.panen(ambon.kebun_kangkung()[1])
    klien = masuk(dunia.operator_ambon)
    for ekor in (
        "halaman=99999", "halaman=-1", "halaman=" + "9" * 5000, "cari=%25_%5C", "cari=" + "(a%2B)%2B" * 11 + "$",
        "bulan=2026-13", "bulan=0000-00", "cari=%ED%A0%80", "dihapus=1&halaman=x",
    ):  # fmt: skip
        assert klien.get(f"{alamat(dunia.ambon, jenis, 'daftar')}?{ekor}").status_code == 200, ekor
    for tujuan in (
        "//evil.id", "///evil.id", "/%5Cevil.id", "/%09/evil.id", "javascript:alert(1)", "http://testserver@evil.id/",
        "%0d%0aX:1",
    ):  # fmt: skip
        jawab = klien.get(f"{alamat(dunia.ambon, jenis)}?kembali={tujuan}&isi_jumlah={'9' * 3000}")
        assert jawab.status_code == 200
        utama = re.sub(r"<footer.*?</footer>", "", jawab.content.decode(), flags=re.DOTALL)
        assert not re.search(r'href="(//|/\\|/\s|javascript:|https?://[^"]*evil)', utama), tujuan


def test_nothing_is_changed_by_reading_or_by_other_methods(dunia: Dunia, masuk: Any, ambon: Kebun) -> None:
    petak = ambon.petak()
    klien = masuk(dunia.operator_ambon)
    for cara in ("get", "head", "put", "patch", "delete", "options", "trace"):
        for nama in ("pulihkan", "ubah", "hapus") if cara in ("put", "patch", "delete", "trace") else ("pulihkan",):
            assert getattr(klien, cara)(alamat(dunia.ambon, "petak", nama, pk=petak.pk)).status_code == 405
    lain = {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"}
    assert klien.get(alamat(dunia.ambon, "petak", "pulihkan", pk=petak.pk), **lain).status_code == 405
    ketat = Client(enforce_csrf_checks=True)
    ketat.force_login(dunia.operator_ambon)
    jawab = ketat.post(alamat(dunia.ambon, "petak", "hapus", pk=petak.pk), {"revisi": "1", "alasan": "Curi."})
    assert jawab.status_code == 403
    assert (ambon.segar(petak).revisi, ambon.segar(petak).hidup) == (1, True)


@pytest.mark.parametrize("revisi", ["", "-1", "x", "9" * 400, "1e3", "1.0"])
def test_a_forged_revision_changes_nothing(dunia: Dunia, masuk: Any, ambon: Kebun, revisi: str) -> None:
    petak = ambon.petak()
    isi = {"nama": "Lain", "wujud": "lahan", "luas": "100", "milik": "milik", "mulai": "1/1/2025", "revisi": revisi}
    assert masuk(dunia.operator_ambon).post(alamat(dunia.ambon, "petak", "ubah", pk=petak.pk), isi).status_code in (
        400,
        409,
    )
    assert ambon.segar(petak).nama == petak.nama


def test_what_a_row_points_at_is_brought_back_first(dunia: Dunia, masuk: Any, ambon: Kebun) -> None:
    _, siklus = ambon.kebun_kangkung()
    panen = ambon.panen(siklus)
    ambon.hapus(j.PANEN, panen)
    ambon.hapus(j.SIKLUS, siklus)
    jawab = masuk(dunia.operator_ambon).post(alamat(dunia.ambon, "panen", "pulihkan", pk=panen.pk))
    assert jawab.status_code == 400
    assert "Pulihkan dahulu" in jawab.content.decode()


def test_a_note_that_waited_does_not_undo_what_was_written_meanwhile(dunia: Dunia, masuk: Any, ambon: Kebun) -> None:
    petak, siklus = ambon.kebun_kangkung()
    klien, url = masuk(dunia.operator_ambon), reverse("pangan:petak", args=[dunia.ambon.kode, petak.pk])
    gagal = {"akhir": "gagal", "selesai": "5 Januari 2026", "alasan_gagal": "Banjir"}
    isi = {"aksi": "selesai", "siklus_id": str(siklus.pk), "kunci": kunci(), **gagal}
    sepagi = {"headers": {"Accept": "application/json"}}
    assert klien.post(url, isi, **sepagi).status_code == 201
    assert klien.post(url, isi, **sepagi).status_code < 300  # its answer was lost
    ambon.ubah(j.SIKLUS, siklus, alasan_gagal="Hama tikus")
    jawab = klien.post(url, isi, **sepagi)
    assert (jawab.status_code, "sudah diakhiri 5 Januari 2026" in jawab.json()["pesan"]) == (409, True)
    assert (ambon.segar(siklus).alasan_gagal, ambon.segar(siklus).revisi) == ("Hama tikus", 3)


# ---------------------------------------------------------------- scripts in names


def _kotori(d: Dunia) -> None:
    k, u = Kebun(d.ambon, d.operator_ambon), Unit(d.ambon, d.operator_ambon)
    petak = k.petak(100, nama=NASKAH, rencana=NASKAH, pemilik=NASKAH, kode="<b>x")
    k.pakai(petak)
    k.panen(k.tanam(petak, varietas=NASKAH, catatan=NASKAH, bibit=NASKAH), catatan=NASKAH)
    k.keluar("kangkung", "3", pihak=NASKAH, catatan=NASKAH, tujuan="vendor", nilai="1000")
    k.tulis(j.SETORAN, jenis="pnbp", tanggal="10/1/2026", nilai="1000", nomor=NASKAH, catatan=NASKAH)
    k.tulis(j.SERTIFIKAT, pelatihan=NASKAH, penyelenggara=NASKAH, tanggal="10/1/2026", orang="3")
    k.tulis(j.MITRA, nama=NASKAH, jenis="dinas", lingkup=NASKAH, dari="1/1/2026")
    k.hapus(j.PETAK, k.petak(50, nama=NASKAH))
    u.buat(u.produk(NASKAH))


def _tautan(isi: str) -> list[str]:
    semua = re.findall(r'href="(/(?:pangan|umkm)/[^"#]*)', isi)
    return [satu.replace("&amp;", "&") for satu in semua if "unduh" not in satu and "ekspor" not in satu]


@pytest.mark.parametrize("nama", ["operator_ambon", "peninjau"])
def test_names_are_text_on_every_page_and_no_page_is_kept(dunia: Dunia, masuk: Any, nama: str) -> None:
    _kotori(dunia)
    klien, kode = masuk(getattr(dunia, nama)), dunia.ambon.kode
    antre = [reverse(f"{r}:{n}", args=a) for r in ("pangan", "umkm") for n, a in (("unit", [kode]), ("beranda", []))]
    antre += [reverse(f"{r}:asal", args=[kode, JANUARI]) for r in ("pangan", "umkm")]
    antre += [reverse("pangan:nasional"), reverse("umkm:nasional"), reverse("umkm:katalog")]
    sudah: set[str] = set()
    tampak = 0
    while antre and len(sudah) < 120:
        url = antre.pop(0)
        if url in sudah:
            continue
        sudah.add(url)
        jawab = klien.get(url, follow=True)
        assert jawab.status_code in (200, 403, 404), url
        if jawab.status_code != 200 or "html" not in jawab["Content-Type"]:
            continue
        isi = jawab.content.decode()
        assert "<svg onload" not in isi, url
        assert "no-store" in jawab["Cache-Control"], url
        assert "frame-ancestors 'none'" in jawab["Content-Security-Policy"], url
        tampak += "&lt;svg onload" in isi
        antre += _tautan(isi)
    assert tampak > 20


# ---------------------------------------------------------------- numbers of inmates


def _memuat_kenari() -> list[str]:
    """Tables in which the number stands anywhere."""
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("SELECT 'public.' || quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        semua = [nama for (nama,) in kursor.fetchall()]
        terbaca = [nama for nama in semua if _satu(kursor, f"SELECT has_table_privilege('{nama}', 'SELECT')")]
        assert len(terbaca) > 40
        cari = "SELECT EXISTS (SELECT FROM {} t WHERE to_jsonb(t)::text LIKE '%90417%')"
        return sorted(n.removeprefix("public.") for n in terbaca if _satu(kursor, cari.format(n)))


def _satu(kursor: Any, sql: str) -> Any:
    kursor.execute(sql)
    return kursor.fetchone()[0]


def test_a_register_number_is_kept_nowhere(dunia: Dunia, masuk: Any, ambon: Kebun, caplog: Any) -> None:
    """Right and wrong, by page and by script, alone and with other mistakes."""
    ambon.kebun_kangkung()
    ambon.petak(nama="90417")
    assert _memuat_kenari() == ["pangan_petak", "pelaporan_riwayatbaris"]  # the search finds what is there
    klien, orang = masuk(dunia.operator_ambon), reverse("pangan:orang", kwargs={"kode": dunia.ambon.kode})
    isi = {"aksi": "tempatkan", "nomor": NOMOR, "klaster": "pertanian", "dari": "5/1/2026"}
    for salah in ({}, {}, {"nomor": f"?? {NOMOR}"}, {"dari": "x"}, {"klaster": "x"}, {"aksi": "lain"}):
        for terima in ("text/html", "application/json"):
            jawab = klien.post(orang, {**isi, **salah, "kunci": kunci()}, headers={"Accept": terima}, follow=True)
            assert "90417" not in jawab.content.decode(), (salah, terima)
    for nomor in (NOMOR, "B.I 90417", "x?90417"):
        kirim = {"wbp_id": nomor, "klaster": "perikanan", "dari": "5/1/2026", "kunci": kunci()}
        for terima in ("text/html", "application/json"):
            jawab = klien.post(alamat(dunia.ambon, "penempatan"), kirim, headers={"Accept": terima}, follow=True)
            assert "90417" not in jawab.content.decode()
    assert _memuat_kenari() == ["pangan_petak", "pelaporan_riwayatbaris"]
    assert "90417" not in caplog.text


@pytest.mark.parametrize("nama", ["pangan:orang", "umkm:orang"])
def test_a_number_does_not_travel_with_the_login_page(dunia: Dunia, masuk: Any, nama: str) -> None:
    """What waits for a login is packed into the page, signed and not sealed: the next person could unpack it."""
    if nama == "umkm:orang":
        Unit(dunia.ambon, dunia.operator_ambon).produk()
    url = reverse(nama, kwargs={"kode": dunia.ambon.kode})
    halaman = masuk(dunia.operator_ambon).get(url).content.decode()
    borang = next(b for b in re.findall(r"<form.*?</form>", halaman, re.DOTALL) if 'name="nomor"' in b)
    isian = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', borang))
    assert 'data-antre="tanpa-simpan"' in borang
    assert 'type="password"' not in borang  # browsers offer to keep those
    jawab = Client().post(url, {**isian, "nomor": NOMOR})
    assert jawab.status_code == 401
    assert jawab.context["ada_titipan"] is False


def test_programs_neither_read_nor_write_inmates(dunia: Dunia, api: Any, ambon: Kebun) -> None:
    klien = api(dunia.operator_ambon)
    isi = {"wbp_id": NOMOR, "klaster": "pertanian", "dari": "2026-01-05"}
    for jenis in ("pangan/penempatan/", "umkm/pekerja/"):
        assert klien.get(jenis).status_code == 403
        assert klien.post(jenis, {"upt": dunia.ambon.kode, "isi": isi}, kunci=kunci()).status_code == 403
        for cara, kirim in (("PATCH", {"revisi": 1, "isi": {}}), ("DELETE", {"revisi": 1, "alasan": "x"})):
            assert klien.kirim(cara, f"{jenis}1/", kirim).status_code == 403
        assert klien.post(f"{jenis}1/pulihkan/").status_code == 403


# ---------------------------------------------------------------- units that moved or were closed


def _foto() -> bytes:
    keluaran = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(keluaran, "JPEG")
    return keluaran.getvalue()


def test_a_unit_that_moved_takes_its_register_along(dunia: Dunia, masuk: Any, ambon: Kebun) -> None:
    """Rows, history, photo and figures are the new Kanwil's from then on, and no longer the old one's."""
    petak, siklus = ambon.kebun_kangkung()
    ambon.panen(siklus)
    with sebagai_orang(dunia.operator_ambon) as umum:
        pasang_foto(petak, isi=_foto(), **umum)
    kode = dunia.ambon.kode
    semua = [
        reverse("pangan:unit", args=[kode]),
        alamat(dunia.ambon, "petak", "baris", pk=petak.pk),
        reverse("pangan:petak", args=[kode, petak.pk]),
        reverse("pangan:foto", args=[kode, petak.pk]),
    ]
    lama, baru = masuk(dunia.verifikator_maluku), masuk(dunia.verifikator_riau)
    assert [[k.get(u).status_code for u in semua] for k in (lama, baru)] == [[200] * 4, [404] * 4]
    with terpasang(SISTEM):
        daftar = f"kode,nama,kanwil\n{kode},{dunia.ambon.nama},{dunia.pekanbaru.kanwil.nama}\n"
        hasil = impor_daftar(tabel=baca_daftar(daftar.encode()), oleh=None, sumber="uji.csv", terapkan=True)
        assert hasil.ditulis
    lama, baru = masuk(dunia.verifikator_maluku), masuk(dunia.verifikator_riau)
    assert [[k.get(u).status_code for u in semua] for k in (lama, baru)] == [[404] * 4, [200] * 4]
    assert "Dicatat" in baru.get(semua[1]).content.decode()


def test_nothing_happens_in_a_unit_that_was_closed(dunia: Dunia, ambon: Kebun) -> None:
    petak, siklus = ambon.kebun_kangkung()
    with terpasang(SISTEM):
        UPT.objects.filter(pk=dunia.ambon.pk).update(berlaku_sampai=date(2026, 1, 5))
    ambon.upt.berlaku_sampai = date(2026, 1, 5)
    for kerja in (
        lambda: ambon.panen(siklus),
        lambda: ambon.tanam(petak, "bayam", "6 Januari 2026"),
        lambda: ambon.tulis(j.SETORAN, jenis="pnbp", tanggal="6/1/2026", nilai="1000"),
    ):
        assert "tercatat sampai 5 Januari 2026" in " ".join(ditolak(kerja).values())
    assert ambon.panen(siklus, "4", "5 Januari 2026").pk


# ---------------------------------------------------------------- figures that were sent


def test_a_sent_figure_stays_whatever_becomes_of_its_rows(dunia: Dunia, masuk: Any, ambon: Kebun) -> None:
    """Deleted, brought back, written anew: the version, its digest and its origin stand, and the difference is told."""
    _, siklus = ambon.kebun_kangkung()
    panen = ambon.panen(siklus)
    for jenis, orang in (("wbp", "6"), ("petugas", "1")):
        ambon.tulis(j.TENAGA, **{"jenis": jenis}, orang=orang, dari="1 Januari 2026")
    laporan = dunia.laporan(dunia.ambon)
    with sebagai_orang(dunia.kepala_ambon) as umum:
        jawab_semua(laporan, umum["oleh"], umum["cakupan"])
    lakukan(laporan, Aksi.KIRIM, dunia.kepala_ambon, disahkan=True)
    terkirim = _versi(laporan)
    rincian = terkirim.isi["asal"]["klaster_hortikultura_panen"]["rincian"]
    assert [(r[0], r[1], r[3]) for r in rincian] == [("panen", f"{dunia.ambon.kode}:{panen.pk}", 40)]

    def beda() -> set[str]:
        kini = _versi(laporan)
        assert (kini.isi, kini.sidik) == (terkirim.isi, terkirim.sidik)
        with terpasang(SISTEM):
            segar = Laporan.objects.select_related("upt", "formulir_versi").get(pk=laporan.pk)
            return {s.kode for s in selisih(segar)}

    assert beda() == set()
    ambon.hapus(j.PANEN, panen)
    assert beda() == {"klaster_hortikultura_panen", "hasil"}
    lembar = masuk(dunia.verifikator_maluku).get(turunan.alamat("pangan", rincian[0][0], rincian[0][1]), follow=True)
    assert (lembar.status_code, "dihapus" in lembar.content.decode().lower()) == (200, True)
    ambon.pulihkan(j.PANEN, panen)
    assert beda() == set()
    ambon.ubah(j.PANEN, panen, tanggal="10 Februari 2026")
    assert beda() == {"klaster_hortikultura_panen", "hasil"}


def _versi(laporan: Laporan) -> LaporanVersi:
    with terpasang(SISTEM):
        return LaporanVersi.objects.get(laporan=laporan)
