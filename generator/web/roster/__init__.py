"""A roster: dropped, looked at, run, watched, stopped, gone on with, removed."""
