"""The slots are one closed list: the same in the code and in docs/reader.md, with a slot for every mechanism."""

from pathlib import Path

from luoshi.plantext.slots import SLOTS

DOCS = Path(__file__).resolve().parents[3] / "docs" / "reader.md"
# Every row of the traceability table.
IDS = """
0.1 1.1 1.2 1.3a 1.3b 2.0 2.1.1 2.1.2 2.1.3 2.1.4 2.2.1.1a 2.2.1.1b 2.2.1.1c 2.2.1.1d 2.2.1.2 2.2.1.3 2.2.1.4a
2.2.1.4b 2.2.1.4c 2.2.1.4d 2.2.2.1a 2.2.2.1b 2.2.2.1c 2.2.2.2a 2.2.2.2b 2.2.2.2c 2.2.2.3a 2.2.2.3b 2.2.2.3c
2.2.3.1 2.2.3.2 2.2.3.3 2.2.3.4 2.2.3.5 2.2.3.6 2.2.3.7 2.2.4.1a 2.2.4.1b 2.2.4.2 2.2.4.3a 2.2.4.3b 2.2.5.1a
2.2.5.1b 2.2.5.1c 2.2.5.1d 2.2.5.1e 2.2.5.1f 2.2.5.2a 2.2.5.2b 2.2.5.2c 2.2.5.3a 2.2.5.3b 2.2.5.3c 2.2.5.3d
2.2.5.4a 2.2.5.4b 2.2.5.4c 2.2.5.5a 2.2.5.5b 2.2.6.1a 2.2.6.1b 2.2.6.2a 2.2.6.2b 2.2.6.3a 2.2.6.3b 2.2.6.4a
2.2.6.4b 2.2.7.1a 2.2.7.1b 2.2.7.1c 2.2.7.2a 2.2.7.2b 2.2.7.2c 2.2.7.2d 2.2.7.3a 2.2.7.3b 2.2.7.4 2.3.1a 2.3.1b
2.3.2 3.0 3.1a 3.1b 3.2a 3.2b 3.2c 3.3a 3.3b
"""


def test_the_documented_list_is_the_list_in_the_code() -> None:
    told = DOCS.read_text(encoding="utf-8").split("## 挂接项")[1].splitlines()
    listed = [f"| `{s.name}` | {s.title} | {s.drives} | {'、'.join(s.ids)} |" for s in SLOTS.values()]
    assert [row for row in told if row.startswith("| `")] == listed


def test_every_mechanism_has_its_slot() -> None:
    served = {one for slot in SLOTS.values() for one in slot.ids}
    assert served == set(IDS.split())


def test_every_module_is_in_the_documentation() -> None:
    told = DOCS.read_text(encoding="utf-8")
    modules = {path.stem for path in Path(__file__).parents[1].glob("*.py")} - {"__init__", "__main__", "model"}
    assert {name for name in modules if f"`{name}`" not in told} == set()
