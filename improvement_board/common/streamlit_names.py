"""Names that are Streamlit's own and that it promises to nobody: addresses, a cookie, files, elements of its pages.

They are only names, so that every room may use them; what needs Streamlit itself stands in
`dashboard/streamlit_private.py`. `tests/test_streamlit_private.py` holds each against the Streamlit that is installed.
"""

from __future__ import annotations

USER_COOKIE = "_streamlit_user"  # signed: what the identity provider said of the person

# Addresses, without a slash before.
LOGIN, LOGOUT, CALLBACK = "auth/login", "auth/logout", "oauth2callback"
INNER, HEALTH, HOST_CONFIG, STREAM = "_stcore", "_stcore/health", "_stcore/host-config", "_stcore/stream"
COMPONENT, APP_STATIC = "component", "app/static"
MEDIA = "media"  # files that Streamlit gives: the dashboard gives its own
PROGRAM = "static/"  # scripts and styles, as published: nothing of a council's

SIGN_IN_LOGGER = "streamlit.web.server.starlette.starlette_auth_routes"  # to which a failed sign-in is told

# Files, under the folder of the package Streamlit.
PAGE_FILE = "static/index.html"
BODY, WINDOW_TITLE = b"<body>", b"<title>Streamlit</title>"  # in it, once each
PROGRAM_FOLDER = "static/static"  # served as `PROGRAM`

# What document/assets and the style of its components find in a page.
TEST_IDS = frozenset(
    {
        "stAppViewContainer",
        "stElementContainer",
        "stHeader",
        "stHtml",
        "stMain",
        "stMainBlockContainer",
        "stSkeleton",
        "stApp",
    }
)
CLASSES = frozenset({"stApp"})
NOT_FOUND_DIALOG = "Page not found"
