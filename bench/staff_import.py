"""How long a staff list of N rows takes from file to finished, as JSON: read and checked, then written in one step.

python bench/staff_import.py [rows]        # 10000; a fresh data directory and database of its own
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import time


def main(rows: int) -> int:
    os.environ["LUOSHI_DATA_DIR"] = tempfile.mkdtemp(prefix="luoshi-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    import django

    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command
    from openpyxl import Workbook

    from luoshi.demo.people import build_people
    from luoshi.lib import clock
    from luoshi.org import services, sheets
    from luoshi.org.models import StaffImport, User
    from luoshi.org.services import imports
    from luoshi.records.models import Entry
    from luoshi.records.services import stage

    call_command("migrate", verbosity=0)
    cast = build_people(None)
    surnames, given = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "明华建国志强文静晓燕海涛立新春梅"
    book = Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(list(sheets.COLUMNS))
    for n in range(rows):
        name = surnames[n % 16] + given[n // 16 % 16] + given[n // 256 % 16]
        sheet.append(
            [f"S{n:06d}", name, "规划建设股" if n % 2 else "质安中心", "科员", "承办人", "公务员",
             f"139{n:08d}", "2026-03-01", None]
        )  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    staged = stage(SimpleUploadedFile("花名册.xlsx", out.getvalue()), by=cast.office)
    now, on = clock.now(), clock.today()
    job = services.open_import(str(staged.pk), by=cast.office, bureau=cast.bureau, now=now, on=on)

    began = time.perf_counter()
    imports.work(job.pk)
    checked = time.perf_counter()
    job = StaffImport.objects.get(pk=job.pk)
    findings = len(job.errors)
    job = services.confirm_import(job, by=cast.office, now=now, on=on)
    write = [0.0]
    real = imports.import_staff

    def timed(*args: object, **kwargs: object) -> None:
        start = time.perf_counter()
        real(*args, **kwargs)  # type: ignore[arg-type]
        write[0] = time.perf_counter() - start

    imports.import_staff = timed
    imports.work(job.pk)
    done = time.perf_counter()
    job = StaffImport.objects.get(pk=job.pk)
    people = User.objects.filter(username__startswith="S").count()
    figure = {
        "check_seconds": round(checked - began, 2),
        "import_seconds": round(done - checked, 2),
        "write_step_seconds": round(write[0], 2),
        "total_seconds": round(done - began, 2),
    }
    entries = Entry.objects.filter(act="org.import_staff").count()
    passed = people == rows and findings == 0 and entries == 1 and done - began <= 60 and write[0] <= 3
    answer = {"id": "T27-speed", "n": rows, "failures": rows - people, "figure": figure, "pass": passed}
    print(json.dumps(answer, ensure_ascii=False))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
