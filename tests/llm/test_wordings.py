"""The same refusal, as many servers word it."""

from __future__ import annotations

import pytest

from simenv.llm.faults import kind_of, of_status, retry_after, words_of
from simenv.llm.places import Place

PLACE = Place("openai/player", None, "OPENAI_API_KEY", True, 60.0)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (400, "registry.ollama.ai/library/gemma:2b does not support tools"),
        (400, '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'),
        (404, "No endpoints found that support tool use. To learn more about provider routing, visit our docs."),
        (500, "tools param requires --jinja flag"),
        (400, "`tool calling` is not supported with this model"),
        (400, "Function calling is not enabled for this model"),
        (400, "Unsupported parameter: 'tools' is not supported with this model."),
        (422, "This model doesn't support tools."),
        (400, "litellm.UnsupportedParamsError: player does not support parameters: ['tools']"),
    ],
)
def test_no_tools(status: int, text: str) -> None:
    assert kind_of(status, text, tools=True) == "no_tools"
    assert kind_of(status, text, tools=False) != "no_tools"


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (400, "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens"),
        (400, "prompt is too long: 213456 tokens > 200000 maximum"),
        (400, "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000"),
        (400, "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."),
        (400, "the request exceeds the available context size, try increasing it"),
        (400, "Requested token count exceeds the model's maximum context length of 8192 tokens."),
        (400, "Input is too long for requested model."),
        (400, "Prompt contains 40000 tokens, too large for model with 32768 maximum context length"),
        (400, "Please reduce the length of the messages or completion."),
        (400, "This model's maximum prompt length is 131072 but the request contains 150000 tokens."),
        (413, ""),
    ],
)
def test_too_long(status: int, text: str) -> None:
    assert kind_of(status, text, tools=True) == "too_long"


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (400, "Your credit balance is too low to access the Anthropic API.", "paid_out"),
        (402, "Insufficient Balance", "paid_out"),
        (429, "You exceeded your current quota, please check your plan. Code: insufficient_quota", "paid_out"),
        (429, "You exceeded your current quota. Please retry in 34.07s.", "rate_limit"),
        (429, "Rate limit reached for requests", "rate_limit"),
        (400, "API key not valid. Please pass a valid API key.", "auth"),
        (401, "", "auth"),
        (403, "", "auth"),
        (404, "The model `x` does not exist", "unknown_model"),
        (405, "Method Not Allowed", "unknown_model"),
        (301, "", "unknown_model"),
        (408, "", "timeout"),
        (409, "", "server"),
        (500, "", "server"),
        (529, "Overloaded", "server"),
        (400, "temperature: must be at most 1", "refused"),
        (422, "", "refused"),
        (418, "", "refused"),
    ],
)
def test_other_kinds(status: int, text: str, kind: str) -> None:
    assert kind_of(status, text, tools=True) == kind


@pytest.mark.parametrize(
    ("headers", "text", "seconds"),
    [
        ({"retry-after": "3"}, "", 3.0),
        ({"retry-after": " 1.5 "}, "", 1.5),
        ({"retry-after-ms": "250", "retry-after": "1"}, "", 0.25),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"}, "", 30.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT", "date": "Wed, 21 Oct 2026 07:28:30 GMT"}, "", 0.0),
        ({}, "Rate limit reached. Please try again in 1.2s. Visit our page.", 1.2),
        ({}, "Please try again in 20ms.", 0.02),
        ({}, '{"error": {"details": [{"retryDelay": "34s"}]}}', 34.0),
        ({}, "Please retry in 34.5s.", 34.5),
        ({"retry-after": "-1"}, "", None),
        ({"retry-after": "soon"}, "", None),
        ({}, "Slow down.", None),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], text: str, seconds: float | None) -> None:
    assert retry_after(headers, text) == seconds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"error": {"message": "No."}}', "No."),
        ('{"error": "No."}', "No."),
        ('{"detail": "No."}', "No."),
        ('{"detail": [{"loc": ["body"], "msg": "No."}]}', "No."),
        ('[{"error": {"message": "No."}}]', "No."),
        ('{"object": "error", "message": "No.", "code": 400}', "No."),
        ("No.", "No."),
        ("{}", ""),
    ],
)
def test_where_servers_say_it(text: str, words: str) -> None:
    assert words_of(text) == words


def test_only_a_short_piece_is_quoted_on_one_line() -> None:
    message = str(of_status(PLACE, 400, "So it is.\n" * 500))
    assert message.count("So it is.") == 16
    assert "\n" not in message
    assert message.startswith('The provider of openai/player refuses the request (400): "So it is. So')


def test_without_an_address_nobody_speaks_of_one() -> None:
    for status in (401, 404, 429, 500):
        assert "--api-base" not in str(of_status(PLACE, status, ""))
