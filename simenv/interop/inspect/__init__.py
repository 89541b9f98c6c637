"""simenv inside Inspect, and simenv's episodes as Inspect's logs (docs/inspect.md).

* :mod:`~simenv.interop.inspect.values`: what a score says of an episode; knows nothing of Inspect.
* :mod:`~simenv.interop.inspect.seat`, ``solver``, ``scorers``, ``task``: ``inspect eval simenv/summit_bridge``.
* :mod:`~simenv.interop.inspect.messages`, ``record``, ``log``: ``simenv export --format inspect``.

Nothing outside this package imports it when it is loaded, so its modules may import Inspect when they are.
"""
