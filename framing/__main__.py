"""``python -m framing``."""

from framing.cli.main import main

main()
