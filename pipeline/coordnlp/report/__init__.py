"""The writing edge: from what a run found to the files that people and programs read."""

from coordnlp.report.edits import read_edits
from coordnlp.report.manifest import describe_run
from coordnlp.report.outputs import Written, check_writable, write_outputs
from coordnlp.report.placing import repair
from coordnlp.report.redaction import redact
from coordnlp.report.terminal import summarise

__all__ = ["Written", "check_writable", "describe_run", "read_edits", "redact", "repair", "summarise", "write_outputs"]
