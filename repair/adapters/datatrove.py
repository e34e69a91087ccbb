"""A formatter of datatrove that keeps what was found beside the document, and counts it."""

from __future__ import annotations

from collections.abc import Sequence

from datatrove.data import Document, DocumentsPipeline
from datatrove.pipeline.formatters.base import BaseFormatter
from datatrove.utils.typeshelper import StatHints

from repair.adapters.account import Account, Where
from repair.adapters.beside import NOTES
from repair.config import Config, with_preset
from repair.rules import RULES
from repair.types import Rule

CORPUS = with_preset(Config(), "corpus")
"""The configuration, if no other is given: nothing that changes meaning or typography."""


class TextRepair(BaseFormatter):  # type: ignore[misc]  # datatrove has no types
    """Repairs the text of documents, and says what it did.

    What was found in a document is in ``metadata[notes]``: its ``findings``, with spans in code
    points and bytes of the original text, and its ``failures``. Documents in which nothing was
    found have no notes. The statistics of the step count documents that were ``repaired``, have
    something ``remaining`` or ``failed``, and findings by code and by whether they were applied.
    """

    name = "textrepair"

    def __init__(
        self,
        config: Config = CORPUS,
        *,
        rules: Sequence[Rule] | None = None,
        notes: str = NOTES,
    ) -> None:
        super().__init__()
        self.config = config
        self.rules = rules
        self.notes = notes

    def format(self, text: str) -> str:
        """Return ``text`` repaired, without an account; a pipeline calls ``run``."""
        return self._look(Document(text, ""))[0]

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Repair the documents one by one; one that cannot be looked at passes unchanged."""
        del rank, world_size
        for document in data or ():
            self.stat_update(StatHints.total)
            with self.track_time():
                self._repair(document)
            yield document

    def _repair(self, document: Document) -> None:
        if not isinstance(document.text, str):
            return
        text, account = self._look(document)
        if account.found or account.failed:
            document.metadata[self.notes] = {
                "findings": [_without_row(found) for found in account.found],
                "failures": [_without_row(failed) for failed in account.failed],
            }
        self._count(account, changed=text != document.text)
        document.text = text

    def _look(self, document: Document) -> tuple[str, Account]:
        rules = RULES if self.rules is None else self.rules
        account = Account(self.config, rules, most_errors=None)
        where = Where(0, "text", lambda: str(document.id))
        result = account.look(document.text, where, str.encode)
        return document.text if result is None else result.text, account

    def _count(self, account: Account, *, changed: bool) -> None:
        if changed:
            self.stat_update("repaired")
        if any(not found.applied for found in account.found):
            self.stat_update("remaining")
        if account.failures:
            self.stat_update("failed")
        for (_, code, applied), count in account.counts.items():
            done = "applied" if applied else "remaining"
            self.stat_update(f"{code} {done}", value=count, unit="finding")


def _without_row(noted: tuple[object, ...]) -> dict[str, object]:
    fields = noted._asdict()  # type: ignore[attr-defined]  # a NamedTuple
    del fields["row"]
    return dict(fields)
