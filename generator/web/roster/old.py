"""What of a run may not be given out any more, and why."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from generator.errors import ContentError
from generator.recall import usual_register
from generator.recall.out import packets_out
from generator.recall.replaced import Replaced, replaced_packets
from generator.review.old_words import old_words
from generator.review.whatis import Known
from generator.run import Manifest, words_in
from generator.web.answers import Refusal
from generator.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Old:
    """Words that stood when a run was made and do not today; packets that newer ones replaced, or
    whose operation is over. Of a library that is ``broken`` nobody knows."""

    words: tuple[Known, ...] = ()
    packets: tuple[Replaced, ...] = ()
    broken: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.packets or self.broken)


async def what_is_old(desk: Desk, manifest: Manifest) -> Old:
    """What of a run is old at this moment."""
    return await asyncio.to_thread(_what_is_old, desk, manifest)


async def refuse_old(desk: Desk, manifest: Manifest) -> None:
    """Raise :class:`Refusal` when anything is."""
    old = await what_is_old(desk, manifest)
    if old.broken:
        raise Refusal(409, "The library has a mistake in it. Mend that first.")
    if old.words:
        raise Refusal(409, "Words in these packets do not stand any more. Make them anew.")
    if old.packets:
        raise Refusal(409, "Some of these packets were replaced, or come too late.")


def _what_is_old(desk: Desk, manifest: Manifest) -> Old:
    done = [record for record in manifest.packets if record.status == "done"]
    try:
        library = desk.stock.fresh()  # somebody may have withdrawn words a moment ago
    except ContentError:
        return Old(broken=True)
    on, ids = desk.stock.moment().date(), [record.id for record in done]
    replaced = replaced_packets(packets_out(usual_register(), library.clinic.name), ids, on)
    return Old(old_words(library, words_in(done), on), replaced)
