"""Write the coverage report: `make coverage-report`."""

from __future__ import annotations

import sys

from tests.coverage import REPORT, STANDARDS, lines, report

REPORT.write_text(report(), encoding="utf-8")
for standard in STANDARDS:
    held = sum(line.is_held for line in lines(standard))
    sys.stdout.write(f"{standard.name}: {held} of {len(lines(standard))}\n")
