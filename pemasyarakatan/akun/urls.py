from django.urls import path

from pemasyarakatan.akun import views, views_undangan

app_name = "akun"
urlpatterns = [
    path("masuk/", views.masuk, name="masuk"),
    path("keluar/", views.keluar, name="keluar"),
    path("akun/", views.akun_saya, name="saya"),
    path("akun/sandi/", views.ganti_sandi, name="ganti_sandi"),
    path("akun/token/", views.token_baru, name="token_baru"),
    path("akun/token/<int:token_id>/cabut/", views.token_cabut, name="token_cabut"),
    path("akun/atur-sandi/<str:kode>/<str:token>/", views_undangan.atur_sandi, name="atur_sandi"),
]
