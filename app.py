"""Start the dashboard: ``streamlit run app.py``."""

from framing.dashboard.main import run

run()
