"""Words as they are saved: the page, what is to mend, how hard it is to read."""
