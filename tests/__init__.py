"""The tests of the handout press."""
