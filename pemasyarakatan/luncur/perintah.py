"""The commands of the launcher and their help."""

import sys
from collections.abc import Callable, Sequence

from pemasyarakatan.luncur import jalankan, kosongkan, periksa, pustaka, uji
from pemasyarakatan.luncur.henti import Berhenti
from pemasyarakatan.luncur.layar import Gagal, kabar
from pemasyarakatan.luncur.tempat import Tempat, tempat_checkout

BANTUAN = """\
make run      menyalakan portal latihan dengan data contoh (PORT=9000 make run memilih porta)
make test     menjalankan semua pengujian (ARGS="tests/upt -k cakupan" memilih sebagian)
make check    memeriksa kode, arah impor, migrasi, setelan produksi, dan templat; tidak mengubah apa pun
make fix      merapikan kode sejauh bisa otomatis
make bench    menjalankan tolok ukur (ARGS memilih sebagian)
make manage   menjalankan manage.py: make manage ARGS="telusur F06.wbp --wilayah riau --bulan 2026-01"
make reset    menghapus semua data lokal di .local/ setelah bertanya
make kunci    menyusun ulang daftar pustaka terkunci dari requirements*.in
make help     menampilkan daftar ini"""


def _kunci(tempat: Tempat, _argumen: Sequence[str]) -> int:
    pustaka.perbarui_kunci(tempat)
    return 0


def _bantuan(_tempat: Tempat, _argumen: Sequence[str]) -> int:
    kabar(BANTUAN)
    return 0


PERINTAH: dict[str, Callable[[Tempat, Sequence[str]], int]] = {
    "run": lambda tempat, _: jalankan.run(tempat),
    "test": uji.test,
    "check": lambda tempat, _: periksa.check(tempat),
    "fix": lambda tempat, _: periksa.fix(tempat),
    "bench": uji.bench,
    "manage": jalankan.perintah_manage,
    "reset": lambda tempat, argumen: kosongkan.reset(tempat, setuju="--ya" in argumen),
    "kunci": _kunci,
    "help": _bantuan,
}


def utama(argumen: Sequence[str]) -> int:
    """Run one command; returns its exit code: 1 after a plain failure, 130 or 143 after a stop signal."""
    nama, sisa = (argumen[0], argumen[1:]) if argumen else ("help", [])
    if nama not in PERINTAH:
        kabar(f"Perintah `{nama}` tidak dikenal.\n{BANTUAN}")
        return 2
    try:
        return PERINTAH[nama](tempat_checkout(), sisa)
    except Gagal as galat:
        print(f"\n✗ {galat}", file=sys.stderr, flush=True)
        return 1
    except Berhenti as berhenti:
        return 128 + berhenti.sinyal
    except KeyboardInterrupt:
        return 130
