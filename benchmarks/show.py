"""The figures of run.py as tables, as a chart, and put into docs/performance.md between its marks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

TITLES = {
    "start": "Start: the seed article (9 kB)",
    "one": "Throughput: one file",
    "many": "Throughput: many files",
    "jobs": "Two processes against one",
    "text": "Growth with the text",
    "facts": "Growth with the facts, on articles",
    "rules": "Growth with the rules, on articles",
}
LEAST = 5.0  # milliseconds for a million bytes, from which a stage or a rule is listed
CHARTS = (
    ("start", "Seconds to check the seed article", "cpu"),
    ("one", "MB/s, one file", "speed"),
    ("many", "MB/s, many files", "speed"),
)

Row = Mapping[str, Any]


def table(group: str, rows: Sequence[Row]) -> str:
    """The rows of a group as a Markdown table.

    The last column is the time of the processor as a multiple: of codespell's on the same text; where only factlint's
    own cases differ, of that of its first case; where texts differ, for each byte and less what a start costs.
    """
    ratio = {
        "start": "× codespell",
        "one": "× codespell",
        "many": "× codespell",
        "jobs": "× one job, on the clock",
        "text": "a byte, × the first size",
    }.get(group, "× the first")
    lines = [f"| {TITLES[group]} | program | on the clock | processor | MB/s | most memory | {ratio} |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for row in rows:
        if "over" in row:
            lines.append(f"| {row['label']} | {row['program']} | more than {row['over']:.0f} s | | | | |")
            continue
        multiple = _multiple(group, row, rows)
        speed = f"{row['bytes'] / 1e6 / row['cpu']:.2f}" if row["bytes"] > 50_000 else ""
        lines.append(
            f"| {row['label']} | {row['program']} | {_seconds(row['wall'])} | {_seconds(row['cpu'])} | {speed} "
            f"| {row['peak_mb']:.0f} MB | {'' if multiple is None else f'{multiple:.2f}'} |"
        )
    return "\n".join(lines)


def _seconds(value: float) -> str:
    return f"{value:.3f} s" if value < 1 else f"{value:.2f} s"


def _multiple(group: str, row: Row, rows: Sequence[Row]) -> float | None:
    same = [one for one in rows if one["program"] == row["program"] and "over" not in one]
    if group in ("start", "one", "many"):
        base = next((one["cpu"] for one in rows if one["program"] == "codespell" and "over" not in one), None)
        return float(row["cpu"] / base) if base else None
    if group == "jobs":
        return float(row["wall"] / same[0]["wall"])
    if group == "text":
        start = same[0]["cpu"]  # of a text of one line
        if len(same) < 2 or row is same[0]:
            return None
        return float((row["cpu"] - start) / row["bytes"] / ((same[1]["cpu"] - start) / same[1]["bytes"]))
    if not row["program"].startswith("factlint"):
        return None
    if group == "rules":
        same = [one for one in same if one["label"] == "the default rules"] or same
    return float(row["cpu"] / same[0]["cpu"])


def profile_table(figures: Mapping[str, Any]) -> str:
    """What each stage and each rule costs, as a Markdown table, the dearest first."""
    small, large = figures["sizes"]
    rows = figures["rows"]
    shown = [row for row in rows if max(row["articles"], row["small"], row["large"]) >= LEAST]
    rest = [row for row in rows if row not in shown]
    lines = [f"| ms for 1 MB | {figures['articles']} articles | one of {small} MB | one of {large} MB | growth |"]
    lines.append("| --- | --- | --- | --- | --- |")
    columns = ("articles", "small", "large")
    total = {"name": "all", **{column: sum(row[column] for row in rows) for column in columns}}
    others = {"name": f"{len(rest)} others", **{column: sum(row[column] for row in rest) for column in columns}}
    for row in (*shown, others, total):
        growth = f"{row['large'] / row['small']:.2f}" if row["small"] >= LEAST / 2 else ""
        values = " | ".join(f"{row[column]:.1f}" for column in columns)
        lines.append(f"| {row['name']} | {values} | {growth} |")
    return "\n".join(lines)


# In the docs


def paste(figures: Mapping[str, Any], path: Path) -> None:
    """Put tables into the page beside a file of figures (`NAME.md`), and draw its chart (`NAME.svg`)."""
    page = path.with_suffix(".md")
    text = page.read_text("utf-8")
    for group, found in figures.items():
        start, end = f"<!-- {group} -->\n", f"<!-- end of {group} -->"
        before, marked, rest = text.partition(start)
        _, closed, after = rest.partition(end)
        if not marked or not closed:
            raise SystemExit(f"{page}: there are no marks “{start.strip()}” and “{end}”")
        made = profile_table(found) if group == "profile" else table(group, found["rows"])
        text = f"{before}{start}\n{_told(found)}\n\n{made}\n\n{end}{after}"
    page.write_text(text, "utf-8", newline="\n")
    path.with_suffix(".svg").write_text(chart(figures), "utf-8", newline="\n")


def _told(found: Mapping[str, Any]) -> str:
    """When and on what something was measured."""
    told = f"Measured on {found['date']} on {found['machine']}, {found['text']} text"
    if "rounds" in found:
        told += f", medians of {found['rounds']} rounds" if found["rounds"] > 1 else ", one round"
        others = (f"{name} {version}" for name, version in found["versions"].items() if name != "python")
        told += f", beside {', '.join(others)}"
    return f"{told}."


def chart(figures: Mapping[str, Any]) -> str:
    """A bar for each program, in a panel for each of the groups that compare programs (SVG)."""
    parts: list[str] = []
    top = 10
    for group, title, kind in CHARTS:
        if group not in figures:
            continue
        rows = [row for row in figures[group]["rows"] if "over" not in row]
        values = [row["cpu"] if kind == "cpu" else row["bytes"] / 1e6 / row["cpu"] for row in rows]
        most = max(values)
        parts.append(f'<text x="10" y="{top + 14}" font-weight="bold">{escape(title)} (processor time)</text>')
        top += 24
        for row, value in zip(rows, values, strict=True):
            own = row["program"].startswith("factlint")
            width = max(1, round(380 * value / most))
            parts.append(f'<text x="190" y="{top + 13}" text-anchor="end">{escape(row["program"])}</text>')
            fill = "#1f6f8b" if own else "#b8c4cc"
            parts.append(f'<rect x="198" y="{top + 2}" width="{width}" height="14" fill="{fill}"/>')
            parts.append(f'<text x="{204 + width}" y="{top + 13}">{value:.3g}</text>')
            top += 20
        top += 14
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 650 {top}" width="650" height="{top}" role="img" '
        'font-family="sans-serif" font-size="12" fill="#222222">\n<title>factlint beside other checkers</title>\n'
        f'<rect width="650" height="{top}" fill="#ffffff"/>\n'
    )
    return head + "\n".join(parts) + "\n</svg>\n"
