"""Whether the pages of files may still be given out, asked before they go to a printer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from generator.library import Library


def refuse_old(library: Library, files: Sequence[Path], called: str, on: date) -> bool:
    """Refuse files, ``called`` so for people, whose words do not stand any more, or that hold
    packets which are not to be given out any more. Returns whether all say which words they have.

    Raises :class:`OldWords`, :class:`OldPackets`, :class:`LockedAtPrinter` or
    :class:`UnreadableCopy`.
    """
    from generator.compose.read_codes import said_of_file
    from generator.library import shown
    from generator.recall import usual_register
    from generator.recall.out import packets_out, words_given
    from generator.recall.replaced import refuse_old_packets
    from generator.review.old_words import refuse_old_words

    said = [said_of_file(file, shown(file)) for file in files]
    packets = {packet for one in said for packet in one.packets}
    words = dict.fromkeys(each for one in said for each in one.words)
    out = packets_out(usual_register(), library.clinic.name) if packets else {}
    refuse_old_words(library, (*words, *words_given(out, packets)), on, called)
    refuse_old_packets(out, packets, on, called)
    return all(one.words for one in said)
