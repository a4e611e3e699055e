"""From fragments to packets: binds laid-out pages into one tagged PDF, and stamps every page."""

from generator.compose.bind import Binding, Part, bind, bound_alone
from generator.compose.packet import personalise
from generator.compose.print_run import PrintRun

__all__ = ["Binding", "Part", "PrintRun", "bind", "bound_alone", "personalise"]
