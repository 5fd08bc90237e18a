"""Password hashing: Argon2id at the OWASP minimum, so that a morning's logins fit on two cores."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher

PANJANG_MAKS = 1024  # characters; longer input is refused before hashing


class Argon2Ringan(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
