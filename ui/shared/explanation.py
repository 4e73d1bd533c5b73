"""Why a use case has its score: inputs, weights, formula, contributions; and the decision."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from scoper.board import ActsOn, Board, Contribution, Standing
from scoper.commands import use_cases
from scoper.errors import Overtaken
from scoper.scoping.forms import DECISION, REASON
from scoper.scoring.methods import Method, Weighing
from scoper.terms import Decision, Dimension
from scoper.text import join
from ui.bridge.context import Context
from ui.bridge.edits import asked_by
from ui.kit.asking.dialog import Dialog
from ui.kit.basics import Banner, Card, Pill, ScrollColumn, button, heading, label, row
from ui.kit.fields.chosen import ChoiceEditor
from ui.kit.fields.place import Place
from ui.kit.fields.typed import TextEditor

_ROOMY = 760
"""Width of the dialog in pixels, before zoom, from which the decision stands beside the score."""

_BLOCKED = "The EU AI Act prohibits this use as it is described: a go does not hold."


class Explanation(Dialog):
    """One use case's score, taken apart."""

    def __init__(self, parent: QWidget, context: Context, board: Board, use_case_id: UUID) -> None:
        theme = context.theme
        super().__init__(parent, theme, "Why this score?", (940, 680))
        self._context = context
        self._standing = board.standing(use_case_id)
        layout = self.body
        layout.setSpacing(10)
        layout.addLayout(self._top(board))
        decision = self._decision(board)
        roomy = self.width() >= theme.px(_ROOMY)
        body = ScrollColumn()
        body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not roomy:
            body.body.addWidget(decision)
        body.body.addWidget(_formula(board, self._standing))
        body.body.addWidget(self._contributions(board, board.explain(use_case_id)))
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addWidget(body, 1)
        if roomy:
            decision.setFixedWidth(theme.px(280))
            columns.addWidget(decision, 0, Qt.AlignmentFlag.AlignTop)
        body.body.addStretch(1)
        layout.addLayout(columns, 1)
        close = button("Close", self.accept, kind="primary")
        layout.addLayout(row(button("Open in Scope", self._scope), None, close))
        close.setFocus()

    def done(self, result: int) -> None:
        """Save what is still being typed before closing."""
        self.reason.flush()
        super().done(result)

    # ------------------------------------------------------------ building

    def _top(self, board: Board) -> QVBoxLayout:
        standing = self._standing
        title = heading(standing.use_case.title, "page")
        title.setWordWrap(True)
        pill = Pill()
        band = standing.band
        unknown = "no risk criterion" if standing.complete else "not rated"
        pill.show_band(f"{band.label.lower()} risk" if band else unknown, band)
        where = (
            f"Rank {standing.rank} of {int((board.ranking.rank > 0).sum())}, "
            f"score {standing.verdict}"
            if standing.score is not None
            else "No rank yet"
        )
        top = QVBoxLayout()
        top.addWidget(label(standing.use_case.key, secondary=True))
        top.addWidget(title)
        top.addLayout(row(heading(where, "section"), 8, pill, None))
        return top

    def _contributions(self, board: Board, lines: tuple[Contribution, ...]) -> Card:
        card = Card(*_about_contributions(board.method))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        titles = _titles(board.method)
        for place, title in enumerate(titles):
            side = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight
            grid.addWidget(label(title, secondary=True), 0, place, side)
        line, right = 1, Qt.AlignmentFlag.AlignRight
        for dimension in Dimension:
            of_dimension = [p for p in lines if p.criterion.dimension is dimension]
            if not of_dimension:
                continue
            grid.addWidget(heading(dimension.label, "label"), line, 0)
            line += 1
            for part in of_dimension:
                for place, text in enumerate(_cells(part, board.method)):
                    side = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight
                    cell = label(text, wrap=place == 0)
                    grid.addWidget(cell, line, place, side if place else Qt.AlignmentFlag(0))
                line += 1
        for title, points in board.besides(self._standing.use_case.id).items():
            grid.addWidget(heading(title, "label"), line, 0)
            grid.addWidget(label(_points(points, board.method)), line, len(titles) - 1, right)
            line += 1
        card.body.addLayout(grid)
        return card

    def _decision(self, board: Board) -> Card:
        card = Card("Decision")
        use_case = self._standing.use_case
        entered = self._context.session.saving.typed(Place.of(use_case.id, field="decision"))
        decision, reason = use_case.decision, use_case.decision_reason
        if entered:
            decision, reason = entered.value
        self.choice = ChoiceEditor(DECISION, [(decision.label, decision) for decision in Decision])
        self._seen = [(use_case.decision, use_case.decision_reason)]
        self.choice.set_value(decision)
        self.reason = TextEditor(REASON)
        self.reason.set_value(reason)
        self.choice.edited.connect(lambda _: self._decide())
        self.reason.edited.connect(lambda _: self._decide())
        self._context.session.saving_changed.connect(self._recall)
        self._recall()
        self._when = label(_when(self._standing), secondary=True, wrap=True)
        self._blocked = label(_BLOCKED, wrap=True)
        self._blocked.setVisible(board.blocks_go(use_case.id))
        for widget in (self._blocked, self.choice, self.reason, self._when):
            card.body.addWidget(widget)
        return card

    # ------------------------------------------------------------ changing

    def _decide(self) -> None:
        use_case_id = self._standing.use_case.id
        decision = list(Decision)[max(0, self.choice.widget.currentIndex())]
        reason = self.reason.widget.toPlainText()
        asker = replace(
            asked_by(self.reason, (decision, reason), Place.of(use_case_id, field="decision")),
            label="Decision",
            words=_in_words,
            seen=tuple(self._seen),
            chosen=self._choose,
        )
        self._context.session.edit(
            lambda store, seen: use_cases.decide(
                store, use_case_id=use_case_id, decision=decision, reason=reason, seen=seen
            ),
            asker,
        )
        self._seen.append((decision, reason))

    def _recall(self) -> None:
        """Say at the reason that what was decided is not saved yet."""
        saving = self._context.session.saving
        entered = saving.typed(Place.of(self._standing.use_case.id, field="decision"))
        if entered is None:
            self.reason.release()
        else:
            self.reason.recall(entered.value[1], saving.why)

    def _choose(self, error: Overtaken, mine: bool) -> None:
        """Decide again, or show what others have decided meanwhile."""
        self._seen.append(error.theirs)
        if mine:
            self._decide()
            return
        decision, reason = error.theirs
        self.choice.set_value(decision)
        self.reason.forget()
        self.reason.set_value(reason)

    def _scope(self) -> None:
        self.accept()
        self._context.go("scope", self._standing.use_case.id)


