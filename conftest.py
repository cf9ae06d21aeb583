"""Fixtures and hooks of every test, those of packages too: ``tests/helpers/suite.py``."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "tests/helpers"))
pytest_plugins = ["suite"]
