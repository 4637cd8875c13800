"""Forms as they are drawn, and what a form that meets a conflict keeps."""

from __future__ import annotations

import re
import uuid

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.records.models import StagedUpload
from luoshi.records.once import once
from luoshi.ui.forms import ActForm, DayInput, EvidenceField, PickSelect, plain_lines


class ReplyForm(ActForm):
    act_label = "反馈"
    note = forms.CharField(label="办理情况", max_length=10, help_text="两三句即可。")
    unit = forms.ChoiceField(label="协办单位", choices=[("7", "规建股"), ("8", "质安中心")], widget=PickSelect)
    on = forms.DateField(label="日期", widget=DayInput, required=False)
    proof = EvidenceField()


def data(**given):
    sent = QueryDict(mutable=True)
    for name, value in {"submission": str(uuid.uuid4()), **given}.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent


def test_a_fresh_form_carries_its_key_and_names_its_act():
    html = str(ReplyForm(initial={"version": 4}))
    assert re.search(r'name="submission" value="[0-9a-f-]{36}"', html)
    assert re.search(r'name="version" value="4"', html)
    assert re.search(r'<button type="submit"[^>]*>反馈</button>', html)
    assert "提交" not in html and "确定" not in html
    assert html.count("（必填）") == 2 and "两三句即可。" in html


def test_each_opening_has_a_key_of_its_own():
    keys = {re.search(r'name="submission" value="([^"]+)"', str(ReplyForm())).group(1) for _ in range(3)}
    assert len(keys) == 3


def test_two_forms_on_one_page_share_no_id():
    class OtherForm(ReplyForm):
        act_label = "申请办结"

    ids = re.findall(r'\bid="([^"]+)"', str(ReplyForm()) + str(OtherForm()))
    assert len(ids) == len(set(ids))


def test_mistakes_are_summed_with_links_and_stand_beside_their_fields():
    form = ReplyForm(data(note="", unit="99", on="明天"))
    html = str(form)
    assert '<a href="#reply-note">办理情况</a>：请填写。' in html
    assert '<a href="#reply-unit">协办单位</a>：所选的已不在可选范围内，请重新选择。' in html
    assert "日期写法有误，应为 2026-11-23 这样。" in html
    assert 'id="reply-note_error"' in html and 'aria-describedby="reply-note_helptext reply-note_error"' in html
    assert 'role="alert"' in html


def test_what_a_form_says_itself_is_left_alone():
    class Own(ActForm):
        word = forms.CharField(error_messages={"required": "请写明中止原因。"})

    assert Own(data()).errors["word"] == ["请写明中止原因。"]
    assert ReplyForm(data(note="一" * 11, unit="7")).errors["note"] == ["最多10个字，现在有11个字。"]


def test_a_form_without_key_says_so():
    form = ReplyForm(QueryDict("note=x&unit=7"))
    assert not form.is_valid() and "这张表单缺少防重标识，请刷新页面后再填。" in str(form)


def test_staged_files_are_named_ticked_and_can_be_left_out():
    one, two = str(uuid.uuid4()), str(uuid.uuid4())
    sent = data(note="", unit="7", staged=[one, two])
    sent.staged_names = [(one, "照片<1>.jpg"), (two, "纪要.pdf")]
    html = str(ReplyForm(sent))
    assert f'<input type="checkbox" name="staged" value="{one}" checked>' in html
    assert "照片&lt;1&gt;.jpg" in html and "纪要.pdf" in html


def test_the_value_of_evidence_is_the_list_of_tokens():
    form = ReplyForm(data(note="好", unit="7", staged=["a", "b"]))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["proof"] == ["a", "b"] == form.staged
    assert set(form.words()) == {"note", "unit", "on", "proof"}


def test_evidence_may_be_required():
    class Needs(ActForm):
        proof = EvidenceField(required=True)

    assert Needs(data()).errors["proof"] == ["请选择文件。"]
    assert Needs(data(staged=["a"])).is_valid()


def test_a_refused_file_is_an_error_beside_its_field():
    sent = data(note="好", unit="7")
    sent.bad_files = ["“a.exe”的类型不支持。"]
    form = ReplyForm(sent)
    assert not form.is_valid() and form.errors["proof"] == ["“a.exe”的类型不支持。"]


