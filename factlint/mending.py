"""Files mended: the fixes of what is found in them applied in memory, until none is left to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from factlint.files import STDIN
from factlint.findings import Failure, Finding
from factlint.fixes import Fixed, fix_until_stable, unified_diff
from factlint.readers import decode
from factlint.run import Judge, Plan, check_bytes, failure_of, read_file, side_of, waived
from factlint.source import InputError, Source
from factlint.waivers import SIDE_SUFFIX


class Mended(Struct, frozen=True):
    """A file as it was and as its fixes make it."""

    path: str
    before: bytes
    fixed: Fixed

    @property
    def diff(self) -> str:
        """What changes, as a patch."""
        if self.fixed.data == self.before:
            return ""
        texts = [decode(data, self.path).text for data in (self.before, self.fixed.data)]
        return unified_diff(self.path, *texts)


def mend(
    plan: Plan, *, unsafe: bool, keep: Callable[[str, Sequence[Finding]], Sequence[Finding]]
) -> Iterator[Mended | Failure]:
    """Apply the fixes of each file of a plan in memory, until none is left to do; nothing is written.

    `keep` says which of a file's findings count: those that the baseline doesn't hold.
    """
    options = plan.options
    for path, number in plan.tasks:
        judge = plan.judges[number]
        name = (options.stdin_name or STDIN) if path == STDIN else path
        try:
            data = options.stdin if path == STDIN else read_file(path)
            side = side_of(name)

            def read(
                content: bytes, name: str = name, judge: Judge = judge, side: bytes = side
            ) -> tuple[Source, Sequence[Finding]]:
                source = decode(content, name)
                one = check_bytes(name, content, judge, side=side)
                found = waived(one.result.findings, one.waivers, judge)
                return source, keep(name, [*found.kept, *found.about])

            if not is_text(name):
                continue
            mended = Mended(path, data, fix_until_stable(data, read, unsafe=unsafe))
            yield mended
            if not side or path == STDIN:
                continue

            def read_side(
                content: bytes, name: str = name, judge: Judge = judge, article: bytes = mended.fixed.data
            ) -> tuple[Source, Sequence[Finding]]:
                one = check_bytes(name, article, judge, side=content)
                beside = name + SIDE_SUFFIX
                return decode(content, beside), keep(beside, waived(one.result.findings, one.waivers, judge).beside)

            yield Mended(name + SIDE_SUFFIX, side, fix_until_stable(side, read_side, unsafe=unsafe))
        except InputError as error:
            yield failure_of(error, name)


def is_text(path: str) -> bool:
    """Whether a file of this name is text that can be written back."""
    return not path.lower().endswith(".docx")
