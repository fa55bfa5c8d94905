"""How much memory a model may still take on this machine."""

from __future__ import annotations

from pathlib import Path

OVERHEAD = 1_300_000_000
"""Bytes that the server takes beside the weights: 990 MB measured at 8192 tokens of context (attention
cache, buffers, repacked weights) and 256 MiB of prompt cache, rounded up."""


def available_memory(
    meminfo: Path = Path("/proc/meminfo"), cgroup: Path = Path("/sys/fs/cgroup")
) -> int | None:
    """Return the bytes that can still be used without swapping, or None where that cannot be told.

    The smaller of what the system has and what a container's limit leaves. Sources: proc(5),
    MemAvailable; the kernel's cgroup v2 guide, memory.max and memory.current.
    """
    found = [number for number in (_system(meminfo), _container(cgroup)) if number is not None]
    return min(found, default=None)


def _system(meminfo: Path) -> int | None:
    try:
        lines = meminfo.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, IndexError, StopIteration):
        return None


def _container(cgroup: Path) -> int | None:
    try:
        limit = (cgroup / "memory.max").read_text(encoding="ascii").strip()
        if limit == "max":
            return None
        used = int((cgroup / "memory.current").read_text(encoding="ascii"))
        return max(int(limit) - used + _reclaimable(cgroup), 0)
    except (OSError, ValueError):
        return None


def _reclaimable(cgroup: Path) -> int:
    for line in (cgroup / "memory.stat").read_text(encoding="ascii").splitlines():
        name, _, count = line.partition(" ")
        if name == "inactive_file":
            return int(count)
    return 0
