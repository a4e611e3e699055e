"""The FHIR R4 door: a Bundle or NDJSON in, an entry for each order of a patient out.

``source`` reads the file, ``versions`` refuses other releases, ``record`` finds resources by their
references. ``entries`` tells the story of one order; the other modules each read one part of it.
"""

from generator.intake.fhir.entries import read_fhir

__all__ = ["read_fhir"]
