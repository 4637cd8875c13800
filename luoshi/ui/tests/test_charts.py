"""A picture's table: the same figures, hostile names harmless, open where the picture's script was not fetched."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

from luoshi.ui.charts import Chart

CHART = Chart("单位", ("得分", "名次"), [("</script><b>甲股", (Decimal("86.50"), 1)), ("乙中心", (None, 0))])


def drawn(tag: str, **context: object) -> str:
    return engines["django"].from_string(CottonCompiler().process(tag)).render({"chart": CHART, **context})


def test_the_table_tells_every_figure_and_a_missing_one_is_no_zero():
    page = drawn(
        '<c-chart kind="bar" title="本季度得分" unit="分" says="甲股最高。" :chart="chart" />', chart_kit="/x.js"
    )
    assert re.findall(r"<td[^>]*>([^<]*)</td>", page) == ["86.50", "1", "—", "0"]
    assert "&lt;/script&gt;&lt;b&gt;甲股" in page and "</script>" not in page
    assert 'data-says="甲股最高。"' in page and "chart-here" in page
    assert not re.search(r"<details[^>]* open", page) and "看表格" in page


def test_without_the_script_the_table_stands_open():
    page = drawn('<c-chart kind="line" title="得分" :chart="chart" />', chart_kit="")
    assert "chart-here" not in page and re.search(r"<details[^>]* open", page)


def test_a_row_has_a_figure_for_every_column():
    with pytest.raises(ValueError, match="argument 2"):
        list(Chart("单位", ("得分", "名次"), [("甲股", (1,))]).lines())
