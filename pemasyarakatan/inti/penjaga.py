"""Row-level security, declared beside the models and applied after every migrate.

The application's door (`upt.cakupan`) filters; these policies make a forgotten filter harmless. Web and worker
connect as roles that own nothing, so `FORCE ROW LEVEL SECURITY` binds them. The scope travels in four settings that
live only inside a transaction: `app.lingkup`, `app.kanwil`, `app.upt`, `app.pengguna`. Without them no row is visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction

PERAN = ("lapor_web", "lapor_kerja")
_SEDANG_DIBUAT = ("42710", "23505", "XX000")  # exists already, was made this moment, is being changed
_NAMA = ("app.lingkup", "app.kanwil", "app.upt", "app.pengguna")

# Sub-selects make PostgreSQL read each setting once a statement instead of once a row. A setting that was local to
# an earlier transaction reads as '' and not as NULL, hence NULLIF.
NASIONAL = "(SELECT COALESCE(current_setting('app.lingkup', true), '') IN ('nasional', 'sistem'))"
SISTEM = "(SELECT COALESCE(current_setting('app.lingkup', true), '') = 'sistem')"


def milik(kolom: str, kunci: str) -> str:
    """SQL that is true where `kolom` is one of the ids in setting `app.<kunci>`."""
    return f"{kolom} = ANY (COALESCE((SELECT NULLIF(current_setting('app.{kunci}', true), '')), '{{}}')::bigint[])"


def wilayah(upt: str = "upt_id", kanwil: str = "kanwil_id") -> str:
    return f"{NASIONAL} OR {milik(kanwil, 'kanwil')} OR {milik(upt, 'upt')}"


def larik(isi: Iterable[int]) -> str:
    """A PostgreSQL array literal of ids."""
    return "{" + ",".join(map(str, sorted(isi))) + "}"


def atur(nilai: tuple[str, ...]) -> None:
    """Set (lingkup, kanwil, upt, pengguna) until the end of the current transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("Scope is set inside a transaction only; elsewhere it would vanish or leak.")
    pasangan = ", ".join("set_config(%s, %s, true)" for _ in _NAMA)
    with connection.cursor() as kursor:
        kursor.execute(f"SELECT {pasangan}", [x for dua in zip(_NAMA, nilai, strict=True) for x in dua])


def _baca() -> tuple[str, ...]:
    kolom = ", ".join("COALESCE(current_setting(%s, true), '')" for _ in _NAMA)
    with connection.cursor() as kursor:
        kursor.execute(f"SELECT {kolom}", list(_NAMA))
        return tuple(kursor.fetchone())


@contextmanager
def terpasang(nilai: tuple[str, ...]) -> Iterator[None]:
    """A transaction with these settings. Nested in another one, the outer settings return afterwards."""
    bersarang = connection.in_atomic_block
    with transaction.atomic():
        sebelumnya = _baca() if bersarang else None
        atur(nilai)
        yield
        if sebelumnya is not None and not connection.needs_rollback:  # a rolled back savepoint restores by itself
            atur(sebelumnya)


@contextmanager
def potret(*, baca_saja: bool = False) -> Iterator[None]:
    """A transaction in which every read sees one moment, for exports that add up.

    PostgreSQL takes this only before the first query; nested in another transaction it is that one's view.
    """
    bersarang = connection.in_atomic_block
    with transaction.atomic():
        if not bersarang:
            akhiran = ", READ ONLY" if baca_saja else ""
            with connection.cursor() as kursor:
                kursor.execute(f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ{akhiran}")
        yield


def sistem() -> AbstractContextManager[None]:
    """A transaction with the scope of background work; never around a person's request."""
    return terpasang(("sistem", "{}", "{}", "{}"))


@dataclass(frozen=True)
class Kebijakan:
    """One table's policy: which rows are visible, what the application's roles may do to the table at
    all, and which rows they may write (`tulis`; where it is empty, those that they see). `tambah`, `ubah` and `hapus`
    narrow that further for one act alone."""

    model: type[models.Model]
    lihat: str
    boleh: tuple[str, ...]
    tulis: str = ""
    tambah: str = ""
    ubah: str = ""
    hapus: str = ""

    @property
    def tabel(self) -> str:
        return self.model._meta.db_table


_daftar: dict[str, Kebijakan] = {}
_hak: dict[str, tuple[str, ...]] = {}

SEMUA = ("SELECT", "INSERT", "UPDATE", "DELETE")
HANYA_TAMBAH = ("SELECT", "INSERT")
TAMBAH_IKUT = (*HANYA_TAMBAH, "UPDATE (kanwil_id)")
"""Rows that are added and never rewritten, but follow their unit to another Kanwil."""
HANYA_LIHAT = ("SELECT",)


def lindungi(
    model: type[models.Model],
    lihat: str,
    boleh: tuple[str, ...] = SEMUA,
    *,
    tulis: str = "",
    tambah: str = "",
    ubah: str = "",
    hapus: str = "",
) -> None:
    """Declare the policy of `model`; called once, beside the model."""
    kebijakan = Kebijakan(model, lihat, boleh, tulis, tambah, ubah, hapus)
    _daftar[kebijakan.tabel] = kebijakan


def batasi(model: type[models.Model], boleh: tuple[str, ...]) -> None:
    """Declare what the roles may do at all to a table of nobody's rows (`UPDATE (column)` for one column alone)."""
    _hak[model._meta.db_table] = boleh


def semua() -> tuple[Kebijakan, ...]:
    return tuple(_daftar.values())


def siapkan_peran() -> None:
    """Create the roles of web and worker when missing, and give them the configured password (idempotent)."""
    for peran in PERAN:
        with connection.cursor() as kursor:
            kursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [peran])
            ada = kursor.fetchone() is not None
        if not ada:
            _atur_peran(f"CREATE ROLE {peran} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD %s")
        elif settings.SANDI_PERAN_DB:
            _atur_peran(f"ALTER ROLE {peran} LOGIN PASSWORD %s")