@pytest.mark.django_db
def test_a_picker_brings_the_pinyin_of_its_rows(cast):
    from luoshi.org.models import User

    class Pick(ActForm):
        who = forms.ModelChoiceField(User.objects.filter(pk=cast.handler.pk), widget=PickSelect)

    html = str(Pick())
    assert f'data-pinyin="{cast.handler.pinyin.lower()}"' in html and "data-filter=" in html


def test_typed_words_are_shown_as_the_screen_showed_them():
    form = ReplyForm()
    lines = plain_lines(
        [("note", "到现场"), ("unit", "8"), ("staged", "t"), ("back", "desk"), ("version", "3")], form.fields
    )
    assert lines == [("办理情况", "到现场"), ("协办单位", "质安中心")]


def send(view, user, **given):
    request = RequestFactory().post("/act/?from=list", given, headers={"referer": "/matters/"})
    request.user, request.session = user, {}
    request.resolver_match = None
    request._messages = type("Mail", (list,), {"add": lambda self, *args: self.append(args)})()
    return view(request)


@pytest.mark.django_db
def test_the_conflict_page_keeps_everything(cast):
    """All that was typed, line by line and hidden for a second sending; files stay safe and are named; what changed."""

    @once
    def view(request):
        form = ReplyForm(request.POST)
        assert form.is_valid(), form.errors
        raise Stale(9, ["2026-11-24 沈知行 批示：抓紧办理"])

    answer = send(
        view,
        cast.handler,
        submission=str(uuid.uuid4()),
        version="8",
        note="第一行<b>\n第二行",
        unit="8",
        proof=SimpleUploadedFile("现场.txt", b"seen", content_type="text/plain"),
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "沈知行 批示：抓紧办理" in html
    staged = StagedUpload.objects.get()
    assert f'name="staged" value="{staged.pk}"' in html and "现场.txt" in html and "不必重传" in html
    assert 'name="note" value="第一行&lt;b&gt;\n第二行"' in html or 'value="第一行&lt;b&gt;\r\n第二行"' in html
    assert "<dt>办理情况</dt>" in html and "<dt>协办单位</dt><dd>质安中心</dd>" in html
    assert 'name="unit" value="8"' in html
    assert 'name="version" value="9"' in html and 'value="8"' not in re.findall(r'name="version"[^>]*', html)[0]
    assert re.search(r'action="/act/\?from=list"', html) and "仍要提交" in html
    assert 'href="/matters/"' in html


@pytest.mark.django_db
def test_what_the_conflict_page_sends_again_says_the_same_under_a_new_key(cast):
    seen = []

    @once
    def view(request):
        form = ReplyForm(request.POST)
        assert form.is_valid(), form.errors
        seen.append((form.words(), form.cleaned_data["version"], form.cleaned_data["submission"]))
        if form.cleaned_data["version"] == 1:
            raise Stale(2, ["别人改了"])
        return HttpResponse("done")

    upload = SimpleUploadedFile("a.txt", b"seen", content_type="text/plain")
    first = send(view, cast.handler, submission=str(uuid.uuid4()), version="1", note="好", unit="7", proof=upload)
    form = first.content.decode().split('action="/act/', 1)[1].split("</form>", 1)[0]
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    again.pop("csrfmiddlewaretoken", None)
    assert send(view, cast.handler, **again).content == b"done"
    (words, _, key), (words_again, version, key_again) = seen
    assert words_again == words and version == 2 and key_again != key


@pytest.mark.django_db
def test_a_refusal_shows_what_was_typed_and_offers_no_second_sending(cast):
    @once
    def view(request):
        raise NotAllowed("这件事已经申请办结，请等核查人退回。")

    html = send(view, cast.handler, submission=str(uuid.uuid4()), note="写了很久的话").content.decode()
    assert "请等核查人退回" in html and "写了很久的话" in html and "仍要提交" not in html


@pytest.mark.django_db
def test_nobody_sees_the_name_of_another_persons_staged_file(cast):
    mine = StagedUpload.objects.create(
        sha256="0" * 64, size=1, name="别人的.pdf", kind="", by=cast.chief, at="2026-01-01T00:00Z"
    )

    @once
    def view(request):
        raise NotAllowed("不行。")

    html = send(view, cast.handler, submission=str(uuid.uuid4()), staged=str(mine.pk)).content.decode()
    assert "别人的.pdf" not in html
