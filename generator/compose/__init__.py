"""From fragments to packets: binds laid-out pages into one tagged PDF, and stamps every page."""

from generator.compose.bind import Binding, Part, bind, bound_alone
from generator.compose.impose import PAGES_A_SHEET, booklet_order, impose
from generator.compose.lock import Lock, opened, read_lock
from generator.compose.packet import personalise
from generator.compose.print_run import PrintRun
from generator.compose.review_metadata import Copy
from generator.compose.side_by_side import Beside, Placed, side_by_side, with_numbers
from generator.compose.tail import Tail, tail_of

__all__ = [
    "PAGES_A_SHEET",
    "Beside",
    "Binding",
    "Copy",
    "Lock",
    "Part",
    "Placed",
    "PrintRun",
    "Tail",
    "bind",
    "booklet_order",
    "bound_alone",
    "impose",
    "opened",
    "personalise",
    "read_lock",
    "side_by_side",
    "tail_of",
    "with_numbers",
]
