"""The server behind the dashboard."""
