"""The scope door and the row-level security behind it: six traps as tests, run as the role of the web."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from dasbor.models import Ringkasan
from pelaporan.models import Draf, Kejadian, Laporan, LaporanVersi, Pemberitahuan
from pemasyarakatan.inti import penjaga
from tests import dunia as pembuat
from tests.conftest import sebagai
from upt.cakupan import SISTEM, Cakupan, pasang, terpasang
from upt.models import UPT, Kapasitas, Penugasan, RiwayatKanwil

AKAR = Path(__file__).resolve().parents[2]
APLIKASI = ("pemasyarakatan", "upt", "pelaporan", "dasbor")
TANPA_RLS = {
    "pelaporan_libur": "the calendar of holidays is public",
    "remisi_rilis": "published totals, of the nation or of a Kanwil",
    "pelaporan_kotor": "dirty keys name a Kanwil, a month and a form, and hold no figure",
}


def tanya(sql: str, *isi: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as kursor:
        kursor.execute(sql, list(isi))
        return kursor.fetchall()


def cakupan_untuk(pengguna: Any) -> Cakupan:
    with terpasang(Cakupan(pengguna_id=pengguna.pk)):
        return Cakupan.dari(type(pengguna).objects.get(pk=pengguna.pk))


# Trap 1: owners and superusers pass by -----------------------------------------------------------


def test_peran_web_tidak_memiliki_apa_pun(dunia: Any) -> None:
    assert tanya("SELECT current_user::text") == [("lapor_web",)]
    for peran in penjaga.PERAN:
        assert tanya(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s",
            peran,
        ) == [(False, False, False, False)]
        assert tanya("SELECT relname FROM pg_class WHERE relowner = %s::regrole", peran) == []
        anggota = tanya("SELECT count(*) FROM pg_auth_members WHERE member = %s::regrole", peran)
        assert anggota == [(0,)], f"{peran} inherits rights of another role"


def test_setiap_tabel_bercakupan_dipaksa_rls(dunia: Any) -> None:
    baris = tanya(
        """
        SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        WHERE c.relkind IN ('r', 'p') AND EXISTS (
            SELECT 1 FROM pg_attribute a
            WHERE a.attrelid = c.oid AND a.attname IN ('upt_id', 'kanwil_id') AND NOT a.attisdropped)
        """
    )
    tanpa = {nama for nama, dipaksa in baris if not dipaksa}
    assert tanpa == set(TANPA_RLS)
    assert "upt_upt" in {n for (n,) in tanya("SELECT relname FROM pg_class WHERE relforcerowsecurity")}


def test_setiap_kebijakan_yang_dinyatakan_terpasang(dunia: Any) -> None:
    terpasang_ = {n for (n,) in tanya("SELECT tablename FROM pg_policies WHERE policyname = 'cakupan'")}
    assert terpasang_ == {k.tabel for k in penjaga.semua()}


# Trap 2: views and definer functions --------------------------------------------------------------


def test_tidak_ada_pandangan_yang_bocor(dunia: Any) -> None:
    assert tanya("SELECT matviewname FROM pg_matviews") == []
    bocor = tanya(
        """
        SELECT c.relname FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        WHERE c.relkind = 'v' AND NOT COALESCE(c.reloptions @> '{security_invoker=true}', false)
        """
    )
    assert bocor == []


def test_hanya_jejak_memakai_hak_pemilik(dunia: Any) -> None:
    definer = tanya(
        """
        SELECT p.proname, p.proconfig::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'public' AND p.prosecdef AND has_function_privilege('lapor_web', p.oid, 'EXECUTE')
        """
    )
    assert [nama for nama, _ in definer] == ["jejak_tambah"]
    assert all("search_path" in (aturan or "") for _, aturan in definer)


# Trap 3: '' instead of NULL -----------------------------------------------------------------------


def test_pengaturan_kosong_tidak_galat(dunia_nyata: Any) -> None:
    """After SET LOCAL the setting is '', not NULL; reading it must neither fail nor show rows."""
    with terpasang(cakupan_untuk(dunia_nyata.pimpinan)):
        assert UPT.objects.count() == 4
    assert tanya("SELECT current_setting('app.upt', true)") == [("",)]
    assert UPT.objects.count() == 0
    assert Penugasan.objects.count() == 0


# Trap 4: settings that outlive the transaction ----------------------------------------------------


def test_cakupan_berakhir_bersama_transaksi(dunia_nyata: Any) -> None:
    nomor = tanya("SELECT pg_backend_pid()")
    with terpasang(SISTEM):
        assert Laporan.objects.exists()
    assert tanya("SELECT pg_backend_pid()") == nomor, "the same connection"
    assert not Laporan.objects.exists()
    with pytest.raises(ZeroDivisionError), terpasang(SISTEM):
        raise ZeroDivisionError
    assert not Laporan.objects.exists()


def test_cakupan_di_luar_transaksi_ditolak(dunia_nyata: Any) -> None:
    with pytest.raises(RuntimeError):
        pasang(SISTEM)


def test_cakupan_bersarang_kembali(dunia: Any) -> None:
    dalam, luar = cakupan_untuk(dunia.operator_ambon), cakupan_untuk(dunia.operator_masohi)
    with terpasang(luar):
        with terpasang(dalam):
            assert [u.kode for u in UPT.objects.all()] == [dunia.ambon.kode]
        assert [u.kode for u in UPT.objects.all()] == [dunia.masohi.kode]


def test_permintaan_berikut_pada_sambungan_yang_sama_mulai_kosong(dunia_nyata: Any, masuk: Any) -> None:
    assert masuk(dunia_nyata.pimpinan).get("/organisasi/").status_code == 200
    assert UPT.objects.count() == 0
    isi = masuk(dunia_nyata.operator_ambon).get("/organisasi/").content.decode()
    assert dunia_nyata.pekanbaru.nama not in isi
    assert Client().get("/organisasi/").status_code == 302


# Trap 5: keys that tell ---------------------------------------------------------------------------


def test_kunci_unik_tidak_membocorkan_baris_orang(dunia: Any) -> None:
    """A unique key that people can try is random, or a text that already names the unit."""
    boleh = {
        "upt_upt.kode": "office codes are public",
        "pelaporan_laporanversi.nomor": "the receipt number holds the unit's code",
        "pelaporan_pemberitahuan.dedup": "made by the portal from the report's random id",
    }
    melanggar = []
    for kebijakan in penjaga.semua():
        model = kebijakan.model
        for bidang in model._meta.local_fields:
            acak = bidang.primary_key or bidang.get_internal_type() in ("UUIDField", "OneToOneField")
            nama = f"{kebijakan.tabel}.{bidang.column}"
            if bidang.unique and not acak and nama not in boleh:
                melanggar.append(nama)
    assert melanggar == []


# Trap 6: answers that are written after the transaction -------------------------------------------


def _sumber() -> list[Path]:
    return [p for app in APLIKASI for p in (AKAR / app).rglob("*.py")]


def test_tidak_ada_jawaban_mengalir() -> None:
    """A streamed answer would be produced after the scope has ended: an empty file with status 200."""
    terlarang = {"StreamingHttpResponse", "FileResponse"}
    pelanggar = [
        f"{berkas.relative_to(AKAR)}:{simpul.lineno}"
        for berkas in _sumber()
        for simpul in ast.walk(ast.parse(berkas.read_text(encoding="utf-8")))
        if (isinstance(simpul, ast.Name) and simpul.id in terlarang)
        or (isinstance(simpul, ast.Attribute) and simpul.attr in terlarang)
        or (isinstance(simpul, ast.alias) and simpul.name in terlarang)
    ]
    assert pelanggar == []


def test_tidak_ada_set_sesi() -> None:
    """No code sets a scope for the session; the only writer is `penjaga.atur`, local to the transaction."""
    penulis = [b for b in _sumber() if "set_config(" in b.read_text(encoding="utf-8")]
    assert [b.name for b in penulis] == ["penjaga.py"]
    assert "set_config(%s, %s, true)" in penulis[0].read_text(encoding="utf-8")
    assert [b for b in _sumber() if "SET app." in b.read_text(encoding="utf-8")] == []


# What the door does -------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [UPT, Kapasitas, Laporan, LaporanVersi, Kejadian, Draf, Pemberitahuan])
def test_saringan_yang_terlupa_tetap_hanya_milik_sendiri(dunia: Any, model: Any) -> None:
    """`Model.objects.all()` without `.dalam(...)`, in the scope of each kind of person."""
    for upt, orang in ((dunia.ambon, dunia.kepala_ambon), (dunia.pekanbaru, dunia.kepala_pekanbaru)):
        pembuat.kirim(dunia.laporan(upt), orang)
    kunci = "id" if model is UPT else "upt_id"

    def terlihat(cakupan: Cakupan) -> set[int]:
        with terpasang(cakupan):
            return set(model.objects.order_by().values_list(kunci, flat=True))

    assert terlihat(Cakupan()) == set()
    assert terlihat(cakupan_untuk(dunia.asing)) == set()
    assert terlihat(cakupan_untuk(dunia.operator_ambon)) == {dunia.ambon.pk}
    assert terlihat(cakupan_untuk(dunia.kepala_maluku)) <= {dunia.ambon.pk, dunia.masohi.pk}
    assert dunia.ambon.pk in terlihat(cakupan_untuk(dunia.kepala_maluku))
    assert {dunia.ambon.pk, dunia.pekanbaru.pk} <= terlihat(cakupan_untuk(dunia.pimpinan))


@pytest.mark.parametrize("nama", ["operator_ambon", "verifikator_maluku", "pimpinan", "asing"])
def test_pintu_dan_basis_data_sepakat(dunia: Any, nama: str) -> None:
    """`.dalam(cakupan)` and the policies let exactly the same rows through, for every table with the door."""
    pembuat.kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    cakupan = cakupan_untuk(getattr(dunia, nama))
    for model in (UPT, RiwayatKanwil, Kapasitas, Laporan, LaporanVersi, Kejadian, Draf, Ringkasan):
        with terpasang(SISTEM):
            menurut_pintu = set(model.objects.dalam(cakupan).values_list("pk", flat=True))
        with terpasang(cakupan):
            menurut_rls = set(model.objects.values_list("pk", flat=True))
        assert menurut_pintu == menurut_rls, model


def _ditolak(laku: Any) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        laku()


def test_menulis_ke_unit_lain_ditolak_basis_data(dunia: Any) -> None:
    asing = dunia.laporan(dunia.pekanbaru)
    with terpasang(cakupan_untuk(dunia.kepala_ambon)):
        _ditolak(lambda: Draf.objects.create(laporan=asing, upt_id=asing.upt_id, kanwil_id=asing.kanwil_id))
        _ditolak(
            lambda: Kapasitas.objects.create(upt=dunia.pekanbaru, kanwil=dunia.pekanbaru.kanwil, dari=date(2026, 1, 1))
        )
        assert Laporan.objects.filter(pk=asing.pk).update(status="TERKUNCI") == 0
        assert UPT.objects.filter(pk=dunia.pekanbaru.pk).update(nama="x") == 0
        assert Laporan.objects.filter(pk=asing.pk).delete()[0] == 0
        milik = Laporan.objects.filter(upt=dunia.ambon, formulir_id="F06")
        _ditolak(lambda: milik.update(upt=dunia.pekanbaru, kanwil=dunia.pekanbaru.kanwil))
    assert dunia.laporan(dunia.pekanbaru).status == "BELUM"


def test_tidak_ada_yang_memberi_diri_sendiri_hak(dunia: Any) -> None:
    """One's own assignments can be read, but not written: neither a new one nor a better one."""
    hari = date(2020, 1, 1)
    with terpasang(cakupan_untuk(dunia.operator_ambon)):
        for isi in (
            {"peran": "peninjau_pusat"},
            {"peran": "kepala_kanwil", "kanwil": dunia.kanwil["riau"]},
            {"peran": "kepala_upt", "upt": dunia.pekanbaru, "kanwil": dunia.kanwil["riau"]},
        ):
            _ditolak(lambda isi=isi: Penugasan.objects.create(pengguna=dunia.operator_ambon, mulai=hari, **isi))
        _ditolak(
            lambda: Penugasan.objects.filter(pengguna=dunia.operator_ambon).update(
                peran="pimpinan", upt=None, kanwil=None
            )
        )


