"""Configuration. Everything comes from the environment; with an empty one the site runs on SQLite.

    MEMORIAL_MODE          development (default) | production
    SECRET_KEY             signs sessions and links; required in production
    ALLOWED_HOSTS          comma-separated names of the site; required in production
    DATABASE_URL           postgres://user:password@host:5432/name or sqlite:////path; required in production
    CONN_MAX_AGE           seconds a database connection is kept (60)
    CACHE_URL              shared by all processes, it counts sign-in attempts: dbcache://memorial_cache, or
                           rediscache://host:6379/0 after pip install redis
    API_RATE               requests to the API, for each visitor and for each user (300/min,1200/min)
    EXPORT_RATE            exports through the API, for each of them (20/hour)
    EMAIL_URL              smtp+tls://user:password@host:587; without it production lets nobody reset a password
    DEFAULT_FROM_EMAIL     sender of the site's letters
    REQUIRE_SECOND_FACTOR  1: who keeps records has no rights before a second factor is set up (0)
    CSRF_TRUSTED_ORIGINS   https://name, comma-separated, where a proxy rewrites the host
    TRUST_PROXY_HEADERS    1 behind one proxy that sets X-Forwarded-Proto itself and appends to X-Forwarded-For
    SECURE_SSL_REDIRECT    0 where the proxy redirects to https (1 in production)
    SECURE_HSTS_SECONDS    31536000 in production
    SECURE_HSTS_INCLUDE_SUBDOMAINS, SECURE_HSTS_PRELOAD    1 in production
    STATIC_ROOT            where collectstatic puts the files (static-root/)
    EVIDENCE_ROOT          where visitors' pictures lie until editors decide: outside all that is handed out
                           (var/evidence/)
    UPLOAD_ROOT            where files lie that archivists upload until they are imported, a day at most
                           (var/uploads/)
    LOG_LEVEL, LOG_FORMAT  INFO; text | json (json in production)
"""

from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from memorial import logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

HOW_TO_MAKE = {
    "SECRET_KEY": 'a long random text: python -c "import secrets; print(secrets.token_urlsafe(50))"',
    "ALLOWED_HOSTS": "the names of the site, comma-separated: ALLOWED_HOSTS=memorial.example.org",
    "DATABASE_URL": "where the records are: DATABASE_URL=postgres://user:password@host:5432/name",
}
ON, OFF = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
SWITCHES = (
    "REQUIRE_SECOND_FACTOR",
    "TRUST_PROXY_HEADERS",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
)
CHOICES = {
    "MEMORIAL_MODE": ("development", "production"),
    "LOG_FORMAT": ("text", "json"),
    "LOG_LEVEL": ("debug", "info", "warning", "error", "critical"),
    **dict.fromkeys(SWITCHES, ON + OFF),
}
NUMBERS = ("CONN_MAX_AGE", "SECURE_HSTS_SECONDS")
SCHEMES = {
    "DATABASE_URL": ("postgres", "postgresql", "sqlite"),
    "CACHE_URL": tuple(env.CACHE_SCHEMES),
    "EMAIL_URL": tuple(env.EMAIL_SCHEMES),
}


def given(name, default=""):
    """The variable, an empty one counting as absent."""
    return env.ENVIRON.get(name, "").strip() or default  # env.str would follow a key that begins with $


def listed(name):
    return [part.strip() for part in given(name).split(",") if part.strip()]


def switched_on(name, default=False):
    return given(name).lower() in ON if given(name) else default


def complaints():
    """Everything that is wrong with the environment, so that the operator can mend it at once."""
    if given("MEMORIAL_MODE").lower() == "production":
        for name, how in HOW_TO_MAKE.items():
            if not given(name):
                yield f"{name} is missing: {how}"
    for name, allowed in CHOICES.items():
        if given(name) and given(name).lower() not in allowed:
            yield f"{name}={given(name)} must be one of {', '.join(allowed)}"
    for name in NUMBERS:
        if given(name) and not given(name).isdecimal():
            yield f"{name}={given(name)} must be a whole number of seconds"
    for name, allowed in SCHEMES.items():
        if given(name) and given(name).partition("://")[0] not in allowed:
            yield f"{name} must begin with one of {', '.join(f'{scheme}://' for scheme in allowed)}"


