"""A real browser against a real server process of the web role, on the test's own database."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from pemasyarakatan.luncur import porta as porta_luncur
from tests.dunia import SANDI, Dunia
from tests.proses import AKAR, akhiri, env_proses, tunggu

MEJA, PONSEL = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
_RAPI = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def peramban() -> Iterator[Browser]:
    jalur = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert jalur, "Chromium tidak ada. Pasang paket chromium, atau jalankan `make test`."
    with sync_playwright() as p:
        browser = p.chromium.launch(
            executable_path=jalur,
            args=["--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def alamat(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a gunicorn of the web role."""
    porta, log = porta_luncur.sembarang(), tmp_path_factory.mktemp("web") / "web.log"
    with django_db_blocker.unblock():
        env = env_proses("web")
    with log.open("wb") as keluaran:
        gunicorn = [sys.executable, "-m", "gunicorn", "pemasyarakatan.wsgi", "--no-control-socket", "--threads", "6"]
        proses = subprocess.Popen(
            [*gunicorn, "-b", f"127.0.0.1:{porta}"],
            cwd=AKAR, env=env, stdout=keluaran, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    dasar = f"http://127.0.0.1:{porta}"
    try:
        tunggu(lambda: _sehat(dasar), 30, lambda: log.read_text(errors="replace")[-3000:])
        yield dasar
    finally:
        akhiri(proses)


def _sehat(dasar: str) -> bool:
    try:
        with urllib.request.urlopen(f"{dasar}/sehat/", timeout=2) as jawaban:
            return bool(jawaban.status == 200)
    except OSError:
        return False


class Orang:
    """A person at a browser: their own context, logged in through the login page."""

    def __init__(self, konteks: BrowserContext, alamat: str, js: bool = True) -> None:
        self.konteks, self.alamat, self.js = konteks, alamat, js
        self.halaman: Page = konteks.new_page()
        self.galat: list[str] = []
        self.halaman.on("pageerror", lambda g: self.galat.append(str(g)))
        self.halaman.on("console", lambda p: self.galat.append(p.text) if p.type == "error" else None)
        self.halaman.on("request", self._catat_luar)

    def _catat_luar(self, permintaan: Any) -> None:
        if not permintaan.url.startswith((self.alamat, "data:", "blob:", "about:")):
            self.galat.append(f"permintaan ke luar: {permintaan.url}")

    def buka(self, jalur: str) -> Page:
        self.halaman.goto(self.alamat + jalur)
        return self.halaman

    def klik(self, sasaran: Locator) -> Page:
        """Press something that leads to another page, and wait until that page is there."""
        with self.halaman.expect_navigation():
            sasaran.click()
        return self.halaman

    def setempat(self, sasaran: Locator) -> None:
        """Press something that acts in place with a script, and by loading the page again without."""
        if self.js:
            sasaran.click()
        else:
            self.klik(sasaran)

    def masuk(self, nama: str) -> Page:
        self.buka("/masuk/")
        self.halaman.fill("[name=nama]", nama)
        self.halaman.fill("[name=sandi]", SANDI)
        return self.klik(self.halaman.locator("main button[type=submit]"))

    def periksa_rapi(self) -> None:
        """axe finds nothing, no sideways scrolling, no script error, no request to another host. Without scripts axe
        cannot run (it would wait for ever): the markup is the same and judged with them."""
        if self.js:
            self._axe()
        lebar = self.halaman.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert lebar[0] <= lebar[1], f"{self.halaman.url}: gulir ke samping {lebar}"
        assert not self.galat, (self.halaman.url, self.galat)

    def _axe(self) -> None:
        hasil = Axe().run(self.halaman, options={"runOnly": {"type": "tag", "values": _RAPI}})
        langgar = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in hasil.response["violations"]]
        assert not langgar, f"{self.halaman.url}: {langgar}"


@pytest.fixture
def orang(peramban: Browser, alamat: str, dunia_nyata: Dunia) -> Iterator[Callable[..., Orang]]:
    """`orang("kepala_ambon", PONSEL, js=False)` logs somebody in; without a name: nobody yet."""
    konteks: list[BrowserContext] = []

    def buat(nama: str = "", ukuran: dict[str, int] = MEJA, *, js: bool = True) -> Orang:
        baru = peramban.new_context(
            viewport=ukuran, java_script_enabled=js, locale="id-ID", timezone_id="Asia/Jayapura", accept_downloads=True
        )
        baru.set_default_timeout(8000)
        konteks.append(baru)
        satu = Orang(baru, alamat, js)
        if nama:
            satu.masuk(nama)
        return satu

    yield buat
    for satu in konteks:
        satu.close()


def bersih(teks: str) -> str:
    return re.sub(r"\s+", " ", teks).strip()


__all__ = ["MEJA", "PONSEL", "Orang", "bersih"]
