"""The stages: functions from records to records. None of them imports another; `run` knows the order."""