def test_versi_dan_jejak_hanya_bertambah(dunia: Any) -> None:
    pembuat.kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    for sql in (
        "UPDATE pelaporan_laporanversi SET sidik = 'x'",
        "DELETE FROM pelaporan_laporanversi",
        "UPDATE pelaporan_kejadian SET aksi = 'x'",
        "UPDATE jejak_jejak SET pelaku = 'x'",
        "INSERT INTO jejak_kepalarantai (rantai, urut, sidik) VALUES ('x', 0, '')",
    ):
        with (
            terpasang(SISTEM),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as kursor,
        ):
            kursor.execute(sql)


def test_pekerja_tanpa_cakupan_tidak_melihat_apa_pun(dunia_nyata: Any) -> None:
    with sebagai("kerja"):
        assert tanya("SELECT current_user::text") == [("lapor_kerja",)]
        for kebijakan in penjaga.semua():
            if kebijakan.lihat == "true":  # nobody's rows that everybody reads; only their writing is guarded
                continue
            with connection.cursor() as kursor:
                kursor.execute(f'SELECT count(*) FROM "{kebijakan.tabel}"')
                assert kursor.fetchone() == (0,), kebijakan.tabel
        with terpasang(SISTEM):
            assert UPT.objects.count() == 4


def test_cakupan_hanya_dari_penugasan(dunia: Any) -> None:
    assert cakupan_untuk(dunia.asing) == Cakupan(pengguna_id=dunia.asing.pk)
    assert cakupan_untuk(dunia.verifikator_maluku).kanwil == {dunia.kanwil["maluku"].pk}
    dunia.pimpinan.is_active = False
    assert Cakupan.dari(dunia.pimpinan) == Cakupan()


def test_setiap_model_bercakupan_punya_kebijakan() -> None:
    """A model with a unit or an office has a policy."""
    dijaga = {k.model for k in penjaga.semua()}
    for model in apps.get_models():
        kolom = {b.column for b in model._meta.local_fields}
        if kolom & {"upt_id", "kanwil_id"} and model._meta.db_table not in TANPA_RLS:
            assert model in dijaga, model
