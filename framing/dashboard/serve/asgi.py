"""The application that ``streamlit run`` finds here: the dashboard behind its security headers."""

from __future__ import annotations

from starlette.middleware import Middleware
from streamlit.starlette import App

from framing.dashboard.launch import app_file
from framing.dashboard.serve.policy import SecurityHeaders

app = App(app_file(), middleware=[Middleware(SecurityHeaders)])
