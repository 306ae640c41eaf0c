"""
Pictures made ours: whatever a page links as an image becomes a WebP of bounded size without anybody's metadata.

A picture is served from our own address, so its bytes must be a picture and nothing else: it is decoded, turned the
way its EXIF says, freed of EXIF, GPS, colour profile and comments, made smaller, and encoded anew. An SVG can run
scripts and fetch from elsewhere; it is refused. Decoding takes a core for some hundredths of a second: call
``re_encode`` in a thread.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from tawatur.errors import FetchError

#: The longer edge of what is served, in pixels: twice the width of an article's column on a fine screen.
LONGEST_EDGE = 1600
#: Pixels of a picture that is decoded; 50 million are 150 MB in memory. Press photographs have 20 to 45 million.
MOST_PIXELS = 50_000_000
#: WebP quality; Pillow's default, at which a photograph of 1600 pixels takes some 200 kB.
QUALITY = 80
#: What is decoded. Other formats of Pillow are rare on pages, and their decoders old.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture fit to be served."""

    media_type: str
    width: int
    height: int
    data: bytes


def re_encode(data: bytes, url: str) -> Picture:
    """Decode an image and encode it as WebP. Of an animation the first frame is taken.

    Raises:
        FetchError: It is no picture we decode, it is broken, or it has too many pixels.
    """
    try:
        return _encoded(_decoded(data, url))
    except FetchError:
        raise
    except Exception as error:  # a decoder fed with broken bytes raises nearly anything
        raise FetchError(url, f"the image cannot be decoded: {_reason(data, error)}") from error


def _decoded(data: bytes, url: str) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise FetchError(url, f"the image has {width} x {height} pixels, more than {MOST_PIXELS} in all")
    image.draft(None, (LONGEST_EDGE, LONGEST_EDGE))  # a JPEG can be decoded at a half or a quarter
    image.load()
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    has_alpha = turned.has_transparency_data
    plain = turned if turned.mode == "CMYK" and profile else turned.convert("RGBA" if has_alpha else "RGB")
    return _in_srgb(plain, profile)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Bring colours into sRGB, which a picture without a profile is taken for."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            changed = None  # a broken profile, or one of other channels: the colours as they are
        if changed is not None:
            return changed
    return image if image.mode == mode else image.convert(mode)


def _encoded(image: Image.Image) -> Picture:
    image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    clean = Image.new(image.mode, image.size)  # pixels only: nothing of `info` is carried over
    clean.paste(image)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=QUALITY, method=4)
    return Picture(media_type="image/webp", width=clean.width, height=clean.height, data=out.getvalue())


def _reason(data: bytes, error: Exception) -> str:
    head = data[:1024].lstrip().lower()
    if b"<svg" in head:
        return "SVG is not taken, it can hold scripts"
    if head.startswith((b"<!doctype", b"<html")):
        return "it is an HTML page"
    if isinstance(error, UnidentifiedImageError):
        return f"it is none of {', '.join(FORMATS)}"
    return " ".join(str(error).split())[:200] or type(error).__name__
