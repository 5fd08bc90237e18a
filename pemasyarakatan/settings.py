"""Settings of the portal. Every value that differs between machines comes from the environment.

`.env.example` explains each name. A half-configured portal refuses to start and says what is missing.
"""

from __future__ import annotations

from pathlib import Path

from pemasyarakatan.inti import lingkungan as env

AKAR = Path(__file__).resolve().parent.parent

SECRET_KEY = env.wajib("SECRET_KEY", "kunci rahasia acak, minimal 50 huruf")
KUNCI_INDEKS_WBP = env.kunci_berganti(
    "KUNCI_INDEKS_WBP", "kunci acak nomor register warga binaan, yang terbaru di depan", selain=SECRET_KEY
)
KUNCI_DATA_WBP = env.kunci_bernama("KUNCI_DATA_WBP", "kunci sandi data warga binaan, misalnya 1:<32 byte base64>")
DEBUG = env.ya("DEBUG", bawaan=False)
ALLOWED_HOSTS = env.daftar("ALLOWED_HOSTS", "nama host portal, dipisah koma, misalnya portal.contoh.go.id")
CSRF_TRUSTED_ORIGINS = env.daftar_boleh_kosong("CSRF_TRUSTED_ORIGINS")
MODE_LATIHAN = env.ya("MODE_LATIHAN", bawaan=False)
MUAT_ULANG = env.ya("MUAT_ULANG", bawaan=False)
DI_BALIK_TLS = env.ya("DI_BALIK_TLS", bawaan=not (MODE_LATIHAN or MUAT_ULANG or env.ya("TANPA_TLS", bawaan=False)))

PERAN_DB = env.pilihan("PERAN_DB", ("pemilik", "web", "kerja"), bawaan="web")
SANDI_PERAN_DB = env.boleh("SANDI_PERAN_DB")
DATABASES = {"default": env.basis_data(PERAN_DB)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "pemasyarakatan.akun.pasang_kelola.KonfigurasiKelola",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pemasyarakatan.inti",
    "pemasyarakatan.akun",
    "pemasyarakatan.jejak",
    "pemasyarakatan.pekerjaan",
    "upt",
    "pelaporan",
    "dasbor",
    "wbp",
    "pangan",
    "umkm",
    "remisi",
]

MIDDLEWARE = [
    "pemasyarakatan.inti.ramai.RamaiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pemasyarakatan.inti.middleware.LayananMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "upt.middleware.CakupanMiddleware",
]

ROOT_URLCONF = "pemasyarakatan.urls"
WSGI_APPLICATION = "pemasyarakatan.wsgi.application"

_PEMUAT = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [AKAR / "templates"],
        "OPTIONS": {
            "loaders": _PEMUAT if MUAT_ULANG else [("django.template.loaders.cached.Loader", _PEMUAT)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "upt.tampilan.tampilan",
                "pelaporan.tenggat.tampilan.kabar",
                *(["dasbor.contoh.tampilan.akun_contoh"] if MODE_LATIHAN else []),
            ],
        },
    }
]

