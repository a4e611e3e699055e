"""Runs of many packets: workers, journal, manifest, print run, and the way to a printer."""

from generator.run.batch import Batch, Outcome
from generator.run.journal import Journal
from generator.run.manifest import Manifest, Record, read_manifest, words_in, write_manifest
from generator.run.print_run import Range, chosen_records, print_run, reprint
from generator.run.records import records_of
from generator.run.spool import Queues, Spool, queues, send
from generator.run.verify import verify
from generator.run.worker import Job, Setup

__all__ = [
    "Batch",
    "Job",
    "Journal",
    "Manifest",
    "Outcome",
    "Queues",
    "Range",
    "Record",
    "Setup",
    "Spool",
    "chosen_records",
    "print_run",
    "queues",
    "read_manifest",
    "records_of",
    "reprint",
    "send",
    "verify",
    "words_in",
    "write_manifest",
]
