from __future__ import annotations

app_name = "pelaporan"
urlpatterns: list = []
