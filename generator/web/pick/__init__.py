"""Pick: all handouts as cards, each with its pages, and the way to print it."""
