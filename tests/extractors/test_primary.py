"""What is the miner's own word and what is the press, told from the article itself."""

import pytest

from extractors.merge.primary import is_primary
from extractors.model import Article
from tests.support.effort import assert_in_proportion

OWN = {
    "wire": "AUSTIN, Texas, March 4, 2026 (GLOBE NEWSWIRE) -- Oakrig Mining Inc. sold 310 BTC in February.",
    "other wire": "Monthly record\n\nDENVER, June 2, 2025 /PRNewswire/ -- Oakrig sold 310 BTC.",
    "third wire": "MIAMI--(BUSINESS WIRE)--Oakrig Mining Inc. sold 310 bitcoin.",
    "fourth wire": "Calgary, Alberta--(Newsfile Corp. - May 6, 2025) - Oakrig Mining Corp. sold 310 bitcoin.",
    "dateline without a wire": "RENO, Nev., Aug. 5, 2025 \u2013 Oakrig Mining, Inc. (Nasdaq: OAKR), a miner, sold 310 BTC.",
    "defined terms": 'Oakrig Mining Inc. ("Oakrig" or the "Company") sold 310 bitcoin in July, raising $36 million.',
    "typographic terms": "Oakrig Mining plc (the \u201cCompany\u201d) sold 310 bitcoin in July.",
    "a report to the regulator": "Form 8-K\nCurrent report pursuant to Section 13 or 15(d) of the Exchange Act\nOakrig sold 310 bitcoin.",
    "an item of it": "Item 7.01 Regulation FD Disclosure\nOakrig sold 310 bitcoin in July.",
    "source line": "July 9, 2025 | Source: Oakrig Mining Corp.\n\nOakrig sold 310 bitcoin in June.",
    "boilerplate": "Oakrig sold 310 bitcoin in July.\n\nAbout Oakrig\nOakrig mines.\n\nForward-looking statements\nAll may fail.",
    "the company of itself": "Oakrig Mining plc (LSE: OAK) is pleased to provide its update. It sold 310 bitcoin.",
    "the company twice and we": "The Company sold 310 bitcoin. With the money the Company paid for machines that we had ordered.",
}
PRESS = {
    "a plain report": "Oakrig Mining sold 310 bitcoin in July, its monthly update showed.",
    "an agency": "NEW YORK, Aug 5 (Reuters) - Oakrig Mining Inc. (OAKR) sold 310 bitcoin in July.",
    "a dated agency": "NEW YORK, Aug. 5, 2025 (Reuters) - Oakrig Mining Inc. (NASDAQ: OAKR) sold 310 bitcoin.",
    "a quoted release": 'Oakrig (NASDAQ: OAKR) sold 310 bitcoin. "We are pleased to report that the Company funds itself; '
    'the Company sells what it must," its chief said.',
    "a quoted term": 'The company said in a filing that Oakrig Mining Inc. ("Oakrig" or the "Company") sold 310 bitcoin.',
    "a quoted dateline": 'Oakrig sold. The release began "RENO, Nev., Aug. 5, 2025 (GLOBE NEWSWIRE) -- Oakrig Mining" and ended in praise.',
    "a wire as its source": "Oakrig sold 310 bitcoin in July, according to a release on GlobeNewswire. About Oakrig little is known.",
    "a filing as its source": "A Form 8-K filing shows that Oakrig sold 310 bitcoin under Item 8.01; forward-looking statements abound.",
    "today": "Oakrig Mining (NASDAQ: OAKR) today announced that it sold 310 bitcoin.",
    "a blog": "We told you so. Oakrig sold 310 bitcoin, and our view of it has not changed.",
    "nothing": "",
}


@pytest.mark.parametrize("name", OWN)
def test_releases_and_filings_are_primary(name: str) -> None:
    assert is_primary(Article("a", "Oakrig Mining: July update", OWN[name]))


@pytest.mark.parametrize("name", PRESS)
def test_the_press_is_not_whatever_it_quotes(name: str) -> None:
    assert not is_primary(Article("a", "Oakrig Mining sells bitcoin", PRESS[name]))


@pytest.mark.parametrize(
    ("link", "primary"),
    [
        ("https://www.sec.gov/Archives/edgar/data/1/0001.htm", True),
        ("https://www.globenewswire.com/news-release/2025/1", True),
        ("https://investors.oakrig.example/news/1", True),
        ("https://ir.oakrig.example/1", True),
        ("https://notsec.gov.example/1", False),
        ("https://news.example/globenewswire.com/1", False),
        ("https://[broken", False),
        (None, False),
    ],
)
def test_the_site_tells(link: str | None, primary: bool) -> None:
    assert is_primary(Article("a", "Oakrig sells", "It sold 310 bitcoin.", link=link)) is primary


@pytest.mark.parametrize("unit", ["(", '"', "A, ", "the company ", "AUSTIN, Texas, March 4, 2026 ", "About A. ", "- form ", "says in a "])
def test_a_hostile_text_takes_no_more_than_its_length(unit: str) -> None:
    assert_in_proportion(_is_press, lambda size: Article("a", "x", (unit * size)[:size]), 1_000_000)


def _is_press(article: Article) -> None:
    assert not is_primary(article)
