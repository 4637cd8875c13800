"""个人年度材料: drawn from the records, shown to the person, answered by him, replied to, handed in to who decides."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction

from luoshi.appraisal.models import MaterialAnswer, YearMaterial
from luoshi.appraisal.queries import materials as told
from luoshi.appraisal.queries.windows import window
from luoshi.appraisal.rules.materials import MOVES, OFFICE, SELF, FactKey, MaterialState
from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.lib.seal import canonical
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.plan.models import Clause
from luoshi.records.services import act, record, turn

STATES = {str(value): str(label) for value, label in MaterialState.choices}
MANY = 500


@act
def draw_materials(
    *, bureau: Unit, year: int, people: Sequence[User], clause: Clause | None, by: User, on: date
) -> list[YearMaterial]:
    """提取: the facts of a year, for those who have none yet; a draft and one with answers is drawn again."""
    if Duty.OFFICE not in org.duties(by, bureau.pk, on):
        raise NotAllowed("个人年度材料由局办公室提取，您目前没有这项职责。")
    if year not in (on.year - 1, on.year):
        raise NotAllowed("只能提取今年或去年的材料，请核对年度。")
    if not people or len(people) > MANY:
        raise NotAllowed(f"请选择人员，一次不超过{MANY}人。")
    seats = told.seats([one.pk for one in people], bureau.pk, year, on)
    for person in people:
        if person.pk not in seats:
            raise NotAllowed(f"{person}在{year}年没有在本局任职，请核对人员。")
    facts = told.facts_of([one.pk for one in people], bureau.pk, year, on)
    barred = told.bars_told([one.pk for one in people], bureau.pk, year, on)
    standing = {one.person_id: one for one in YearMaterial.objects.filter(bureau=bureau, year=year, person__in=people)}
    rows: list[YearMaterial] = []
    for person in people:
        drawn = {"facts": facts[person.pk], "bars": barred.get(person.pk, []), "drawn_by": by, "drawn_on": on,
                 "digest": digest_of(facts[person.pk])}  # fmt: skip
        row = standing.get(person.pk)
        if row is None:
            rows.append(_fresh(bureau, person, year, seats[person.pk], clause, drawn))
        elif row.state in MOVES["redraw"].source:
            turn(row, None, state=MaterialState.DRAWN, **drawn)
            rows.append(row)
    if not rows:
        raise NotAllowed("所选人员的材料都已送本人核对或报送，不能重新提取。")
    record(by, "appraisal.draw_materials", bureau, bureau=bureau.pk, note=f"{year}年{len(rows)}人",
           batch=[(YearMaterial, [one.pk for one in rows])])  # fmt: skip
    return rows


@act
def show_materials(*, bureau: Unit, year: int, by: User, on: date) -> list[YearMaterial]:
    """送本人核对: all that are drawn; each is told, and has the window's days to answer."""
    if Duty.OFFICE not in org.duties(by, bureau.pk, on):
        raise NotAllowed("送本人核对由局办公室办理，您目前没有这项职责。")
    rows = list(
        YearMaterial.objects.filter(bureau=bureau, year=year, state=MaterialState.DRAWN).select_related("person")
    )
    if not rows:
        raise NotAllowed("没有新提取的材料要送核。请先提取。")
    until = window(bureau.pk, on).until
    for one in rows:
        turn(one, None, state=MaterialState.SHOWN, shown_on=on, answer_until=until)
    record(by, "appraisal.show_materials", bureau, bureau=bureau.pk, note=f"{year}年{len(rows)}人",
           batch=[(YearMaterial, [one.pk for one in rows])])  # fmt: skip
    for one in rows:
        notify(
            [one.person], bureau=bureau.pk, kind="appraisal.show_material",
            key=f"appraisal:material:{one.pk}:{one.version}", title=f"请在{until:%m-%d}前核对您的{year}年度材料",
            url=told.my_url(year),
        )  # fmt: skip
    return rows