def _in_words(decided: tuple[Decision, str]) -> str:
    decision, reason = decided
    return f"{decision.label}: {reason}" if reason else decision.label


def _formula(board: Board, standing: Standing) -> QWidget:
    banner = Banner("accent" if standing.complete else "warning")
    if board.problem:
        banner.body.addWidget(label(board.problem, wrap=True))
        return banner
    if standing.score is None:
        missing = join([criterion.title for criterion in standing.missing])
        banner.body.addWidget(heading("Not fully rated yet", "label"))
        banner.body.addWidget(label(f"Nobody has rated {missing}.", wrap=True))
        return banner
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for place, (title, text) in enumerate(_steps(board, standing)):
        grid.addWidget(heading(title, "label"), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text, wrap=True), place, 1)
    banner.body.addLayout(grid)
    return banner


def _steps(board: Board, standing: Standing) -> list[tuple[str, str]]:
    """Return how the score comes about: worked out where the method can say it, else told."""
    method = board.method
    if method.working:
        row = board.portfolio.row_of[standing.use_case.id]
        return method.working(board.ranking.scores, board.parameters, row)
    lines = [(method.title, method.formula)]
    lines += [(each.label, each.text(board.parameters[each.name])) for each in method.parameters]
    lines.append(("Score", f"{standing.verdict}; from {method.range}, more is better"))
    if method.list_dependent:
        lines.append(("Mind", "It can move when another use case is added or removed."))
    return lines


def _about_contributions(method: Method) -> tuple[str, str]:
    """Return what the table of criteria is called and says, as the method uses them."""
    rating = "The rating of the group on each criterion"
    if method.weighing is Weighing.NONE:
        if method.contributions:
            return "What each criterion adds", f"{rating}, and the points it adds to the score."
        return "What the formula takes", f"{rating}, on the criterion's own scale."
    within = method.weighing is Weighing.WITHIN
    share = f"its share of {'the weight within its dimension' if within else 'all weight'}"
    if not method.contributions:
        told = f"{rating} and {share}. {method.title} does not split into criteria."
        return "What the score is made from", told
    acts = "Risks count as their safety: the lower the rating, the more they add."
    if method.likely:
        acts = f"{method.likely.label} acts through the likelihood of success."
    elif method.has_break_even:
        acts = ""
    told = f"{rating}, {share}, and the points it adds to the score. {acts}"
    return "What each criterion adds", told.strip()


def _titles(method: Method) -> tuple[str, ...]:
    """Return what the columns are called: no share without weights, no points without a split."""
    share = () if method.weighing is Weighing.NONE else ("Share",)
    return ("Criterion", "Rating", "Raters", *share, *(("Adds",) if method.contributions else ()))


def _cells(part: Contribution, method: Method) -> tuple[str, ...]:
    criterion = part.criterion
    if part.points is None:
        adds = "not rated"
    elif part.acts_on is ActsOn.LIKELIHOOD:
        adds = f"+{part.points:.3f} p"
    else:
        adds = _points(part.points, method)
    if part.enough is not None:
        adds += f", +{part.enough:.3f} q"
    cells = {
        "Criterion": criterion.title,
        "Rating": "–" if part.rating is None else f"{part.rating:.2f}",
        "Raters": str(part.raters),
        "Share": f"{part.share:.0%}",
        "Adds": adds,
    }
    return tuple(cells[title] for title in _titles(method))


def _points(points: float, method: Method) -> str:
    return f"{round(points, method.decimals) + 0.0:+.{method.decimals}f}".replace("-", "−")


def _when(standing: Standing) -> str:
    use_case = standing.use_case
    if not use_case.decided_on:
        return ""
    return f"Decided by {use_case.decided_by or 'somebody'} on {use_case.decided_on:%d %B %Y}"
