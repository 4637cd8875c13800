"""What several journeys do by form or by hand: send an act's page as it stands, or type and press its button."""

from __future__ import annotations

from tests.house.filled import filled


def send(somebody, path: str, **told: str) -> str:
    """Open an act's page and send its form as it stands, with these words typed; where it led to."""
    call, url = somebody.page.request, f"{somebody.server.url}{path}"
    fields = filled(call.get(url).text(), path)
    form = {name: values[0] for name, values in fields.items() if values}
    answer = call.post(url, form={**form, **told}, max_redirects=0)
    assert answer.status == 302, (path, answer.status, answer.text()[-1500:])
    return answer.headers["location"]


def act(somebody, path: str, **told: str) -> None:
    """The same by hand: open the act's page, type, press its button."""
    somebody.go(path)
    for name, words in told.items():
        somebody.page.fill(f"main [name={name}]", words)
    somebody.looks_right()
    somebody.page.locator("main .form-act button").first.click()
    somebody.page.wait_for_url(lambda url: not url.endswith(path))


def issuer(office, name: str) -> str:
    """A leader as the list's form offers him."""
    office.go("/matters/lists/new/")
    return office.page.locator("select[name=issuer] option", has_text=name).get_attribute("value")