if wrong := list(complaints()):
    raise ImproperlyConfigured("the environment must be set right:\n  " + "\n  ".join(wrong))

PRODUCTION = given("MEMORIAL_MODE").lower() == "production"
DEBUG = not PRODUCTION
SECRET_KEY = given("SECRET_KEY", "for development only: production does not start without its own")
ALLOWED_HOSTS = listed("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "victims",
    "sources",
    "memorial.admin_site.AdminConfig",  # django.contrib.admin, behind our own sign-in
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "memorial.web.SafetyHeaders",
    "memorial.web.BodyLimit",
    "django.middleware.security.SecurityMiddleware",
    *(["whitenoise.middleware.WhiteNoiseMiddleware"] if PRODUCTION else []),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "memorial.signing_in.SecondFactorFirst",
]
ROOT_URLCONF = "memorial.urls"
WSGI_APPLICATION = "memorial.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "memorial" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "memorial.web.this_page_in_other_languages",
            ],
        },
    },
]


# --- Records -------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # A transaction that writes takes the lock when it begins: it then waits its turn instead of failing.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    # Pages are read through the file's map, which all processes and threads share; each has but 16 MB of its own.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16384;"
        "PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY;"
    ),
}
# Rows lie on disks that need not turn, or in memory; and no look-up takes so long that compiling it pays.
POSTGRESQL_OPTIONS = {"options": "-c random_page_cost=1.1 -c jit=off"}


def database():
    config = {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "memorial.sqlite3"}
    if given("DATABASE_URL"):
        config = env.db_url_config(given("DATABASE_URL"))
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS | config.get("OPTIONS", {})
    else:
        config["OPTIONS"] = POSTGRESQL_OPTIONS | config.get("OPTIONS", {})
    return config | {"CONN_MAX_AGE": int(given("CONN_MAX_AGE", "60")), "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHE = env.cache_url_config(given("CACHE_URL", "dbcache://memorial_cache"))
if CACHE["BACKEND"].endswith("DatabaseCache"):
    # Beyond this many counters the cache forgets some: far above what tries at many names can make.
    CACHE["OPTIONS"] = {"MAX_ENTRIES": 100_000} | CACHE.get("OPTIONS", {})
CACHES = {
    # Counts sign-in attempts, so all processes must share it.
    "default": CACHE,
    # Counts requests to the API: each process for itself, so that a read writes nothing.
    "throttle": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "throttle"},
}


