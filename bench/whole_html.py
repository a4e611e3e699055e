"""The rival from inside: WeasyPrint lays out the whole packet as one HTML.

It does as little as it can: the stylesheet is parsed once, fonts are configured once, nothing
is checked afterwards. Head, foot, name and page number run in margin boxes.
"""

from __future__ import annotations

import re
from dataclasses import replace

from generator.assembly import PacketMaker
from generator.library import Library
from generator.markup import Document, plan_paper, render
from generator.model import Plan
from generator.press import page
from generator.press.fetcher import PictureFetcher
from generator.signoff import State

_NUMBER = ".bench-number::before { content: 'Page ' counter(page) ' of ' counter(pages) }"


def html_of(maker: PacketMaker, library: Library, plan: Plan) -> tuple[str, str]:
    """The packet as one HTML, and its stylesheet."""
    language = plan.patient.language
    views = maker._maker(language, plan.patient.large_print)
    handouts = [library.handout(name, language) for name in plan.handouts]
    own = maker.plans.document(plan, views, (0.0,))
    parts = [views.handout(handout, maker.standing(handout), frozenset()) for handout in handouts]
    document: Document = replace(own, parts=(own.parts[0], *parts))
    rendered = render(document, library.templates)
    paper = render(
        replace(own, parts=(plan_paper(State.DRAFT, [], views.labels),)), library.templates
    ).html
    running = re.search(r'<div class="page-head".*?(?=<div class="paper-words")', paper, re.DOTALL)
    assert running
    name = f"<p><strong>{plan.patient.full_name}</strong></p><p>Record {plan.patient.record_id}</p>"
    tails = [render(tail, library.templates).html for tail in views.tail_documents(plan)]
    ends = [re.findall(r'<div class="part plan-tail".*(?=</body>)', t, re.DOTALL) for t in tails]
    end = "".join(html for found in ends for html in found)
    html = re.sub(r'<div class="slot tail".*?</div>', lambda _: end, rendered.html)
    html = html.replace('data-part="plan">', f'data-part="plan">{running[0]}', 1)
    html = html.replace('data-slot="identity">', f">{name}")
    html = html.replace('data-slot="number">', '><p class="bench-number"></p>')
    css = re.sub(r"\.(letter|a4) \.plan-tail \{", ".bench-not-here {", rendered.css)
    return html.replace('class="part plan-tail"', 'class="plan-tail"'), css + _NUMBER


def print_whole(library: Library, html: str, css: str) -> bytes:
    """Lay out and write it, tagged."""
    weasyprint = page._weasyprint()
    sheet, _ = page._stylesheet(css)
    fetcher = PictureFetcher(library.pictures, page.SCHEME)
    laid_out = weasyprint.HTML(string=html, url_fetcher=fetcher).render(
        stylesheets=[sheet], font_config=page._font_configuration(), pdf_variant=page.PDF_VARIANT
    )
    return bytes(laid_out.write_pdf(pdf_variant=page.PDF_VARIANT))
