"""Whether bytes are a picture that Telegram takes as a photo: PNG or JPEG, whole, at most 10 MB, sides within limits."""

import struct
import zlib

MOST_BYTES = 10 * 1024 * 1024
MOST_SIDES, MOST_RATIO = 10_000, 20
PNG = b"\x89PNG\r\n\x1a\n"
FRAMES = {0xC0, 0xC1, 0xC2}  # JPEG's start-of-frame markers in common use


def picture_trouble(data: bytes) -> str | None:
    """What Telegram would say of these bytes, or None if it takes them."""
    if not data:
        return "file must be non-empty"
    if len(data) > MOST_BYTES:
        return "file is too big"
    size = png_size(data) if data.startswith(PNG) else jpeg_size(data)
    if size is None:
        return "IMAGE_PROCESS_FAILED"
    width, height = size
    fits = width and height and width + height <= MOST_SIDES and max(size) <= MOST_RATIO * min(size)
    return None if fits else "PHOTO_INVALID_DIMENSIONS"


def png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height, if every chunk is whole and the last one is the end."""
    at, kinds, size = len(PNG), [], None
    while at + 12 <= len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(check) < 4 or zlib.crc32(kind + body) != int.from_bytes(check):
            return None
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        kinds.append(kind)
        at += 12 + length
    return size if kinds and kinds[0] == b"IHDR" and b"IDAT" in kinds and kinds[-1] == b"IEND" else None


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height out of the first frame, if the file begins and ends as a JPEG."""
    if not (data.startswith(b"\xff\xd8") and data.rstrip(b"\x00").endswith(b"\xff\xd9")):
        return None
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        if data[at + 1] in FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None


def tiny_png(width: int = 2, height: int = 2) -> bytes:
    """A grey picture, for tests that need one and not its looks."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
