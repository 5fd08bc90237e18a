from django.http import HttpRequest, HttpResponse


def jejak(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
