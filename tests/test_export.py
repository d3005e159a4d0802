"""An answer as Markdown, in which words stay words."""

from dataclasses import replace

from rag.answers import Answer, Sentence
from rag.briefings import Scope
from rag.storage.conversations import Exchange
from tests.talks import ANSWER, NINE
from ui.export import as_markdown, as_text, file_name


def test_markdown_of_an_answer_keeps_words_words() -> None:
    hostile = replace(NINE, title="![x](http://a.example)", quote="# <b>$x$</b> [a](javascript:b)")
    answer = replace(ANSWER, sentences=(Sentence("*Nine* `left`.", (1,), "supported"),), citations=(hostile,))
    words = as_markdown(Exchange(1, "who left?", Scope(), 1, answer))
    assert words == (
        "## who left?\n\n\\*Nine\\* \\`left\\`. \\[1\\]\n\n### Sources\n\n"
        "1. !\\[x\\](`http://a.example`) · Courier · 3 May 2031 · Ships · ¶2\n"
        "   > \\# \\<b\\>\\$x\\$\\</b\\> \\[a\\](javascript:b)\n"
    )
    assert file_name("Who left — and why?") == "who-left-and-why.md"


def test_text_has_no_markup() -> None:
    odd = replace(NINE, title="A*B", quote="Nine\n_ships_ left.")
    answer = replace(ANSWER, sentences=(Sentence("Nine ships left.", (1,), "unchecked"),), citations=(odd,))
    assert as_text(Exchange(1, "who left?", Scope(), 1, answer)) == (
        "who left?\n\nNine ships left. [1] (not checked)\n\nSources\n\n"
        "1. A*B · Courier · 3 May 2031 · Ships · ¶2\n   “Nine _ships_ left.”\n"
    )


def test_markdown_tells_how_a_question_was_understood() -> None:
    words = as_markdown(Exchange(1, "and two?", Scope(), 1, replace(ANSWER, question="and two?")))
    assert words.startswith("## and two?\n\nUnderstood as: who left?\n\nNine ships left.")


def test_a_list_stays_one_in_markdown() -> None:
    reply = Answer("list?", "list?", abstained=True, searched=False, reason="Briefings: 2.\n“*One*” · A\n# Two")
    words = as_markdown(Exchange(1, "list?", Scope(), 0, reply))
    assert words.split("\n")[2:] == ["Briefings: 2.", "- “\\*One\\*” · A", "- \\# Two", ""]
