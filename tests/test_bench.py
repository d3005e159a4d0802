"""The benchmark's scorers, worked out by hand, its reading of articles, and its tables and plot."""

from argparse import ArgumentTypeError
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.bench.__main__ import sizes
from evals.bench.data import Article, as_markdown, multihop
from evals.bench.quality import Recall, Refusals
from evals.bench.report import clapnq_table, multihop_table, plot, refusal_table, speed_table
from evals.bench.scorers import Scores, means, score
from evals.bench.speed import Speed
from ingest.documents import canonical
from ingest.readers import read_markdown
from rag.errors import UsageError
from tests.toys import PROPERTY

FACTS = ["The port reopened.", "Nine ships left.", "It rained."]


def test_a_text_is_a_hit_when_it_holds_a_fact_white_space_aside() -> None:
    found = score(["nothing", "It is said: The port\n reopened. Nine ships left.", "Nineships left."], FACTS)
    assert asdict(found) == pytest.approx(
        {
            "hits_10": 1.0,
            "hits_4": 1.0,
            "mrr_10": 1 / 2,
            "map_10": (2 / 2 + 0 / 3) / 3,  # two facts are first seen at rank 2, none at rank 3
            "recall_10": 2 / 3,
            "all_10": 0.0,
        }
    )


def test_only_ten_texts_count_and_hits_at_4_only_four() -> None:
    assert score(["-"] * 4 + FACTS, FACTS).hits_4 == 0.0
    assert score(["-"] * 4 + FACTS, FACTS).all_10 == 1.0
    assert score(["-"] * 10 + FACTS, FACTS) == Scores(0, 0, 0, 0, 0, 0)


def test_means_are_taken_measure_by_measure() -> None:
    both = means([Scores(1, 1, 1, 1, 1, 1), Scores(1, 0, 0.5, 0, 0.5, 0)])
    assert both == Scores(1.0, 0.5, 0.75, 0.5, 0.75, 0.5)


@PROPERTY
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1), min_size=1))
def test_an_article_reads_exactly_like_its_lines(lines: list[str]) -> None:
    article = Article("1", 'A "title": # *x*', "Sea Post | Ports", "2032-05-03", "\n".join(lines))
    document = read_markdown(as_markdown(article).encode())
    text, paragraphs = canonical(document.blocks)
    assert [text[p.start : p.end] for p in paragraphs] == lines
    assert (document.title, document.source, str(document.published)) == (
        article.title,
        article.source,
        "2032-05-03",
    )
    assert document.notices == ()


def test_tables_put_the_product_beside_the_best_other() -> None:
    a, b, c = (Scores(v, v, v, v, v, v) for v in (0.9, 0.6, 0.3))
    assert "| Hits@10 | 0.900 | 0.600 | 0.300 | 1.50 |" in multihop_table({"ours": a, "x": b, "y": c})
    table = clapnq_table({"ours": {"answerable": Recall(0.9, 1.0)}, "x": {"answerable": Recall(0.6, 0.8)}})
    assert "| answerable: recall@1 | 0.900 | 0.600 | 1.50 |" in table
    assert "| that name none | 0 | – |" in refusal_table(Refusals(4, 3, 0, 0))


def test_speeds_make_a_table_and_a_plot_that_is_xml() -> None:
    small = Speed(1_000, 20.0, 30.0, 5.0, 4.0, 3.0, 1.0, 45.0, 2.0, 1.0, 300.0)
    large = Speed(1_000_000, 40.0, 60.0, 9.0, 7.0, None, None, 22.0, 0.0, 2.0, 2_000.0)
    assert (small.ratio, large.ratio) == (5.0, None)
    assert "| 1,000,000 | 40.0 | 60.0 | 9.0 | 7.0 | – | – | – | 22.0 | 2.0 | 2,000 |" in speed_table([small, large])
    assert len(ElementTree.fromstring(plot([small, large])).findall(".//{*}polyline")) == 4
    assert ElementTree.fromstring(plot([small])).tag.endswith("svg")


def test_a_missing_data_set_is_told_with_the_setting_to_mend(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"corpus.jsonl cannot be read: .*BRIEFINGS_BENCH_DATA"):
        multihop(tmp_path)


def test_sizes_are_numbers_with_commas_between() -> None:
    assert sizes("1000, 35000,1000") == (1000, 35000)
    for wrong in ("", "x", "0", "-5", "1,,2", "1.5"):
        with pytest.raises(ArgumentTypeError, match="not a list of numbers"):
            sizes(wrong)
