"""The balanced priority metric as a method."""

from scoper.scoring.balanced import balanced, contributions
from scoper.scoring.methods.base import Method, Weighing

METHOD = Method(
    id="balanced",
    title="Balanced priority",
    formula="B = 100 · (p·I − λ·(1 − p)·R + λ) / (1 + λ)",
    source="Scoper; loss weight after Kahneman & Tversky (1979)",
    lowest=0.0,
    highest=100.0,
    list_dependent=False,
    linear=True,
    weighing=Weighing.WITHIN,
    score=balanced,
    contributions=contributions,
)
