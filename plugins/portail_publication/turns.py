"""Which files are made at once, and by how many processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portail.outputs.base import Tree

from .producer import Job
from .workers import Begun

MANY = 64
# Files from which some are made in other processes: fewer, if they are sure to be made, when one of
# them is a folder, which is long. Memory that is shared is copied as it is looked at, 0.2 s of a
# large site.
_FEW = 16
# What it takes to judge a page, where it takes 1 to make it.
_JUDGED = 1 / 4
# Files for which each process is forked: what it remembers grows as it makes them (5,000 contents
# take 439 MB at most, 467 where two processes make 5,000 files at once).
_AT_ONCE = 500


def is_begun(job: Job) -> bool:
    """Whether another process is making this folder."""
    return isinstance(job.artifact, Tree) and isinstance(job.artifact.produce, Begun)


def batches(jobs: Sequence[Job], workers: int) -> Iterator[tuple[list[Job], int]]:
    """Those that are made at once, and by how many processes: by this one alone, the last ones
    first, while as many as there may be beside it have begun a folder. One more would wait for it,
    and keep the memory that the others leave."""
    waiting = [*jobs]
    folders = [job.artifact.produce for job in jobs if isinstance(job.artifact, Tree)]
    begun = [produce for produce in folders if isinstance(produce, Begun)]
    while (
        workers <= len(begun) + 1
        and waiting
        and not is_begun(waiting[-1])
        and not all(produce.ready for produce in begun)
    ):
        batch = [job for job in waiting[-MANY:] if not is_begun(job)]
        yield batch, 1
        del waiting[-len(batch) :]
    together = _AT_ONCE * workers
    for start in range(0, len(waiting), together):
        yield waiting[start : start + together], workers


def is_alone(jobs: Sequence[Job]) -> bool:
    """Whether these jobs are not worth a fork."""
    # A folder that nobody has begun is worth a process of its own.
    folder = any(isinstance(job.artifact, Tree) and not is_begun(job) for job in jobs)
    sure = sum(not job.last for job in jobs)
    work = sure + _JUDGED * (len(jobs) - sure)
    return work < MANY and not (folder and sure >= _FEW)
