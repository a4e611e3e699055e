"""The rival from outside: Typst compiles a packet with the same visible content, tagged."""

from __future__ import annotations

import re

import typst

from generator.library import Library
from generator.model import Plan
from generator.model.blocks import ListBlock, StepsBlock, TextBlock
from generator.press.fonts import FACES

FONTS = [str(face.folder) for face in FACES]
_HEAD = """#set document(title: "Your plan", author: "Example Valley Orthopedic Clinic")
#set text(font: ("Atkinson Hyperlegible", "Noto Sans"), size: 14pt, lang: "en")
#set par(leading: 0.7em)
#let teal = rgb("#0b4f5c")
#show heading: set text(fill: teal)
#set page(paper: "us-letter", margin: (top: 31mm, bottom: 42mm, x: 20mm),
  header: [#text(12pt, weight: "bold", fill: teal)[Example Valley Orthopedic Clinic] #h(1fr)
    #text(12pt)[Your plan] #line(length: 100%, stroke: 0.6mm + teal)],
  footer: context [#line(length: 100%, stroke: 0.3mm + teal)
    *@@NAME* #h(1fr) *Page #counter(page).display("1 of 1", both: true)* \\
    #text(12pt)[Record @@RECORD \\ Version 0.1 · English · Not reviewed by a clinician as printed
    here. \\ Based on: Nobody 2026. \\ Office: 555-0100 · Nights: 555-0111 · Emergency: 911]])
"""


def source_of(library: Library, plan: Plan) -> bytes:
    """A packet in Typst's language: the plan's pages, then the handout's."""
    patient = plan.patient
    head = _HEAD.replace("@@NAME", _text(patient.full_name))
    head = head.replace("@@RECORD", _text(patient.record_id))
    lines = [head, *_plan(plan)]
    for name in plan.handouts:
        handout = library.handout(name, patient.language)
        lines += [f"#pagebreak()\n= {_text(handout.title)}\n"]
        for number, section in enumerate(handout.sections):
            lines.append("#pagebreak()\n" if number else "")
            lines.append(f"== {_text(section.words.title)}\n{_text(section.words.purpose)}\n")
            lines += [_block(block) for block in section.words.blocks]
        lines.append("#pagebreak()\n== About this handout\nVersion 0.1. Nobody, 2026.\n")
    return "\n".join(lines).encode()


def compiler() -> typst.Compiler:
    """A compiler that knows our fonts and no others."""
    return typst.Compiler(font_paths=FONTS, ignore_system_fonts=True)


def compiled(with_compiler: typst.Compiler, source: bytes) -> bytes:
    """The packet as a tagged PDF."""
    pdf = with_compiler.compile(input=source, format="pdf", pdf_standards=["ua-1"])
    assert isinstance(pdf, bytes)
    return pdf


def _plan(plan: Plan) -> list[str]:
    patient = plan.patient
    medicines = "".join(
        f"  [*{_text(m.name)}* \\ {_text(m.dose)}], [{m.action} \\ {_text(m.when)}], "
        f"[{_text(m.decided_by)}],\n"
        for m in plan.medicines
    )
    return [
        f"= Your plan\n== This plan is for\n*{_text(patient.full_name)}*\n",
        f"Born {patient.birth_date} Record {_text(patient.record_id)} English\n",
        "Not you? Give this paper back to a nurse at once.\n",
        f"== Your operation\n{_text(plan.procedure)} *{plan.side}*\n\n{_text(plan.surgeon)}\n",
        f"== When and where to come\n{plan.arrival_at} {plan.surgery_at}\n\n{_text(plan.location)}",
        "== Whom to call\n- 555-0123 Nurse C. Example\n- 555-0100\n- 555-0111\n- 911\n#pagebreak()",
        (
            "== Your medicines\n#table(columns: (2fr, 3fr, 2fr),\n"
            f"  table.header([Medicine], [What to do], [Decided by]),\n{medicines})\n"
        ),
        "== Allergies we know of\n" + "".join(f"- {_text(a)}\n" for a in plan.allergies),
        f"== For you\n{_text(plan.escort or '')}\n\n" + "\n".join(map(_text, plan.notes)),
        f"Prepared by {_text(plan.prepared_by)}. Checked by {_text(plan.checked_by)}.\n",
    ]


def _block(block: object) -> str:
    if isinstance(block, ListBlock):
        return f"=== {_text(block.title or '')}\n" + "".join(f"- {_text(i)}\n" for i in block.items)
    if isinstance(block, StepsBlock):
        return f"=== {_text(block.title or '')}\n" + "".join(f"+ {_text(i)}\n" for i in block.items)
    if isinstance(block, TextBlock):
        paragraphs = "\n\n".join(map(_text, block.paragraphs))
        return f"=== {_text(block.title or '')}\n{paragraphs}\n"
    raise TypeError(type(block))


def _text(text: str) -> str:
    return re.sub(r"([\\#$*_@<>`\[\]~/=+-])", r"\\\1", text)