@act
def answer_material(
    material: YearMaterial, *, answers: Mapping[str, str], statement: str, version: int | None, by: User, on: date
) -> YearMaterial:
    """本人核对: no objection, or what is wrong with which fact; and whatever he wants to say of his year."""
    material.refresh_from_db()
    said = {key: words.strip() for key, words in answers.items() if words.strip()}
    name = "answer" if said else "agree"
    mine = {SELF} if material.person_id == by.pk else set()
    to = destination(MOVES, name, state=material.state, duties=mine, states=STATES)
    if not set(said) <= set(FactKey.values):
        raise NotAllowed("意见要写在具体的事实下面，请刷新页面重新填写。")
    turn(material, version, state=to, statement=statement.strip()[:800], answered_on=on)
    rows = [
        MaterialAnswer.objects.create(material=material, key=key, words=said[key][:500], on=on)
        for key in FactKey.values
        if key in said
    ]
    record(by, f"appraisal.{name}_material", material, bureau=material.bureau_id, rows=rows)
    if rows:
        notify(
            org.holders(Duty.OFFICE, material.bureau_id, on), bureau=material.bureau_id,
            kind="appraisal.answer_material", key=f"appraisal:material_answer:{material.pk}:{material.version}",
            title=f"{by.name}对{material.year}年度材料提出意见，待答复", url=material.get_absolute_url(),
        )  # fmt: skip
    return material


@act
def reply_material(answer: MaterialAnswer, *, reply: str, version: int | None, by: User, on: date) -> MaterialAnswer:
    """答复本人意见: by the office, not by the person himself; wrong records are put right in their own rooms."""
    material = answer.material
    material.refresh_from_db()
    mine = {OFFICE} if Duty.OFFICE in org.duties(by, material.bureau_id, on) else set()
    destination(MOVES, "reply", state=material.state, duties=mine, states=STATES)
    if by.pk == material.person_id:
        raise NotAllowed("不能答复本人的意见，请由办公室其他人办理。")
    if not reply.strip():
        raise NotAllowed("请写明核实情况和答复。")
    turn(answer, version, reply=reply.strip()[:500], replied_by=by, replied_on=on)
    record(by, "appraisal.reply_material", material, bureau=material.bureau_id, rows=[answer])
    notify(
        [material.person], bureau=material.bureau_id, kind="appraisal.reply_material",
        key=f"appraisal:material_reply:{answer.pk}:{answer.version}", title="您对年度材料的意见已答复",
        url=told.my_url(material.year),
    )  # fmt: skip
    return answer


@act
def hand_in_materials(
    *, bureau: Unit, year: int, materials: Sequence[YearMaterial], to: str, by: User, on: date
) -> list[YearMaterial]:
    """报送: answered and replied to, undisputed, or left without an answer until the window closed."""
    if Duty.OFFICE not in org.duties(by, bureau.pk, on):
        raise NotAllowed("年度材料由局办公室报送，您目前没有这项职责。")
    if not to.strip():
        raise NotAllowed("请写明报送给谁（如局党委、考核委员会、县委组织部）。")
    ready = []
    for one in materials:
        one.refresh_from_db()
        if (one.bureau_id, one.year) != (bureau.pk, year):
            raise NotAllowed("所选材料不是本年度本局的，请刷新页面。")
        state = destination(MOVES, "hand_in", state=one.state, duties={OFFICE}, states=STATES)
        refused = _why_not_yet(one, on)
        if refused:
            raise NotAllowed(refused)
        turn(one, None, state=state, handed_in_by=by, handed_in_on=on, handed_to=to.strip()[:60])
        ready.append(one)
    if not ready:
        raise NotAllowed("请选择要报送的材料。")
    record(by, "appraisal.hand_in_materials", bureau, bureau=bureau.pk, note=f"{year}年{len(ready)}人，报{to.strip()}",
           batch=[(YearMaterial, [one.pk for one in ready])])  # fmt: skip
    return ready


def digest_of(facts: Sequence[Mapping[str, object]]) -> str:
    """The digest of a material's facts."""
    return hashlib.sha256(canonical(list(facts)).encode()).hexdigest()


def _fresh(
    bureau: Unit, person: User, year: int, unit: Unit, clause: Clause | None, drawn: Mapping[str, object]
) -> YearMaterial:
    try:
        with transaction.atomic():
            return YearMaterial.objects.create(
                bureau=bureau, person=person, unit=unit, year=year, personnel_type=person.personnel_type,
                clause=clause, **drawn,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed(f"{person}的材料刚被别人提取，请刷新页面。") from None


def _why_not_yet(material: YearMaterial, on: date) -> str:
    if material.state == MaterialState.SHOWN and (material.answer_until is None or on <= material.answer_until):
        return f"{material.person}还没有核对，核对到{material.answer_until:%Y-%m-%d}截止，满期后才能报送。"
    if material.state == MaterialState.ANSWERED and material.answers.filter(reply="").exists():
        return f"{material.person}的意见还没有答复，答复后才能报送。"
    return ""
