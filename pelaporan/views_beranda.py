from django.http import HttpRequest, HttpResponse


def beranda(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
