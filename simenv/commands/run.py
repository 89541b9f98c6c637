"""``simenv run``: a day in a company, played by an agent or by a language model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simenv.commands import model_options as said
from simenv.commands.exits import WrongUsageError, reporting
from simenv.commands.model_options import ModelOptions
from simenv.commands.options import read_levels, read_seeds


@reporting
def run(
    world: Annotated[
        str, typer.Argument(metavar="WORLD", help="Name of a shipped world, or the folder of one.", show_default=False)
    ],
    agent: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Name of a shipped agent, the file of one, or file.py:name for one of several in it. Without an agent "
            "or a model, two scripted agents show what the instrument sees.",
            show_default=False,
        ),
    ] = None,
    model: said.Model = None,
    seeds: Annotated[
        str, typer.Option("--seeds", "--seed", metavar="SEEDS", help="Root seeds: 7, or 3,5,9, or 0:20 for 0 to 19.")
    ] = "0",
    repeats: Annotated[int, typer.Option(min=1, metavar="N", help="Episodes of each seed.")] = 1,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="FACTOR=LEVEL", help="A factor of the world and its level. May be given for several."
        ),
    ] = None,
    scenario: Annotated[str, typer.Option(metavar="NAME", help="Scenario of the world.")] = "default",
    start: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Entry point of the scenario; its first if left out.", show_default=False),
    ] = None,
    max_calls: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="A cap of your own on the calls of an episode.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Folder of the run; the same command goes on there. A new one in runs/ if left out.",
            show_default=False,
        ),
    ] = None,
    concurrency: said.Concurrency = None,
    probe: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="A question from outside, on a copy of the conversation: belief, recognition, reasons_before, "
            "reasons_after, or a file. May be given for several.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --model: say what it would take and cost, and send nothing.")
    ] = False,
    api_base: said.ApiBase = None,
    api_key_env: said.ApiKeyEnv = None,
    client: said.ClientName = "auto",
    temperature: said.Temperature = None,
    reply_tokens: said.ReplyTokens = 4096,
    model_seed: said.ModelSeed = None,
    reasoning_effort: said.ReasoningEffort = None,
    tool_format: said.ToolFormatName = "native",
    context: said.ContextName = "block_trim",
    context_tokens: said.ContextTokens = 100_000,
    variant: said.VariantName = "direct",
    one_shot: said.OneShot = False,
    max_cost: said.MaxCost = None,
    max_tokens: said.MaxTokens = None,
    max_hours: said.MaxHours = None,
    rpm: said.Rpm = None,
    tpm: said.Tpm = None,
    attempts: said.Attempts = 6,
    timeout: said.Timeout = 180.0,
) -> None:
    """Play a day and say what happened.

    One seed is shown as it passes, with the verdict at its end; several give a table of rates.
    """
    chosen, levels = read_seeds(seeds), read_levels(settings or ())
    about = ModelOptions(
        model=model,
        api_base=api_base,
        api_key_env=api_key_env,
        client=client,
        temperature=temperature,
        reply_tokens=reply_tokens,
        model_seed=model_seed,
        reasoning_effort=reasoning_effort,
        tool_format=tool_format,
        context=context,
        context_tokens=context_tokens,
        variant=variant,
        one_shot=one_shot,
        max_cost=max_cost,
        max_tokens=max_tokens,
        max_hours=max_hours,
        rpm=rpm,
        tpm=tpm,
        attempts=attempts,
        timeout=timeout,
    )
    about.check(agent)
    if agent is None and model is None:
        if len(chosen) > 1:
            raise WrongUsageError(
                f"--seeds {seeds!r}: several seeds need --agent NAME or --model NAME; simenv agents lists agents"
            )
        for flag, given in (("--repeats", repeats > 1), ("--concurrency", concurrency), ("--probe", probe)):
            if given:
                raise WrongUsageError(f"{flag} needs somebody to hold the seat; add --agent NAME or --model NAME")
    if dry_run and model is None:
        raise WrongUsageError("--dry-run says what a model would take and cost; add --model NAME")

    from simenv.commands.begin import begin
    from simenv.commands.plan import Plan
    from simenv.policies.probes import load_probes
    from simenv.staging import find_world

    opened = find_world(world)
    entry = opened.scenario(scenario).entry(start)
    if agent is None and model is None and opened.scenario(scenario).file.decision_time is None:
        raise WrongUsageError(f"--scenario {scenario!r} has no decision to part at; add --agent NAME or --model NAME")
    at_a_time = concurrency or (said.CONCURRENCY if model is not None else 1)
    words = about.words() + ["--repeats", str(repeats)] * (repeats > 1)
    words += ["--concurrency", str(concurrency)] * (concurrency is not None)
    words += [word for name in probe or () for word in ("--probe", name)]
    plan = Plan(
        world,
        opened,
        scenario,
        entry,
        opened.condition(levels),
        agent,
        chosen,
        levels,
        max_calls,
        out,
        json,
        words=tuple(words),
        repeats=repeats,
        concurrency=at_a_time,
        probes=load_probes(probe or ()),
    )
    raise typer.Exit(begin(plan, about, only=start, dry=dry_run))
