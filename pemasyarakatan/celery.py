"""Celery carries hints: ids only, JSON only. Every task may run 0, 1 or n times; the database decides."""

from __future__ import annotations

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pemasyarakatan.settings")

from django.conf import settings

app = Celery("pemasyarakatan", broker=settings.REDIS_URL)

_TRANSPORT = {
    "visibility_timeout": 300,
    "socket_timeout": 5,
    "socket_connect_timeout": 0.2,
    "unacked_restore_throttle": 1,
}

app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=120,
    task_soft_time_limit=90,
    task_publish_retry=False,
    task_default_queue="cepat",
    task_routes={
        "dasbor.susun_laporan_kinerja": {"queue": "berat"},
        "dasbor.periksa_invarian": {"queue": "berat"},
        "pelaporan.gladi_formulir": {"queue": "berat"},
        "pelaporan.baca_buku": {"queue": "berat"},
        "pelaporan.impor_register": {"queue": "berat"},
        "wbp.impor_sdp": {"queue": "berat"},
        "remisi.gladi_aturan": {"queue": "berat"},
        "remisi.hitung_calon": {"queue": "berat"},
        "remisi.hitung_malam": {"queue": "berat"},
    },
    task_create_missing_queues=True,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=200,
    worker_hijack_root_logger=False,
    worker_soft_shutdown_timeout=20,
    worker_enable_soft_shutdown_on_idle=True,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options=_TRANSPORT,
    beat_schedule={
        "sapu": {"task": "dasbor.sapu", "schedule": 15.0},
        "periksa-invarian": {"task": "dasbor.periksa_invarian", "schedule": crontab(hour=2, minute=15)},
        "pulihkan-terbuka": {"task": "pelaporan.pulihkan_terbuka", "schedule": 300.0},
        "pengingat": {"task": "pelaporan.pengingat", "schedule": crontab(minute=1)},
        "pengingat-legalitas": {"task": "umkm.pengingat", "schedule": crontab(minute=6)},
        "susun-katalog": {"task": "umkm.katalog", "schedule": crontab(hour=0, minute=20)},
        "kirim-surat": {"task": "pelaporan.kirim_surat", "schedule": 60.0},
        "bersihkan-impor-sdp": {"task": "wbp.bersihkan_impor", "schedule": crontab(minute=25)},
        "musnahkan-warga": {"task": "wbp.musnahkan", "schedule": crontab(hour=1, minute=40)},
        "buka-kesempatan": {"task": "remisi.buka_kesempatan", "schedule": crontab(hour=0, minute=25)},
        "hitung-calon": {"task": "remisi.hitung_malam", "schedule": crontab(hour=1, minute=10)},
        "ingatkan-tahanan": {"task": "remisi.tahanan", "schedule": crontab(minute=11)},
        "ramalkan-keluar": {"task": "remisi.ramalan", "schedule": crontab(hour=1, minute=40)},
        "buka-periode": {"task": "pelaporan.buka_periode", "schedule": 3600.0},
    },
    timezone="Asia/Jakarta",
)
app.autodiscover_tasks()
