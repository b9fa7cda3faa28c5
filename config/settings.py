"""Every setting of Oakmont, read from the environment.

With nothing set the site runs on one developer's machine: it answers on localhost only, so a server that
was forgotten half-configured serves nobody. README.md lists every variable; tests keep the two in step.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from config.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Where the site stands -------------------------------------------------------------------------------

DEBUG: bool = env.bool("DEBUG", default=False)
# Known to everybody, so config.checks refuses it for any site that is not on localhost.
DEVELOPMENT_SECRET_KEY = "development-only-" + "oakmont" * 8
SECRET_KEY: str = env.str("SECRET_KEY", default=DEVELOPMENT_SECRET_KEY)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])

SITE_URL: str = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
SITE_HOST: str = urlsplit(SITE_URL).hostname or "localhost"
SITE_IS_HTTPS = SITE_URL.startswith("https://")
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[*LOCAL_HOSTS, SITE_HOST])

# `make run` switches this on: mail is caught and shown, Stripe has a stand-in. Never in production.
DEMO: bool = env.bool("DEMO", default=False)
DEMO_FOLDER: str = env.str("DEMO_FOLDER", default=str(BASE_DIR / "var"))

# --- Parts -----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "config",
    "booking",
    "catalogue",
    "accounts",
    *(["config.demo"] if DEMO else []),
]

MIDDLEWARE = [
    "config.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.clinic",
            ],
            # Tags of the booking door that catalogue pages use, so that the catalogue need not import it.
            "libraries": {"free_times": "booking.web.free_times", "alerts": "booking.web.alert_bar"},
        },
    }
]
# Our own field template and classes; widgets come from templates/, like every page.
FORM_RENDERER = "config.forms.Renderer"

# --- PostgreSQL ------------------------------------------------------------------------------------------

DATABASE_POOL_SIZE: int = env.int("DATABASE_POOL_SIZE", default=8)
_database = env.db_url("DATABASE_URL", default="postgres:///oakmont")
_database_options = _database.pop("OPTIONS", {})
DATABASES = {
    "default": {
        **_database,
        # A folder with a Unix socket is given the way libpq writes it: postgres://user@/name?host=/folder
        "HOST": _database_options.pop("host", _database["HOST"]),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Just-in-time compilation turns our 5 ms questions into 40 ms and more, and starting parallel
            # workers for two thousand rows of a large table turns 7 ms into 18.
            "options": "-c jit=off -c max_parallel_workers_per_gather=0",
            **_database_options,
            # A pool within each process; 0 opens one connection per thread instead (tests, PgBouncer).
            **(
                {"pool": {"min_size": 1, "max_size": DATABASE_POOL_SIZE, "timeout": 5}}
                if DATABASE_POOL_SIZE
                else {}
            ),
        },
    }
}

# --- Redis: cache and Celery's broker, never the only place where something is kept ----------------------

REDIS_URL: str = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "config.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "oakmont",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},
    }
}

# Celery writes the address of a Unix socket in its own way.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page that rings the doorbell must not wait for a Redis that has gone: beat finds the work anyway.
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# --- People and signing in -------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.first_page.Adapter"  # staff begin at their own page
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Beside allauth's own limits, enough for a family or a café at one address; birthdays tried for one paper.
ACCOUNT_RATE_LIMITS = {
    "place_hold": "60/10m/ip",
    "answer_screening": "60/10m/ip",
    "search": "60/m/ip",
    "after_check": "30/10m/ip",
    "consent_copy": "5/10m/key",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_IS_HTTPS else "http"

# --- Security --------------------------------------------------------------------------------------------

TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = SITE_IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if SITE_IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SITE_IS_HTTPS
SECURE_HSTS_PRELOAD = SITE_IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = SITE_IS_HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_SECURE = SITE_IS_HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL]
X_FRAME_OPTIONS = "DENY"

# --- Payment ---------------------------------------------------------------------------------------------

STRIPE_SECRET_KEY: str = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRET: str = env.str("STRIPE_WEBHOOK_SECRET", default="")
# Empty means Stripe itself. config.checks refuses another base while the key is live.
STRIPE_API_BASE: str = env.str("STRIPE_API_BASE", default="").rstrip("/")
STRIPE_PAY_PAGE: str = STRIPE_API_BASE or "https://checkout.stripe.com"

# How long a time is kept: while details are typed, and while Stripe's page is open (Stripe's own least
# is 30 minutes, so the page closes at 31 and the time is kept until 41).
HOLD_MINUTES: int = env.int("HOLD_MINUTES", default=10)
CHECKOUT_MINUTES: int = env.int("CHECKOUT_MINUTES", default=31)
PAYING_HOLD_MINUTES: int = env.int("PAYING_HOLD_MINUTES", default=41)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        # The details form answers with a redirect to the page where the card is typed.
        "form-action": [SELF, STRIPE_PAY_PAGE],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "upgrade-insecure-requests": SITE_IS_HTTPS,
    }
}

# --- The clinic ------------------------------------------------------------------------------------------

CLINIC_NAME: str = env.str("CLINIC_NAME", default="Oakmont Physio")
CLINIC_TIME_ZONE: str = env.str("CLINIC_TIME_ZONE", default="Europe/London")
CLINIC_COUNTRY: str = env.str("CLINIC_COUNTRY", default="GB")
CLINIC_CURRENCY: str = env.str("CLINIC_CURRENCY", default="GBP")
CLINIC_PHONE: str = env.str("CLINIC_PHONE", default="+44 117 496 0120")
CLINIC_EMAIL: str = env.str("CLINIC_EMAIL", default="hello@oakmont.example")
# How many days the answers to screening questions hold, before “has anything changed?” is asked.
SCREENING_VALID_DAYS: int = env.int("SCREENING_VALID_DAYS", default=90)
EMERGENCY_NUMBER: str = env.str("EMERGENCY_NUMBER", default="999")
EMERGENCY_PLACE: str = env.str("EMERGENCY_PLACE", default="A&E")
URGENT_ADVICE_NUMBER: str = env.str("URGENT_ADVICE_NUMBER", default="111")

LANGUAGE_CODE: str = env.str("LANGUAGE_CODE", default="en-gb")
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
# Stored and computed in UTC; what people read is in CLINIC_TIME_ZONE, through one function.
TIME_ZONE = "UTC"
USE_TZ = True

# --- Messages --------------------------------------------------------------------------------------------

EMAIL_URL = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL_URL["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_URL["EMAIL_HOST"] or "localhost"
EMAIL_PORT = EMAIL_URL["EMAIL_PORT"] or 25
EMAIL_HOST_USER = EMAIL_URL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = EMAIL_URL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = EMAIL_URL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_URL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default=f"{CLINIC_NAME} <{CLINIC_EMAIL}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# How long reception may undo a move before the patient is told.
MOVE_GRACE_MINUTES = env.int("MOVE_GRACE_MINUTES", default=3)
# Hours before the visit at which a reminder is due.
REMINDER_OFFSETS_HOURS: list[int] = env.list("REMINDER_OFFSETS_HOURS", cast=int, default=[72, 26])
# When somebody who had needles is asked how they are: the day after, at this hour of the clinic's clock.
AFTER_CHECK_HOUR: int = env.int("AFTER_CHECK_HOUR", default=10)
# How long a worker has a message to itself; a message whose worker died goes out again after that.
MESSAGE_LEASE_SECONDS = env.int("MESSAGE_LEASE_SECONDS", default=120)

# --- Static files: built by npm into static/dist/, collected and named after their content ---------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [("dist", BASE_DIR / "static" / "dist")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- The REST door ---------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": ["booking.api.throttles.RateThrottle"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "booking.api.problems.exception_handler",
    "NUM_PROXIES": TRUSTED_PROXIES,
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# Requests by one caller, like 120/min; empty means without limit.
API_RATES: dict[str, str] = {
    "read": env.str("API_RATE_READ", default="600/min"),
    "hold": env.str("API_RATE_HOLD", default="120/min"),
    "write": env.str("API_RATE_WRITE", default="120/min"),
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{CLINIC_NAME} booking",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": r"/api/v[0-9]",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "booking.api.schema.describe_problems",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# --- Logs ------------------------------------------------------------------------------------------------

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_config(
    level=env.str("LOG_LEVEL", default="INFO"), as_json=env.bool("LOG_JSON", default=not DEBUG)
)
