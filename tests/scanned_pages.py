"""Ten invented papers of offices, printed and then spoilt as scanners, copiers and telephones spoil them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

_FONT = "STSong-Light"
_WIDTH, _HEIGHT = 595, 842  # points
_DPI = 150
_BLACK, _RED = (0.0, 0.0, 0.0), (0.8, 0.05, 0.05)
_LEFT, _TOP, _PITCH, _SIZE = 78.0, 660.0, 28.0, 15.0

Draw = Callable[[Canvas], None]
Spoil = Callable[[Image.Image], Image.Image]


@dataclass(frozen=True)
class ScannedPage:
    """A picture of a page, and its lines (cells of a row are lines) in reading order."""

    name: str
    lines: tuple[str, ...]
    picture: Image.Image


LETTER = (
    "为落实3月12日联席会议精神，现就春季防火期联合值守",
    "有关事项函商如下：",
    "一、请贵场于2024年3月25日前，将12名巡护员名单和联",
    "系电话报我镇备案。",
    "二、瞭望塔检修费用48.6万元，请贵场承担50%，并于4月",
    "5日前函复是否同意。",
    "专此函达，请予支持。",
)
MINUTES = (
    "时间：2024年4月18日下午3时",
    "地点：樟沐镇政府二楼会议室",
    "出席：卢志远、梁宗岳、龙小桐、邓春生",
    "会议听取了青松岭林场关于大坳瞭望塔检修的汇报。",
    "会议议定：由林场于6月30日前完成检修并恢复24小时值",
    "守；镇政府在收到验收报告后10个工作日内拨付补助资金",
    "3,200元。双方联络员每月5日前互报进展。",
)
TABLE = (
    ("序号", "议定事项", "责任单位", "时限"),
    ("1", "瞭望塔检修", "青松岭林场", "6月30日"),
    ("2", "补助资金拨付", "镇财政所", "7月15日"),
    ("3", "巡护名单备案", "青松岭林场", "3月25日"),
    ("4", "联合演练方案", "双方", "9月1日"),
)
COLUMNS = (
    (
        "一、请林场在5月20日前把",
        "隔离带清理计划报送镇应",
        "急办，面积不少于350亩。",
        "二、请林场明确一名分管",
        "负责人，联系电话于5月8",
        "日前告知镇党政办公室。",
        "三、双方各出6人组成联",
        "合巡护队，每周巡护2次。",
    ),
    (
        "四、所需经费12.5万元由",
        "双方按6比4的比例分担，",
        "6月10日前各自划拨到位。",
        "五、上次会议议定的界桩",
        "复核还有17处没有完成，",
        "请于5月31日前办结。",
        "六、以上各项请于5月15",
        "日前书面答复我镇。",
    ),
)


def draw_pages() -> Iterator[ScannedPage]:
    """Yield the ten pages; the same ones every time."""
    red = ("樟沐镇人民政府文件", "樟政函〔2024〕15号", "关于春季森林防火联合值守的函", "青松岭林场：")
    yield _page("红头函", (*red, *LETTER, *_SIGNED), _letter(red_head=True))
    yield _page("纪要", ("联席会议纪要", "（第7期）", *MINUTES), _minutes)
    yield _page("台账", ("上次会议议定事项落实情况", *(cell for row in TABLE for cell in row)), _table)
    yield _page("印章压日期", (*red[2:], *LETTER, *_SIGNED), _letter(stamp=True))
    plain = (*red[2:], *LETTER, *_SIGNED)
    yield _page("歪斜2度", plain, _letter(), _tilt)
    yield _page("噪点", plain, _letter(), _add_noise)
    yield _page("低分辨率", ("联席会议纪要", "（第7期）", *MINUTES), _minutes, _coarsen)
    yield _page("灰底", plain, _letter(), _grey)
    yield _page("手机拍照", ("联席会议纪要", "（第7期）", *MINUTES), _minutes, _photograph)
    yield _page("两栏", ("关于五月份联合巡护的备忘", *COLUMNS[0], *COLUMNS[1]), _columns)


_SIGNED = ("樟沐镇人民政府", "2024年3月15日")


def print_page(draw: Draw, dpi: float = _DPI) -> Image.Image:
    """Return a printed page of A4 as a picture."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(_WIDTH, _HEIGHT))
    draw(canvas)
    canvas.save()
    with pypdfium2.PdfDocument(content.getvalue()) as document:
        return document[0].render(scale=dpi / 72).to_pil().convert("RGB")


def write_lines(canvas: Canvas, lines: Sequence[str], left: float = _LEFT, top: float = _TOP) -> None:
    """Write lines below each other, the first baseline at `top`, in points."""
    canvas.setFont(_FONT, _SIZE)
    canvas.setFillColorRGB(*_BLACK)
    for number, line in enumerate(lines):
        canvas.drawString(left, top - _PITCH * number, line)


def as_png(picture: Image.Image) -> bytes:
    """Return a picture as the bytes of a .png."""
    return as_file(picture, "PNG")


