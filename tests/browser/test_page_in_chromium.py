"""`report.html` in a real Chromium, without a network: filters, unfolding, clicks, what hostile text does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coordnlp.records import Dossier
from coordnlp.report.labels import load_labels
from coordnlp.report.page import make_page

sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def handmade():  # type: ignore[no-untyped-def]
    import importlib.util

    path = Path(__file__).parents[1] / "report/handmade.py"
    spec = importlib.util.spec_from_file_location("handmade", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Opened:
    """A page with all that it asked for and complained of."""

    def __init__(self, browser: Browser, file: Path, width: int = 1366) -> None:
        self.page: Page = browser.new_page(viewport={"width": width, "height": 768})
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.messages.append(dialog.message), dialog.dismiss()))
        self.page.goto(file.as_uri())

    def shown(self) -> list[str]:
        return [
            row.get_attribute("id") or ""
            for row in self.page.locator("details.row").all()
            if not row.evaluate("row => row.hidden")
        ]

    def wait(self) -> None:
        self.page.wait_for_timeout(250)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, handmade):  # type: ignore[no-untyped-def]
    pages: list[Opened] = []

    def open_page(dossier: Dossier) -> Opened:
        file = tmp_path / "report.html"
        file.write_bytes(make_page(dossier, lambda _: "new", load_labels()))
        pages.append(Opened(browser, file))
        return pages[-1]

    yield open_page
    for one in pages:
        one.page.close()


@pytest.fixture
def three(handmade) -> Dossier:  # type: ignore[no-untyped-def]
    rows = (
        handmade.gap("G-AAAA", "提供三季度床位数据", severity=80),
        replace(handmade.gap("G-BBBB", "送交名册", severity=50), responsible="A", days_waiting=90, date="2024-01-05"),
        replace(
            handmade.gap("G-CCCC", "界线之争", severity=30), type="recurring", measures=("role_clarity",), request=""
        ),
    )
    return handmade.dossier(gaps=rows)


def test_nothing_is_asked_for_and_nothing_complains(opened, three) -> None:  # type: ignore[no-untyped-def]
    one = opened(three)
    assert [url for url in one.requests if not url.startswith("file:")] == []
    assert len(one.requests) == 1
    assert one.messages == []


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("type", "未答复", ["G-AAAA", "G-BBBB"]),
        ("type", "分歧反复", ["G-CCCC"]),
        ("party", "临港区总工会", ["G-BBBB"]),
        ("severity", "高", ["G-AAAA"]),
        ("measure", "role_clarity", ["G-CCCC"]),
    ],
)
def test_a_filter_shows_what_fits_and_no_more(opened, three, field: str, value: str, shown: list[str]) -> None:  # type: ignore[no-untyped-def]
    one = opened(three)
    one.page.locator(f"[name={field}]").select_option(value)
    one.wait()
    assert one.shown() == shown
    assert one.page.locator("#count").inner_text() == f"显示 {len(shown)} / 3 条"
    one.page.locator("button[type=reset]").click()
    one.wait()
    assert len(one.shown()) == 3


def test_words_and_days_filter_too(opened, three) -> None:  # type: ignore[no-untyped-def]
    one = opened(three)
    one.page.locator("[name=text]").fill("名册 g-bbbb")
    one.wait()
    assert one.shown() == ["G-BBBB"]
    one.page.locator("[name=text]").fill("")
    one.page.locator("[name=to]").fill("2024-02-01")
    one.wait()
    assert one.shown() == ["G-BBBB"]
    one.page.locator("[name=text]").fill("没有这样的话")
    one.wait()
    assert one.shown() == []


def test_rows_are_put_in_another_order_and_back(opened, three) -> None:  # type: ignore[no-untyped-def]
    one = opened(three)
    one.page.locator("[name=sort]").select_option("waiting")
    one.wait()
    assert one.shown()[0] == "G-BBBB"
    one.page.locator("[name=sort]").select_option("rank")
    one.wait()
    assert one.shown() == ["G-AAAA", "G-BBBB", "G-CCCC"]


def test_a_row_unfolds_by_key_and_shows_its_quote(opened, three) -> None:  # type: ignore[no-untyped-def]
    one = opened(three)
    row = one.page.locator("#G-AAAA")
    assert not row.locator("blockquote").first.is_visible()
    row.locator("summary").first.focus()
    one.page.keyboard.press("Enter")
    assert row.locator("blockquote").first.is_visible()


def test_a_click_on_the_ladder_opens_the_row_though_a_filter_hides_it(opened, three) -> None:  # type: ignore[no-untyped-def]
    one = opened(three)
    one.page.locator("[name=type]").select_option("分歧反复")
    one.wait()
    one.page.locator("svg.ladder a").first.click(force=True)
    one.wait()
    assert len(one.shown()) == 3
    assert one.page.locator("details.row[open]").count() == 1


def test_hostile_text_does_nothing(opened, handmade) -> None:  # type: ignore[no-untyped-def]
    bad = "</script><script>alert(1)</script><img src=http://x.example/a onerror=alert(1)>"
    row = replace(handmade.gap("G-AAAA", bad), why=bad, suggestion=bad)
    one = opened(replace(handmade.dossier(gaps=(row,)), notes=(bad,)))
    one.page.locator("#unfold").click()
    one.wait()
    assert one.messages == []
    assert len(one.requests) == 1
    assert "<img" in one.page.locator("#G-AAAA").inner_text()


def test_five_thousand_rows_stay_usable(opened, handmade) -> None:  # type: ignore[no-untyped-def]
    rows = tuple(handmade.gap(f"G-{number:04}", f"第{number}件事") for number in range(5000))
    one = opened(handmade.dossier(gaps=rows))
    one.page.locator("[name=text]").fill("第4321件事")
    sync.expect(one.page.locator("#count")).to_have_text("显示 1 / 5000 条", timeout=20_000)
    assert one.page.locator("#G-4321").is_visible()


def test_everything_unfolds_for_paper(opened, three) -> None:  # type: ignore[no-untyped-def]
    one = opened(three)
    one.page.emulate_media(media="print")
    one.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert one.page.locator("details.row[open]").count() == 3
    assert not one.page.locator("#filters").is_visible()
    one.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert one.page.locator("details.row[open]").count() == 0


def test_the_page_does_not_scroll_sideways(opened, three) -> None:  # type: ignore[no-untyped-def]
    one = opened(three)
    for width in (1366, 1024, 400):
        one.page.set_viewport_size({"width": width, "height": 768})
        wider = one.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 1