# Identity -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "akun.Pengguna"
AUTHENTICATION_BACKENDS = ["pemasyarakatan.akun.masuk.PintuSandi"]
PASSWORD_HASHERS = ["pemasyarakatan.akun.sandi.Argon2Ringan"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "akun:masuk"
LOGIN_REDIRECT_URL = "beranda"
LOGOUT_REDIRECT_URL = "akun:masuk"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = DI_BALIK_TLS
CSRF_COOKIE_SECURE = DI_BALIK_TLS
CSRF_FAILURE_VIEW = "pemasyarakatan.akun.views.csrf_gagal"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Transport and browser ----------------------------------------------------------------------------
SECURE_SSL_REDIRECT = DI_BALIK_TLS
SECURE_HSTS_SECONDS = 31_536_000 if DI_BALIK_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = DI_BALIK_TLS
SECURE_HSTS_PRELOAD = DI_BALIK_TLS
PERCAYA_PROKSI = env.ya("PERCAYA_PROKSI", bawaan=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PERCAYA_PROKSI else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
HALAMAN_BERAT_SEKALIGUS = env.bilangan("HALAMAN_BERAT_SEKALIGUS", bawaan=3)
PEKERJAAN_JALAN_SEORANG = env.bilangan("PEKERJAAN_JALAN_SEORANG", bawaan=2)
PEKERJAAN_ANTRE_SEORANG = env.bilangan("PEKERJAAN_ANTRE_SEORANG", bawaan=5)
"""Background jobs that one person may have running and waiting; one more is refused with 429."""
BUKU_SEKALIGUS = env.bilangan("BUKU_SEKALIGUS", bawaan=2)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
UNGGAHAN_MAKS = 26 * 1024 * 1024
"""Everything in one upload; each page has a smaller limit of its own."""
FILE_UPLOAD_HANDLERS = [
    "pemasyarakatan.inti.unggah.BatasUnggahan",
    "pemasyarakatan.inti.unggah.UnggahanMemori",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
PEMINDAI_BERKAS = env.boleh("PEMINDAI_BERKAS")
FILE_UPLOAD_PERMISSIONS = 0o600

# Language and time --------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
USE_THOUSAND_SEPARATOR = False

# Static files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.boleh("STATIC_ROOT") or AKAR / ".local" / "static")
STATICFILES_DIRS = [AKAR / "static"]
WHITENOISE_USE_FINDERS = MUAT_ULANG or env.ya("TANPA_TLS", bawaan=False)
WHITENOISE_AUTOREFRESH = MUAT_ULANG
WHITENOISE_MAX_AGE = 0 if MUAT_ULANG else 31_536_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Redis holds hints and throwaway copies only: losing all of it delays, and loses nothing. ------------
REDIS_URL = env.wajib("REDIS_URL", "alamat Redis, misalnya redis://:sandi@127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.5},
    }
}

# E-mail: letters wait in PostgreSQL; without SUREL_URL they stay there. ------------------------------
SUREL_URL = env.boleh("SUREL_URL")
SUREL_AKTIF = bool(SUREL_URL)
globals().update(env.surel(SUREL_URL))
ALAMAT_DIATUR = env.boleh("ALAMAT_PORTAL").rstrip("/")
ALAMAT_PORTAL = ALAMAT_DIATUR or f"{'https' if DI_BALIK_TLS else 'http'}://{ALLOWED_HOSTS[0]}"
SUREL_DOMAIN = ALAMAT_PORTAL.split("://", 1)[-1].split(":")[0]
DEFAULT_FROM_EMAIL = env.boleh("SUREL_DARI") or f"Portal Laporan Pemasyarakatan <portal@{SUREL_DOMAIN}>"

# API ----------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["pemasyarakatan.akun.api.TokenPengguna"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["pemasyarakatan.inti.api.JSONAngka"],
    "DEFAULT_PARSER_CLASSES": ["pemasyarakatan.inti.api.JSONKetat"],
    "DEFAULT_PAGINATION_CLASS": "pemasyarakatan.inti.api.Halaman",
    "DEFAULT_FILTER_BACKENDS": ["pemasyarakatan.inti.api.SaringKetat"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "pemasyarakatan.inti.api.tangani_galat",
    "DEFAULT_VERSIONING_CLASS": None,
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "API Portal Laporan Pemasyarakatan",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "StatusPekerjaan": "pemasyarakatan.pekerjaan.models.Pekerjaan.Status",
        "StatusLaporan": "pelaporan.alur.PILIHAN_STATUS",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SERVE_AUTHENTICATION": ["pemasyarakatan.akun.api.SesiPengguna", "pemasyarakatan.akun.api.TokenPengguna"],
}

# The user name is unique regardless of case: a constraint over lower(nama_pengguna).
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"baris": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"konsol": {"class": "logging.StreamHandler", "formatter": "baris"}},
    "root": {"handlers": ["konsol"], "level": env.boleh("TINGKAT_LOG") or "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}
