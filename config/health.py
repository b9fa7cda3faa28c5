"""Is the process up, and can it work? For proxies and orchestrators, not for people."""

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 while bookings can be kept. Without Redis they can: that is degraded, not down."""
    database, redis = database_answers(), redis_answers()
    state = "down" if not database else "ready" if redis else "degraded"
    parts = {"database": "up" if database else "down", "redis": "up" if redis else "down"}
    return JsonResponse({"state": state, **parts}, status=200 if database else 503)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def redis_answers() -> bool:
    cache = caches["default"]
    assert isinstance(cache, RedisCache)
    try:
        return bool(cache._cache.get_client(write=True).ping())
    except (RedisError, OSError):
        return False
