"""The linter for facts in prose: holds an article against a canonical facts file, as of the article's date."""

from __future__ import annotations

VERSION = "0.1.0"