# --- Languages, time -----------------------------------------------------------------------------

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English"), ("uk", "Українська")]
LOCALE_PATHS = [BASE_DIR / "memorial" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "memorial.formats"
USE_TZ = True
TIME_ZONE = "UTC"


# --- Static files --------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = given("STATIC_ROOT", str(BASE_DIR / "static-root"))
STATICFILES_DIRS = [BASE_DIR / "memorial" / "static"]
STATIC_STORAGE = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if PRODUCTION
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
# What is packed already, and maps of sources that only their authors ask for: half of the time of collectstatic.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "gif", "webp", "gz", "br", "woff2", "map")

# Visitors' pictures: no address leads there, and only who decides on them is shown them.
UPLOAD_ROOT = given("UPLOAD_ROOT", str(BASE_DIR / "var" / "uploads"))
EVIDENCE_ROOT = given("EVIDENCE_ROOT", str(BASE_DIR / "var" / "evidence"))


# --- Letters and logs ----------------------------------------------------------------------------

EMAIL_URL = given("EMAIL_URL", "smtp://localhost:25" if PRODUCTION else "consolemail://")
globals().update(env.email_url_config(EMAIL_URL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = given("DEFAULT_FROM_EMAIL", "memorial@localhost")
LOGGING = logs.configuration(
    level=given("LOG_LEVEL", "info").upper(),
    form=given("LOG_FORMAT", "json" if PRODUCTION else "text").lower(),
)


# --- Accounts ------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "account_home", "victims:home"
REQUIRE_SECOND_FACTOR = switched_on("REQUIRE_SECOND_FACTOR")
# A letter is sent where there is somebody to carry it; on a developer's machine the terminal shows it.
PASSWORD_RESET = DEBUG or bool(given("EMAIL_URL"))
ACCOUNT_ADAPTER = "memorial.signing_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letters to strangers
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
# login_failed: when the tries at a name are spent, the right password is refused too.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, or after SESSION_COOKIE_AGE
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if switched_on("TRUST_PROXY_HEADERS") else 0
MFA_ADAPTER = "memorial.signing_in.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Memorial"
MFA_TOTP_TOLERANCE = 0  # a code is good for its half minute and once: allauth remembers used ones no longer
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is told by an administrator, and nobody signs up with another's
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_SAMESITE, CSRF_COOKIE_SAMESITE = True, "Lax", "Lax"


# --- API -----------------------------------------------------------------------------------------

API_RATES = listed("API_RATE") or ["300/min", "1200/min"]
EXPORT_RATE = given("EXPORT_RATE", "20/hour")
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_RATES": {"anon": API_RATES[0], "user": API_RATES[-1], "export": EXPORT_RATE},
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,  # else a caller would choose the address it is counted under
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,  # ?format= would be a parameter that nobody declared
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Memorial API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": (
        "Victims of Soviet state terror: people, what each source says of them, and the bodies, operations, "
        "places and sources behind it. Errors are RFC 9457 problem documents; lists come in pages by cursor; "
        "every answer has an ETag. A method that an address does not have is answered with 405."
    ),
    "LICENSE": {"name": "AGPL-3.0", "identifier": "AGPL-3.0-only"},
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": False,
    "ENUM_NAME_OVERRIDES": {
        name: f"{module}.{name}.choices"
        for module, names in {
            "sources.models": "Level SourceKind",
            "victims.vocabulary": "Attribution BodyKind Circumstance Completeness DocumentKind FormState"
            " ImprisonmentEnd Manner NameKind RegionKind RevisionKind SentenceKind Sex Status SuccessionKind Told"
            " WithdrawalReason",
        }.items()
        for name in names.split()
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "victims.api.schema.with_record_form",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},
}
REST_KNOX = {"TOKEN_TTL": timedelta(days=365), "AUTH_HEADER_PREFIX": "Token", "AUTO_REFRESH": False}


# --- Safety --------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
# Nothing inline and nothing from another host. "data:" lets the vendored stylesheet draw its own marks.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# What pages may ask of the device: nothing.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "fullscreen", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "usb",
    )
)  # fmt: skip
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
# The body of a request but for the files in it (memorial.web.BodyLimit holds the API to it too), and its fields:
# the form of one person told by many books has thousands.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# Bytes of one file that a form sends; what comes after them is not kept even until the form is looked at.
LARGEST_FILE = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "memorial.web.FileLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = PRODUCTION
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = switched_on("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # a balancer asks from inside, without TLS
SECURE_HSTS_SECONDS = int(given("SECURE_HSTS_SECONDS", "31536000" if PRODUCTION else "0"))
SECURE_HSTS_INCLUDE_SUBDOMAINS = switched_on("SECURE_HSTS_INCLUDE_SUBDOMAINS", PRODUCTION)
SECURE_HSTS_PRELOAD = switched_on("SECURE_HSTS_PRELOAD", PRODUCTION)
if switched_on("TRUST_PROXY_HEADERS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
