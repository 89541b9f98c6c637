"""What letters name must exist, whether they lie in mail/ or stand at a step; and they must go to somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from simenv.core.errors import Mistake
from simenv.worldfile import schema
from simenv.worldfile.deeds import letter_name
from simenv.worldfile.lines import Part
from simenv.worldfile.naming import ANSWERING, HEARD, Naming


def check_letters(naming: Naming) -> Iterator[Mistake]:
    """Yield the mistakes in mail/*.md."""
    reactions = naming.source.reactions
    answers = {reaction.reply for reaction in reactions}
    written = {step.letter for item in naming.source.items for step in item.steps}
    written |= {key for reaction in reactions for key in reaction.letters}
    for letter in naming.source.letters:
        file, whole = f"mail/{letter.key}.md", letter.key not in naming.losses.damaged
        when = naming.within("letters", letter.key, letter.when) if whole else None
        yield from naming.named(
            naming.at(file, "from"), letter.sender, "role", naming.roles, naming.standing(letter.key, letter.when)
        )
        for field in ("to", "cc", "bcc"):
            yield from naming.each(naming.at(file, field), getattr(letter, field), "role", naming.recipients)
        for field, name in (("answers", letter.answers), ("forwards", letter.forwards)):
            if name is not None:
                yield from naming.named(naming.at(file, field), name, "letter", naming.answerable, when)
        yield from naming.each(naming.at(file, "attach"), letter.attach, "document", naming.things["document"], when)
        if letter.at is not None and not letter.to and letter.answers is None and whole:
            yield Mistake(naming.at(file), "says not to whom it went.", "A message of the opening needs 'to'.")
        elif whole and goes_to_nobody(naming, letter.to, letter.when):
            problem = "goes to nobody under some condition: none of its recipients is always there."
            yield Mistake(naming.at(file, "to"), problem, "Add one who is, or give the letter the same 'when'.")
        if letter.subject is None and letter.answers is None and letter.forwards is None and letter.to and whole:
            yield Mistake(naming.at(file), "has no subject.", "Only an answer can do without a 'subject'.")
        if not letter.body and whole:
            yield Mistake(naming.at(file), "says nothing.", "Write its text after the header.")
        if letter.story is not None and letter.at is None and whole:
            yield Mistake(
                naming.at(file, "story"),
                "is one of several versions and has no time.",
                "Stories are mail of the opening: give it 'at'.",
            )
        if letter.folder is not None:
            yield from naming.literal(letter.folder, "a folder's name", file, "folder")
            if letter.at is None and whole:
                problem = "is filed before it is written."
                yield Mistake(naming.at(file, "folder"), problem, "Only mail of the opening has a 'folder'.")
        dynamic: tuple[str, ...] = () if letter.at is not None else ANSWERING
        if letter.at is None and letter.to and (letter.key in written or letter.key not in answers):
            dynamic = HEARD  # nobody is answered: there is no sender and no subject to speak of
        yield from naming.text(letter.subject or "", dynamic, file, "subject")
        yield from naming.text(letter.body, dynamic, file, "body")
        yield from naming.when(file, when=letter.when)


def check_mail(
    naming: Naming, mail: schema.MailDeed, item: str, when: schema.When | None, file: str, *path: Part
) -> Iterator[Mistake]:
    """Yield the mistakes in a letter that stands at a step.

    Args:
        naming: What may be named.
        mail: The letter.
        item: Key of the work item.
        when: When the step is there; None if it has mistakes.
        file: The file.
        *path: Where it stands there.
    """

    def at(*field: Part) -> str:
        return naming.at(file, *path, *field)

    for field in ("to", "cc", "bcc"):
        yield from naming.each(at(field), getattr(mail, field), "role", naming.recipients)
    for field, name in (("answers", mail.answers), ("forwards", mail.forwards)):
        if name is not None:
            full_name = letter_name(item, name, naming.files)
            yield from naming.named(at(field), full_name, "letter", naming.answerable, when)
    yield from naming.each(at("attach"), mail.attach, "document", naming.things["document"], when)
    yield from naming.text(mail.subject or "", HEARD, file, *path, "subject")
    yield from naming.text(mail.body, HEARD, file, *path, "body")
    if when is None:
        return
    if not mail.to and mail.answers is None:
        yield Mistake(at(), "says not to whom it goes.", "Give it 'to', or say which letter it 'answers'.")
    elif goes_to_nobody(naming, mail.to, when):
        problem = "goes to nobody under some condition: none of its recipients is always there."
        yield Mistake(at("to"), problem, "Add one who is, or give the step the same 'when'.")
    if mail.subject is None and mail.answers is None and mail.forwards is None:
        yield Mistake(at(), "has no subject.", "Only an answer can do without a 'subject'.")
    if not mail.body.strip():
        yield Mistake(at("body"), "says nothing.", "Write its text.")


def goes_to_nobody(naming: Naming, to: Iterable[str], when: schema.When) -> bool:
    """Whether there is a condition under which a letter stands and none of its recipients does."""
    whens = [naming.recipients[role] for role in to if role in naming.recipients]
    factors = naming.source.world.factors
    if not whens or not all(whens):
        return False
    return any(
        _applies(when, condition) and not any(_applies(each, condition) for each in whens)
        for condition in (dict(zip(factors, levels, strict=True)) for levels in product(*factors.values()))
    )


def _applies(when: schema.When, condition: Mapping[str, str]) -> bool:
    return all(condition[factor] in levels for factor, levels in when.items() if factor in condition)
