"""Compressed files: what is cut off or damaged is an error that says where, never a short read."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any

from repair.adapters.batch.jobs import BatchError

CODECS = ("gz", "zst", "bz2", "xz")
READ = 1 << 20


def codec_of(name: str) -> str:
    """Return how a file of this name is compressed; empty if it is not."""
    suffix = name.rpartition(".")[2].lower()
    return suffix if suffix in CODECS else ""


def zstd() -> Any:
    """Return the module for Zstandard.

    Raises:
        BatchError: it is not installed.
    """
    try:
        from compression import zstd as module  # type: ignore[import-not-found] # noqa: PLC0415
    except ImportError:
        try:
            from backports import zstd as module  # noqa: PLC0415
        except ImportError:
            msg = ".zst needs an extra: pip install 'textrepair[batch]'"
            raise BatchError(msg) from None
    return module


def _new_member(codec: str) -> tuple[Any, tuple[type[Exception], ...]]:
    if codec == "gz":
        return _Gzip(), (zlib.error,)
    if codec == "bz2":
        return bz2.BZ2Decompressor(), (OSError, ValueError)
    if codec == "xz":
        return lzma.LZMADecompressor(lzma.FORMAT_XZ), (lzma.LZMAError,)
    module = zstd()
    return module.ZstdDecompressor(), (module.ZstdError,)


class _Gzip:
    """zlib's own object, in the form of the others."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)

    def decompress(self, data: bytes, max_length: int = 0) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data


def unpacked(file: IO[bytes], codec: str, read: Callable[[int], None]) -> Iterator[bytes]:
    """Yield the content of a file in pieces of at most 4 MB; ``read`` is told what was read.

    Raises:
        BatchError: it is cut off or damaged; says at which byte of the compressed file.
    """
    data = file.read(READ)
    at = len(data)
    read(at)
    if not data:
        msg = "is empty, which no compressed file is"
        raise BatchError(msg)
    while data:
        member, errors = _new_member(codec)
        while not member.eof:
            try:
                piece = member.decompress(data, READ << 2)
            except errors as error:
                msg = f"damaged near byte {at} of the compressed file: {error}"
                raise BatchError(msg) from error
            data = b""
            if piece:
                yield piece
            if not member.eof and getattr(member, "needs_input", True):
                data = file.read(READ)
                if not data:
                    msg = f"ends in the middle, at byte {at} of the compressed file"
                    raise BatchError(msg)
                read(len(data))
                at += len(data)
        data = member.unused_data or file.read(READ)
        while codec == "gz" and data and not data.strip(b"\0"):  # tapes and some programs pad
            data = file.read(READ)
        if codec == "gz":
            data = data.lstrip(b"\0")


class Packer:
    """Compresses what is written to a file; the same content gives the same bytes."""

    def __init__(self, file: IO[bytes], codec: str) -> None:
        self._file = file
        self._inner: Any = None
        if codec == "gz":
            self._inner = zlib.compressobj(6, zlib.DEFLATED, 31)
        elif codec == "bz2":
            self._inner = bz2.BZ2Compressor()
        elif codec == "xz":
            self._inner = lzma.LZMACompressor()
        elif codec == "zst":
            self._inner = zstd().ZstdCompressor()

    def write(self, data: bytes | memoryview) -> None:
        """Write a piece."""
        self._file.write(self._inner.compress(data) if self._inner else data)

    def close(self) -> None:
        """Write what is left. The file stays open."""
        if self._inner:
            self._file.write(self._inner.flush())
