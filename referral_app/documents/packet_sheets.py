"""The texts of a packet as flowables: its styles, its language, and what fills its placeholders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reportlab.platypus import Flowable

from referral_app.documents import layout, packet_language, patient_text, symbols, tables, text
from referral_app.documents.layout import Styles
from referral_app.documents.packet_language import Words
from referral_app.documents.patient_text import Block, Kind, Section

LARGE = 16.0
"""From this size of print on nothing stands side by side."""


@dataclass
class Sheets:
    """The styles of a packet, what fills its placeholders, its language, and the texts in force by name.

    A text that is not among `texts` is the program's own. `used` are the names of those that were taken so far.
    """

    styles: Styles
    words: Mapping[str, str]
    language: str = "en"
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    used: set[str] = field(default_factory=set[str], init=False)
    numbered: int = field(default=0, init=False)

    @property
    def own(self) -> Words:
        """The words of the language that are composed."""
        return packet_language.words(self.language)

    @property
    def large(self) -> bool:
        """Whether this is large print."""
        return self.styles.size >= LARGE

    def text(self, name: str) -> Section:
        """Return a text as it is in force; raises `BadText` where it is not whole."""
        self.used.add(name)
        return patient_text.load(name, self.language, self.texts)

    def fill(self, words: str) -> text.Markup:
        """Return text of ours as markup, with its placeholders filled."""
        return patient_text.fill(words, self.words)

    def title(self, name: str) -> Flowable:
        """Return the heading of a text."""
        return layout.Heading(self.fill(self.text(name).heading), self.styles.title)

    def section(self, name: str) -> list[Flowable]:
        """Return a text below its heading, which stays with what is kept together behind it."""
        title, body = self.title(name), self.body(name)
        if body and isinstance(body[0], layout.Whole):
            return [layout.Whole([title, body[0]]), *body[1:]]
        return [title, *body]

    def body(self, name: str) -> list[Flowable]:
        """Return a text without its heading."""
        return self.blocks(self.text(name).blocks)

    def blocks(self, blocks: Iterable[Block]) -> list[Flowable]:
        """Return the blocks of a text; lists to tick get their boxes drawn."""
        made: list[Flowable] = []
        listed = False
        for block in blocks:
            if listed and block.kind is Kind.PARAGRAPH:
                made.append(tables.space(self.styles.leading * 0.3))
            listed = block.kind in (Kind.TICK, Kind.ITEM, Kind.NUMBER)
            new = list(self._block(block))
            if block.kind is Kind.NUMBER:
                new = [layout.Whole([*made[-1:], *new])]
                del made[-1:]
            made += new
        return made

    def _block(self, block: Block) -> Iterator[Flowable]:
        self.numbered = self.numbered + 1 if block.kind is Kind.NUMBER else 0
        words = self.fill(block.words)
        if not words:
            return
        if block.kind is Kind.SUBHEADING:
            yield layout.room(
                self.styles.leading * 4.8
            )  # with the three lines of a paragraph that is not split
            yield layout.Heading(words, self.styles.heading)
        elif block.kind is Kind.PARAGRAPH:
            if words.removesuffix("</b>").endswith(":"):
                yield layout.room(self.styles.leading * 3)
            yield text.paragraph(words, self.styles.body)
        else:
            yield self.item(words, self._symbol(block.kind))

    def item(self, words: str, symbol: symbols.Symbol = symbols.dot) -> Flowable:
        """Return one line of a list."""
        indent = self.styles.size * (1.9 if symbol is not symbols.dot else 1.3)
        return symbols.Marked(words, self.styles.item, symbol, indent)

    def _symbol(self, kind: Kind) -> symbols.Symbol:
        if kind is Kind.NUMBER:
            return symbols.numeral(self.numbered)
        return symbols.tick if kind is Kind.TICK else symbols.dot

    def boxed(self, section: Section, lang: str = "") -> Flowable:
        """Return a text in a box, its heading bold; `lang` is its language where that is not the page's."""
        body = self.styles.body
        parts = [(text.bold(self.fill(section.heading)), body)]
        parts += [(self.fill(block.words), body) for block in section.blocks]
        return tables.box(parts, layout.RULE, padding=12, lang=lang)

    def helped(self, markdown: str) -> Flowable:
        """Return the notice of help in Spanish, the program's own where `markdown` is empty."""
        section = patient_text.load("help", "es", {"help": markdown} if markdown else None)
        return self.boxed(section, packet_language.words("es").tag)

    def caption(self, name: str) -> Flowable:
        """Return the words below a drawing."""
        words = self.fill(self.text(name).blocks[0].words)
        return text.paragraph(words, self.styles.caption, role="Caption")
