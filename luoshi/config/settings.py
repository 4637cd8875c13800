"""Settings: one file; every environment differs only by `LUOSHI_*` variables (docs/deploy)."""

from __future__ import annotations

from pathlib import Path

import dj_database_url

from luoshi.config import env
from luoshi.config.register import ACT_WORDS, PROTECTED_TABLES

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.text("LUOSHI_DATA_DIR", str(BASE_DIR / "data"))).resolve()
KEY_FILE = Path(env.text("LUOSHI_KEY_FILE", str(DATA_DIR / "keys.json")))
DEBUG = env.flag("LUOSHI_DEBUG")
SECURITY_PROFILE = env.text("LUOSHI_SECURITY_PROFILE", "pilot")  # pilot | level3

_KEYS = env.keys(KEY_FILE, make=True)
SECRET_KEY = _KEYS["django"]
LUOSHI_CHAIN_KEY = bytes.fromhex(_KEYS["chain"])
LUOSHI_VALUES_KEY = bytes.fromhex(_KEYS["values"])
LUOSHI_PROTECTED_TABLES = PROTECTED_TABLES
LUOSHI_ACT_WORDS = ACT_WORDS

ALLOWED_HOSTS = env.words("LUOSHI_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("LUOSHI_ORIGINS")
HTTPS = env.flag("LUOSHI_HTTPS")  # behind TLS: secure cookies, HSTS

INSTALLED_APPS = [
    "luoshi.records",
    "luoshi.search",
    "luoshi.org",
    "luoshi.accounts",
    "luoshi.workdays",
    "luoshi.notices",
    "luoshi.plan",
    "luoshi.matters",
    "luoshi.problems",
    "luoshi.commitments",
    "luoshi.activities",
    "luoshi.accountability",
    "luoshi.appraisal",
    "luoshi.publicity",
    "luoshi.cadres",
    "luoshi.outcomes",
    "luoshi.portal",
    "luoshi.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "luoshi.ui.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luoshi.accounts.middleware.SessionLimits",
    "luoshi.org.access.AccessMiddleware",
    "luoshi.workdays.middleware.TodayMiddleware",
    "luoshi.notices.middleware.UnreadMiddleware",
    "luoshi.accounts.middleware.FirstThings",
]

ROOT_URLCONF = "luoshi.config.urls"
WSGI_APPLICATION = "luoshi.config.wsgi.application"
_LOADERS = [
    (
        "template_partials.loader.Loader",
        [
            (
                "django.template.loaders.cached.Loader",
                [
                    "django_cotton.cotton_loader.Loader",
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ],
            )
        ],
    )
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "luoshi" / "ui" / "templates"],
        "OPTIONS": {
            "loaders": _LOADERS,
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "luoshi.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luoshi.ui.context.frame",
            ],
        },
    }
]
COTTON_DIR = "cotton"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # forms are drawn by our own templates

DATABASES = {
    "default": dj_database_url.parse(
        env.text("LUOSHI_DATABASE_URL") or f"sqlite:///{DATA_DIR / 'luoshi.sqlite3'}",
        conn_max_age=60,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": ("PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.text("LUOSHI_REDIS_URL"),
    }
    if env.text("LUOSHI_REDIS_URL")
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "luoshi_cache"}
}

AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "luoshi.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "pinyin", "mobile")},
    },
    {"NAME": "luoshi.accounts.passwords.NotAboutYou"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "luoshi.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays, all others end
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",  # a whole bureau behind one address logs in at half past eight
    "login_failed": "5/15m/key,60/15m/ip",
    "change_password": "10/h/user",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "落实"
MFA_ADAPTER = "luoshi.accounts.adapter.MFAAdapter"
USERSESSIONS_ADAPTER = "luoshi.accounts.adapter.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = False  # SessionLimits notes it once a minute, not at every page
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("LUOSHI_PROXIES", 0)

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-luoshi" if HTTPS else "luoshi"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-luoshi-csrf" if HTTPS else "luoshi-csrf"
CSRF_FAILURE_VIEW = "luoshi.ui.views.csrf_failed"
LUOSHI_SESSION_IDLE_MINUTES = env.number("LUOSHI_SESSION_IDLE_MINUTES", 30)
LUOSHI_SESSION_ABSOLUTE_HOURS = env.number("LUOSHI_SESSION_ABSOLUTE_HOURS", 12)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [("kit", BASE_DIR / "build" / "kit")] if (BASE_DIR / "build" / "kit").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if (STATIC_ROOT / "staticfiles.json").is_file()
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").is_file()
MEDIA_ROOT = DATA_DIR / "evidence"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_TEMP_DIR = None
LUOSHI_UPLOAD_MAX_BYTES = env.number("LUOSHI_UPLOAD_MAX_MB", 50) * 1024 * 1024

# What goes out, and only where it is configured (docs/deploy): nothing else opens a connection.
LUOSHI_MAIL_DIR = env.text("LUOSHI_MAIL_DIR")
LUOSHI_WEBHOOK_URL = env.text("LUOSHI_WEBHOOK_URL")
EMAIL_HOST = env.text("LUOSHI_SMTP_HOST")
EMAIL_PORT = env.number("LUOSHI_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("LUOSHI_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("LUOSHI_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("LUOSHI_SMTP_TLS")
DEFAULT_FROM_EMAIL = env.text("LUOSHI_MAIL_FROM", "luoshi@localhost")
LUOSHI_QUEUE = env.text("LUOSHI_QUEUE", "memory")  # memory | postgres | redis

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"luoshi": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
