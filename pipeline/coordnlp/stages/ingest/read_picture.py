"""Read a picture of a page, or of several: a photograph, a fax, a saved chat."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from coordnlp.settings import Scans, load_settings
from coordnlp.stages.ingest.page_drafts import draft_pages
from coordnlp.stages.ingest.readings import Reading, UnreadableError
from coordnlp.stages.ingest.scans import Picture, UnusablePictureError, find_engine, recognise_pages, scale_for
from coordnlp.stages.ingest.skips import advise

if TYPE_CHECKING:
    from PIL.Image import Image

_TALL = 2.0  # times its width; a saved chat that is taller is read in pieces
_PIECE = 1.4  # times its width: the height of a piece
_SLACK = 0.3  # of that height, within which a cut looks for the emptiest row
_WHITE = (255, 255, 255)


def read_picture(content: bytes) -> Reading:
    """Read a .jpg, .png, .bmp, .tif or .webp; every page of a .tif, of other kinds the first.

    Raises:
        UnreadableError: `unsupported` where nothing is installed that recognises words, `damaged`, `too_large`,
            `no_text`.
    """
    engine = find_engine()
    if engine is None or not _has_pillow():
        raise UnreadableError("unsupported", advise(".jpg"))
    limits = load_settings().scans
    with _open(content) as image:
        done = recognise_pages(dict(enumerate(_pictures(image, limits), 1)), engine, limits)
    return draft_pages([done.pages[number] for number in sorted(done.pages)], done)


def _has_pillow() -> bool:
    try:
        import PIL.Image  # noqa: F401
    except ImportError:
        return False
    return True


def _open(content: bytes) -> Image:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # The limit of pixels is ours, lower than Pillow's, and told.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(content))
    except Image.DecompressionBombError as error:
        raise UnreadableError("too_large", "图片太大，请缩小后再放入。") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnreadableError("damaged", "图片已损坏或不完整，打不开，请重新取得原件。") from error


def _pictures(image: Image, limits: Scans) -> Iterator[Callable[[], Picture]]:
    """Yield what draws each page, a tall picture in pieces."""
    # Only pages of a .tif are pages; frames of others move.
    for frame in range(getattr(image, "n_frames", 1) if image.format == "TIFF" else 1):
        image.seek(frame)
        if image.height > _TALL * image.width and image.width * image.height <= limits.pixels:
            whole = _draw(image, frame, limits)
            yield from (partial(_cut, whole, rows) for rows in _pieces(whole))
        else:
            yield partial(_draw, image, frame, limits)


def _draw(image: Image, frame: int, limits: Scans) -> Picture:
    """Return a page as it is to be looked at, on white, at the size for reading."""
    from PIL import Image, ImageOps

    image.seek(frame)
    if image.width * image.height > limits.pixels:
        raise UnusablePictureError(f"图片超过 {limits.pixels // 10_000} 万像素，请缩小后再放入")
    layered = ImageOps.exif_transpose(_to_levels(image)).convert("RGBA")
    flat = Image.new("RGB", layered.size, _WHITE)
    flat.paste(layered, mask=layered.getchannel("A"))
    scale = scale_for(*flat.size)
    size = (max(1, round(flat.width * scale)), max(1, round(flat.height * scale)))
    return np.asarray(flat.resize(size, Image.Resampling.LANCZOS) if size != flat.size else flat)


def _to_levels(image: Image) -> Image:
    """Return a picture of 8 bits a colour; some scanners write 16."""
    from PIL import Image

    if not image.mode.startswith("I"):
        return image
    levels = np.asarray(image).astype(np.float64)
    return Image.fromarray((levels / max(levels.max(), 1) * 255).astype(np.uint8))


def _cut(whole: Picture, rows: slice) -> Picture:
    return whole[rows]


def _pieces(whole: Picture) -> Iterator[slice]:
    """Yield the rows of each piece, cut where there is least ink."""
    height, width = whole.shape[:2]
    piece, slack = round(_PIECE * width), round(_PIECE * _SLACK * width)
    contrast = whole.astype(np.float32).std(axis=(1, 2))
    top = 0
    while height - top > piece:
        near = contrast[top + piece - slack : top + piece]
        bottom = top + piece - slack + _middle_of_least(near)
        yield slice(top, bottom)
        top = bottom
    yield slice(top, height)


def _middle_of_least(values: npt.NDArray[np.float32]) -> int:
    """Return the middle of the longest run of values that are as low as the lowest."""
    low = np.flatnonzero(values <= values.min() + 1)
    runs = np.split(low, np.flatnonzero(np.diff(low) > 1) + 1)
    longest = max(runs, key=len)
    return int(longest[len(longest) // 2])
