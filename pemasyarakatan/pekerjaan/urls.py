from __future__ import annotations

app_name = "pekerjaan"
urlpatterns: list = []
