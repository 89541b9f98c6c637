"""From what a run was asked for to the way in which it is played and shown."""

from __future__ import annotations

from simenv.commands import exits
from simenv.commands.model_options import ModelOptions
from simenv.commands.plan import Plan
from simenv.viewer.terminal import make_console


def begin(plan: Plan, about: ModelOptions, *, only: str | None, dry: bool) -> int:
    """Play a run, or say what it would take; return the exit code.

    Args:
        plan: What was asked for.
        about: What was said about a model.
        only: The entry point that was asked for, or None if none was.
        dry: Whether only to say what it would take.
    """
    console = make_console()
    if plan.agent is None and about.model is None:
        from simenv.commands.pair import run_pair

        return run_pair(plan, console)

    from simenv.commands.holder import agent_holder, model_holder

    if plan.agent is not None:
        holder = agent_holder(plan.agent)
    else:
        from simenv.commands.model import client_settings, policy_settings

        settings = policy_settings(about)
        if dry:
            return _estimate(plan, about, only)
        holder = model_holder(settings, client_settings(about, plan.concurrency))
    try:
        if len(plan.seeds) * plan.repeats == 1:
            from simenv.commands.one import run_one

            return run_one(plan, holder, console)
        from simenv.commands.several import run_several

        return run_several(plan, holder, console)
    finally:
        holder.close()


def _estimate(plan: Plan, about: ModelOptions, only: str | None) -> int:
    """Say what a run of a model would take; neither a key nor a server is needed."""
    import msgspec

    from simenv.commands.model import policy_settings
    from simenv.commands.results import write_json
    from simenv.studies.estimate import estimate
    from simenv.viewer.terminal_estimate import estimate_rows

    found = estimate(
        plan.world,
        policy_settings(about),
        scenario=plan.scenario,
        starts=None if only is None else [only],
        condition=plan.condition,
        seeds=plan.seeds,
        repeats=plan.repeats,
        max_calls=plan.max_calls,
        concurrency=plan.concurrency,
    )
    console = make_console()
    if plan.json:
        write_json(msgspec.to_builtins(found), console)
    else:
        for row in estimate_rows(found):
            console.print(row)
    return exits.DONE
