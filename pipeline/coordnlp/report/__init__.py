"""The writing edge: from what a run found to the files that people and programs read."""

from coordnlp.report.outputs import Written, check_writable, write_outputs
from coordnlp.report.placing import repair
from coordnlp.report.terminal import summarise

__all__ = ["Written", "check_writable", "repair", "summarise", "write_outputs"]
