"""Two unions that write to each other: the teams of the smallest folders."""

TEAMS = """\
ours = "A"
[[team]]
id = "A"
name = "临港区总工会"
aliases = ["区总"]
[[team]]
id = "B"
name = "临港船厂工会"
aliases = ["船厂工会"]
"""