def _atur_peran(perintah: str) -> None:
    """Roles belong to the whole server: somebody preparing another database at the same time has done the same."""
    try:
        with transaction.atomic(), connection.cursor() as kursor:
            kursor.execute(perintah, [settings.SANDI_PERAN_DB or None])
    except DatabaseError as galat:
        if getattr(galat.__cause__, "pgcode", "") not in _SEDANG_DIBUAT:
            raise


def setelah_migrasi(**_: Any) -> None:
    siapkan_peran()
    terapkan()


def terapkan() -> None:
    """Grant, enable, force and (re)create every declared policy. Runs as the owner."""
    with connection.cursor() as kursor:
        kursor.execute("SELECT pg_advisory_lock(726403)")  # roles are shared by parallel test databases
        try:
            _beri_hak_umum(kursor)
            for kebijakan in semua():
                for perintah in _perintah(kebijakan):
                    kursor.execute(perintah)
            for tabel, boleh in _hak.items():
                for perintah in _perintah_hak(f'"{tabel}"', boleh):
                    kursor.execute(perintah)
        finally:
            kursor.execute("SELECT pg_advisory_unlock(726403)")


def _beri_hak_umum(kursor: Any) -> None:
    tujuan = ", ".join(PERAN)
    kursor.execute(f"GRANT USAGE ON SCHEMA public TO {tujuan}")
    kursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {tujuan}")
    kursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {tujuan}")
    kursor.execute(f"REVOKE ALL ON django_migrations FROM {tujuan}")


def _perintah_hak(tabel: str, boleh: tuple[str, ...]) -> list[str]:
    tujuan = ", ".join(PERAN)
    return [f"REVOKE ALL ON {tabel} FROM {tujuan}", f"GRANT {', '.join(boleh)} ON {tabel} TO {tujuan}"]


def _perintah(kebijakan: Kebijakan) -> list[str]:
    tabel, tujuan = f'"{kebijakan.tabel}"', ", ".join(PERAN)
    lihat, tulis = kebijakan.lihat, kebijakan.tulis or kebijakan.lihat
    return [
        f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {tabel} FORCE ROW LEVEL SECURITY",
        *_perintah_hak(tabel, kebijakan.boleh),
        f"DROP POLICY IF EXISTS cakupan ON {tabel}",
        f"CREATE POLICY cakupan ON {tabel} TO {tujuan} USING ({lihat}) WITH CHECK ({tulis})",
        # What is checked is the row as it is to be: the row as it was must be theirs too, or it could be taken over.
        *_perintah_tulis(kebijakan, tabel, tujuan),
        *_perintah_perbuatan(kebijakan, tabel, tujuan),
        f"DROP POLICY IF EXISTS pemilik ON {tabel}",
        f"CREATE POLICY pemilik ON {tabel} TO CURRENT_USER USING (true) WITH CHECK (true)",
    ]


def _perintah_tulis(kebijakan: Kebijakan, tabel: str, tujuan: str) -> list[str]:
    hasil = []
    for nama, perbuatan in (("cakupan_ubah", "UPDATE"), ("cakupan_hapus", "DELETE")):
        hasil.append(f"DROP POLICY IF EXISTS {nama} ON {tabel}")
        if kebijakan.tulis:
            batas = f"AS RESTRICTIVE FOR {perbuatan} TO {tujuan} USING ({kebijakan.tulis})"
            hasil.append(f"CREATE POLICY {nama} ON {tabel} {batas}")
    return hasil


def _perintah_perbuatan(kebijakan: Kebijakan, tabel: str, tujuan: str) -> list[str]:
    """What one act alone is narrowed to. An UPDATE is narrowed as the row was; as it is to be, the others see to."""
    hasil = []
    for nama, perbuatan, syarat in (
        ("hanya_tambah", "INSERT", kebijakan.tambah and f"WITH CHECK ({kebijakan.tambah})"),
        ("hanya_ubah", "UPDATE", kebijakan.ubah and f"USING ({kebijakan.ubah})"),
        ("hanya_hapus", "DELETE", kebijakan.hapus and f"USING ({kebijakan.hapus})"),
    ):
        hasil.append(f"DROP POLICY IF EXISTS {nama} ON {tabel}")
        if syarat:
            hasil.append(f"CREATE POLICY {nama} ON {tabel} AS RESTRICTIVE FOR {perbuatan} TO {tujuan} {syarat}")
    return hasil