def as_file(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture as the bytes of a file of one of Pillow's formats."""
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def as_pdf(*pages: Image.Image | Sequence[str]) -> bytes:
    """Return a PDF: of a picture a page that is nothing else, of lines a page with a text layer."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(_WIDTH, _HEIGHT))
    for page in pages:
        if isinstance(page, Image.Image):
            canvas.drawImage(ImageReader(page), 0, 0, _WIDTH, _HEIGHT)
        else:
            write_lines(canvas, page)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def _page(name: str, lines: Sequence[str], draw: Draw, spoil: Spoil = lambda picture: picture) -> ScannedPage:
    return ScannedPage(name, tuple(lines), spoil(print_page(draw)))


# --- printing ------------------------------------------------------------------------------------


def _letter(*, red_head: bool = False, stamp: bool = False) -> Draw:
    def draw(canvas: Canvas) -> None:
        if red_head:
            _centre(canvas, "樟沐镇人民政府文件", 760, 34, _RED)
            _centre(canvas, "樟政函〔2024〕15号", 722, 14)
            canvas.setStrokeColorRGB(*_RED)
            canvas.line(_LEFT, 712, _WIDTH - _LEFT, 712)
        _centre(canvas, "关于春季森林防火联合值守的函", 682, 20)
        write_lines(canvas, ["青松岭林场："], top=644)
        indented = [line for line in LETTER if line[:2] in ("为落", "一、", "二、", "专此")]
        for number, line in enumerate(LETTER):
            write_lines(canvas, [line], _LEFT + 2 * _SIZE * (line in indented), 616 - _PITCH * number)
        write_lines(canvas, _SIGNED, 360, 360)
        if stamp:
            _stamp(canvas, 415, 345)

    return draw


def _stamp(canvas: Canvas, x: float, y: float) -> None:
    """Press a round stamp on paper: red, not quite covering."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*_RED)
    canvas.setFillColorRGB(*_RED)
    canvas.setStrokeAlpha(0.75)
    canvas.setFillAlpha(0.75)
    canvas.setLineWidth(3)
    canvas.circle(x, y, 58)
    canvas.setFont(_FONT, 44)
    canvas.drawCentredString(x, y - 16, "★")
    canvas.setFont(_FONT, 12)
    for number, letter in enumerate("樟沐镇人民政府"):
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(75 - 25 * number)
        canvas.drawCentredString(0, 42, letter)
        canvas.restoreState()
    canvas.restoreState()


def _minutes(canvas: Canvas) -> None:
    _centre(canvas, "联席会议纪要", 740, 24)
    _centre(canvas, "（第7期）", 708, 14)
    write_lines(canvas, MINUTES[:3])
    for number, line in enumerate(MINUTES[3:]):
        write_lines(canvas, [line], _LEFT + 2 * _SIZE * (number < 2), 576 - _PITCH * number)


def _table(canvas: Canvas) -> None:
    _centre(canvas, "上次会议议定事项落实情况", 740, 20)
    edges = (78, 128, 278, 398, 518)
    canvas.setStrokeColorRGB(*_BLACK)
    for number, row in enumerate(TABLE):
        for left, cell in zip(edges, row, strict=False):
            write_lines(canvas, [cell], left + 8, 670 - 32 * number)
    for number in range(len(TABLE) + 1):
        canvas.line(edges[0], 692 - 32 * number, edges[-1], 692 - 32 * number)
    for edge in edges:
        canvas.line(edge, 692, edge, 692 - 32 * len(TABLE))


def _columns(canvas: Canvas) -> None:
    _centre(canvas, "关于五月份联合巡护的备忘", 740, 20)
    write_lines(canvas, COLUMNS[0], 78, 690)
    write_lines(canvas, COLUMNS[1], 320, 690)


def _centre(
    canvas: Canvas, words: str, bottom: float, size: float, colour: tuple[float, float, float] = _BLACK
) -> None:
    canvas.setFont(_FONT, size)
    canvas.setFillColorRGB(*colour)
    canvas.drawCentredString(_WIDTH / 2, bottom, words)


# --- spoiling ------------------------------------------------------------------------------------


def _tilt(picture: Image.Image) -> Image.Image:
    return picture.rotate(2, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))


def _add_noise(picture: Image.Image) -> Image.Image:
    """Grain as of a worn copier, and specks."""
    random = np.random.default_rng(7)
    pixels = np.asarray(picture, dtype=np.float32)
    pixels = pixels + random.normal(0, 38, pixels.shape[:2])[:, :, None]
    specks = random.random(pixels.shape[:2])
    pixels[specks < 0.004] = 30
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def _coarsen(picture: Image.Image) -> Image.Image:
    """A fax: 75 dots an inch."""
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BILINEAR)


def _grey(picture: Image.Image) -> Image.Image:
    """Recycled paper, faint ink."""
    pixels = np.asarray(picture, dtype=np.float32)
    return Image.fromarray((95 + pixels * (185 - 95) / 255).astype(np.uint8))


def _photograph(picture: Image.Image) -> Image.Image:
    """A telephone's picture: light from one side, a shadow, blur, squeezed as .jpg."""
    rows, columns = np.mgrid[0 : picture.height, 0 : picture.width].astype(np.float32)
    light = 0.45 + 0.5 * columns / picture.width + 0.1 * rows / picture.height
    shadow = Image.new("L", picture.size, 255)
    ImageDraw.Draw(shadow).polygon([(0, 300), (520, 250), (430, 900), (0, 1100)], fill=170)
    dimmed = np.asarray(shadow.filter(ImageFilter.GaussianBlur(40)), dtype=np.float32) / 255
    pixels = np.asarray(picture, dtype=np.float32) * (light * dimmed)[:, :, None]
    blurred = Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.9))
    content = io.BytesIO()
    blurred.save(content, "JPEG", quality=45)
    return Image.open(io.BytesIO(content.getvalue())).convert("RGB")
