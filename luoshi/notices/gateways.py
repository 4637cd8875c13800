"""The doors out of the house: a message gateway, mail, or files instead of both. Closed unless the operator opens one.

Addresses come from the operator's settings alone, never from the database or a form, so that nobody can turn the
server against its own network; redirects are not followed.
"""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path
from typing import Any

from luoshi.notices.models import OutboxMessage
from luoshi.notices.rules import MAIL, WEBHOOK, bad_gateway, text
from luoshi.org.models import User

CONNECT_SECONDS, ANSWER_SECONDS = 5, 15
SUBJECT = "待办提醒"


class Failed(Exception):
    """A message did not get through; the words name no address and no content."""


class Gateways:
    """What is configured, and sending over it."""

    def __init__(self, settings: Any) -> None:
        self.folder = str(settings.LUOSHI_MAIL_DIR or "")
        self.url = str(settings.LUOSHI_WEBHOOK_URL or "")
        self.smtp = str(settings.EMAIL_HOST or "")
        self.sender = str(settings.DEFAULT_FROM_EMAIL)

    def any(self) -> bool:
        """Whether anything may leave at all."""
        return bool(self.folder or self.url or self.smtp)

    def channel_of(self, user: User) -> str:
        """One channel a person: the gateway first, mail where there is none; empty where neither reaches him."""
        if self.url:
            return WEBHOOK
        if user.email and (self.smtp or self.folder):
            return MAIL
        return WEBHOOK if self.folder else ""

    def send(self, message: OutboxMessage) -> None:
        """Hand one message over; `Failed` where it was not accepted."""
        if self.folder:
            self._write(message)
        elif message.channel == WEBHOOK:
            self._post(message)
        else:
            self._mail(message)

    @staticmethod
    def payload(message: OutboxMessage) -> dict[str, str]:
        """What the gateway gets: to whom, and the one sentence."""
        return {"to": message.user.mobile or message.user.username, "text": text(message.count)}

    def _post(self, message: OutboxMessage) -> None:
        import requests

        why = bad_gateway(self.url)
        if why:
            raise Failed(why)
        with requests.Session() as session:
            session.trust_env = False  # no proxy or password of the environment
            try:
                answer = session.post(
                    self.url,
                    json=self.payload(message),
                    headers={"Idempotency-Key": message.key},
                    timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
                    allow_redirects=False,
                    stream=True,
                )
            except requests.RequestException as error:
                raise Failed(f"消息网关连不上（{type(error).__name__}）") from None
            if not 200 <= answer.status_code < 300:
                raise Failed(f"消息网关答复{answer.status_code}，没有接受")

    def _mail(self, message: OutboxMessage) -> None:
        from django.core.mail import EmailMessage, get_connection

        door = get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=ANSWER_SECONDS)
        mail = EmailMessage(
            SUBJECT, text(message.count), self.sender, [message.user.email], connection=door,
            headers={"Message-ID": f"<{message.key.replace(':', '.')}@luoshi>"},
        )  # fmt: skip
        try:
            mail.send()
        except OSError as error:  # smtplib's own errors are among them
            raise Failed(f"邮件服务器没有接受（{type(error).__name__}）") from None

    def _write(self, message: OutboxMessage) -> None:
        told = self.payload(message) | {"channel": message.channel, "key": message.key}
        if message.channel == MAIL:
            told |= {"to": message.user.email, "subject": SUBJECT}
        folder = Path(self.folder)
        name = "".join(one if one.isalnum() or one in "-." else "-" for one in message.key)
        temporary = folder / f".{uuid.uuid4().hex}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with temporary.open("w", encoding="utf-8") as file:
                json.dump(told, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(folder / f"{name}.json")
        except OSError as error:
            raise Failed(f"消息文件写不下（{type(error).__name__}）") from None
        finally:
            temporary.unlink(missing_ok=True)
