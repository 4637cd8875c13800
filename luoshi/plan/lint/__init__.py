"""方案体检: what a plan's text leaves open, contradicts, overdoes or overloads; pure, without Django.

One file for each question. `checking.check` asks them all of a `Draft`, which `reading.of_text` makes from bare
text and `plan.queries` from an imported plan. `findings.KINDS` is the closed list of what may be found.
"""
