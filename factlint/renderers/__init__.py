"""The registry of report formats: one function for each, from a report to text.

A renderer reads nothing but the report and the manner it is asked for: the same two give the same text, always.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol

from msgspec import Struct, field

from factlint.findings import Report, Severity

# Name for --format → "module:function". Modules are imported when a report is rendered that way.
RENDERERS: dict[str, str] = {
    "checkstyle": "factlint.renderers.checkstyle:render_checkstyle",
    "csv": "factlint.renderers.csv:render_csv",
    "github": "factlint.renderers.github:render_github",
    "gitlab": "factlint.renderers.gitlab:render_gitlab",
    "json": "factlint.renderers.json:render_json",
    "jsonl": "factlint.renderers.jsonl:render_jsonl",
    "junit": "factlint.renderers.junit:render_junit",
    "markdown": "factlint.renderers.markdown:render_markdown",
    "rdjson": "factlint.renderers.rdjson:render_rdjson",
    "sarif": "factlint.renderers.sarif:render_sarif",
    "text": "factlint.renderers.text:render_text",
}


class RuleInfo(Protocol):
    """What a report tells of a rule; any rule will do."""

    @property
    def id(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def rationale(self) -> str: ...
    @property
    def severity(self) -> Severity: ...


class Manner(Struct, frozen=True):
    """How a report is to be rendered: what is known of its rules, the version that made it, colour, the width in
    columns that lines of the text format are cut to, and whether SARIF lists the waived findings too."""

    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
    version: str = ""
    color: bool = False
    width: int = 100
    waived: bool = True


def render(
    report: Report,
    name: str,
    *,
    rules: Mapping[str, RuleInfo] | None = None,
    version: str = "",
    color: bool = False,
    width: int = 100,
    waived: bool = True,
) -> str:
    """Render a report in the format of that name in RENDERERS; KeyError if there is none.

    The text can be encoded as UTF-8 whatever a path holds: a byte that is no character, which Python carries as
    a lone surrogate, is written as its escape, which in the JSON formats means the same.
    """
    module, _, function = RENDERERS[name].partition(":")
    text: str = getattr(import_module(module), function)(report, Manner(rules or {}, version, color, width, waived))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
