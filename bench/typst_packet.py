"""The rival from outside: Typst compiles a packet with the same visible content, tagged."""

from __future__ import annotations

import re

import typst

from generator.fonts.faces import FACES
from generator.library import Library
from generator.markup.plan_parts import PlanView
from generator.model import Plan
from generator.model.blocks import ListBlock, StepsBlock, TextBlock

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


def source_of(library: Library, plan: Plan, view: PlanView) -> bytes:
    """A packet in Typst's language: the plan's pages, then the handout's."""
    patient = plan.patient
    head = _HEAD.replace("@@NAME", _text(patient.full_name))
    head = head.replace("@@RECORD", _text(patient.record_id))
    lines = [head, *_plan(plan, library, view)]
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


def _plan(plan: Plan, library: Library, view: PlanView) -> list[str]:
    patient, clinic = plan.patient, library.clinic
    medicines = "".join(
        f"  [*{_text(m.name)}* \\ {_text(m.dose)}], "
        f"[*{m.action}:* {' '.join(map(_text, m.lines))}], [{_text(m.decided_by)}],\n"
        for m in view.medicines
    )
    days = "".join(
        f"=== {_text(day.day)}\n" + "".join(f"- *{s.time}* {_text(s.text)}\n" for s in day.steps)
        for day in view.days
    )
    phones = "".join(f"- *{phone.number}* {phone.hours['en']}\n" for _, phone in clinic.phones)
    lines = "\n#v(8mm) #line(length: 100%)\n"
    return [
        f"= Your plan: {_text(view.operation)}, {view.side}\n*{_text(patient.full_name)}*\n",
        f"Born {patient.birth_date} Record {_text(patient.record_id)} English\n",
        "Not you, or not your operation? Give this paper back to a nurse at once.\n",
        f"== When and where to come\n{view.arrival.time} {view.arrival.text}\n",
        f"{view.surgery.time} {view.surgery.text}\n\n{_text(plan.location)}",
        f"{_text(plan.surgeon)}. Prepared by {_text(plan.prepared_by)}.\n",
        f"== What to do, and when. Tick each line when it is done.\n{days}#pagebreak()",
        (
            "== Your medicines\n#table(columns: (2fr, 3fr, 2fr),\n"
            f"  table.header([Medicine], [What to do], [Decided by]),\n{medicines})\n"
        ),
        "== Allergies\n" + "".join(f"- {_text(a)}\n" for a in plan.allergies),
        f"== Who takes you home\n{_text(plan.escort or '')}\n\n"
        + "\n".join(map(_text, plan.notes)),
        "#pagebreak()\n== What to bring\n",
        "".join(f"- {_text(thing.text['en'])}\n" for thing in clinic.plan.bring),
        "== Tell your nurse, in your own words\n",
        f"When do you stop eating? When do you stop drinking?{lines}",
        f"What do you do with each of your medicines?{lines}",
        f"Whom do you call if you feel sick, or if you have a question?{lines}",
        f"== Whom to call\n- *{plan.contact.phone}* {_text(plan.contact.name)}\n{phones}",
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
