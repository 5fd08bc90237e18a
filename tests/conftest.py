"""Real PostgreSQL for every test. Tests run as the web role (it owns nothing); only set-up runs as the owner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from pemasyarakatan.inti.lingkungan import basis_data
from tests import dunia as pembuat

AKUN = {peran: basis_data(peran) for peran in ("pemilik", "web", "kerja")}


@contextmanager
def sebagai(peran: str) -> Iterator[None]:
    """Connect as another database role for a while (outside transactions only)."""
    sebelum = (
        connection.settings_dict["USER"],
        connection.settings_dict["PASSWORD"],
        connection.settings_dict["OPTIONS"],
    )
    pakai(peran)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(zip(("USER", "PASSWORD", "OPTIONS"), sebelum, strict=True))


def pakai(peran: str) -> None:
    connection.close()
    connection.settings_dict.update({k: AKUN[peran][k] for k in ("USER", "PASSWORD", "OPTIONS")})


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Created and migrated by the owner, filled with the standing cast, then handed to the web role."""
    with django_db_blocker.unblock():
        pakai("pemilik")
        basis = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        pembuat.bangun()
        pakai("web")
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        pakai("pemilik")
        teardown_databases(basis, verbosity=0)


@pytest.fixture
def dunia(db: None) -> pembuat.Dunia:
    """The standing cast: two Kanwil x two UPT, every role, and a stranger. Changes roll back."""
    return pembuat.baca()


@pytest.fixture
def dunia_nyata(django_db_setup: None, django_db_blocker: Any) -> Iterator[pembuat.Dunia]:
    """The same cast with real commits (threads, processes, browsers); emptied and rebuilt afterwards."""
    with django_db_blocker.unblock():
        yield pembuat.baca()
        connections.close_all()
        with sebagai("pemilik"):
            pembuat.kosongkan()
            pembuat.bangun()


@pytest.fixture
def masuk(client: Client) -> Any:
    """Log a person in without paying for the password hash: `masuk(dunia.operator_ambon)` returns a client."""

    def _masuk(pengguna: Any) -> Client:
        klien = Client()
        klien.force_login(pengguna)
        return klien

    return _masuk


@pytest.fixture(autouse=True)
def _tanpa_tls() -> None:
    assert not settings.SECURE_SSL_REDIRECT
