"""The vocabulary of the field: every closed list of choices, with the words people read.

The value of a member is what is stored and exchanged; ``label`` is what is shown.
"""

from __future__ import annotations

from enum import StrEnum


class Term(StrEnum):
    """A stored value with a label for people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Term:
        """Make a member from its stored value and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


class Stage(Term):
    """How far a use case has come in its life."""

    IDEA = "idea", "Idea"
    SCOPING = "scoping", "Scoping"
    DEVELOPMENT = "development", "Development"
    PILOT = "pilot", "Pilot"
    LIVE = "live", "Live"
    RETIRED = "retired", "Retired"


class Decision(Term):
    """What leadership decided about a use case."""

    UNDECIDED = "undecided", "Undecided"
    GO = "go", "Go"
    EVIDENCE = "evidence", "More evidence"
    HOLD = "hold", "Hold"
    NO_GO = "no_go", "No-go"


class Dimension(Term):
    """The three questions every criterion belongs to."""

    IMPACT = "impact", "Impact"
    FEASIBILITY = "feasibility", "Feasibility"
    RISK = "risk", "Risk"


class RiskCategory(Term):
    """Where a risk comes from."""

    ORGANISATIONAL = "organisational", "Organisational"
    DOMAIN = "domain", "Domain-specific"
    EXTERNAL = "external", "External"


class Aggregation(Term):
    """How the ratings of a group become one value."""

    MEAN = "mean", "Mean"
    MEDIAN = "median", "Median"
    TRIMMED = "trimmed", "Trimmed mean"


class Approach(Term):
    """The approach ladder: the lowest rung that solves the problem wins."""

    PROCESS = "process", "Process fix"
    RULES = "rules", "Rules"
    ANALYTICS = "analytics", "Analytics or report"
    BUY = "buy", "Buy a product"
    ADAPT = "adapt", "Adapt a model"
    BUILD = "build", "Build a model"

    @property
    def uses_ai(self) -> bool:
        """Whether this rung brings a learned model into the organisation."""
        return self in (Approach.BUY, Approach.ADAPT, Approach.BUILD)


class Discipline(Term):
    """Which side of the house proposed an option."""

    PRODUCT = "product", "Product"
    ENGINEERING = "engineering", "Engineering"
    AI = "ai", "AI"
    BUSINESS = "business", "Business"


class Sophistication(Term):
    """How demanding an option is to build and run."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Feasibility(Term):
    """What the evidence says about a shortlisted option."""

    OPEN = "open", "Open"
    FEASIBLE = "feasible", "Feasible"
    RULED_OUT = "ruled_out", "Ruled out"


class EvidenceKind(Term):
    """Where a piece of evidence comes from."""

    PROTOTYPE = "prototype", "Prototype"
    LITERATURE = "literature", "Literature"
    EXPERT = "expert", "Domain expert"
    PARTNER = "partner", "External partner"


class Finding(Term):
    """What a piece of evidence says about its option."""

    SUPPORTS = "supports", "Supports"
    MIXED = "mixed", "Mixed"
    CONTRADICTS = "contradicts", "Contradicts"


class PersonalData(Term):
    """Whether a data set holds data about people."""

    UNKNOWN = "unknown", "Not known"
    NO = "no", "No"
    YES = "yes", "Yes"


class KpiKind(Term):
    """Business outcome, model quality, or what must not get worse."""

    BUSINESS = "business", "Business"
    MODEL = "model", "Model"
    GUARDRAIL = "guardrail", "Guardrail"


class Direction(Term):
    """Which way a metric should move."""

    UP = "up", "Higher is better"
    DOWN = "down", "Lower is better"


class Phase(Term):
    """The roadmap: each phase earns the next."""

    BASELINE = "baseline", "Baseline"
    MVP = "mvp", "MVP"
    PILOT = "pilot", "Pilot"
    ROLLOUT = "rollout", "Roll-out"


class CostCategory(Term):
    """What money is spent on, besides the people counted as effort."""

    DATA = "data", "Data"
    LABELLING = "labelling", "Labelling"
    SOFTWARE = "software", "Software and licences"
    INFRASTRUCTURE = "infrastructure", "Infrastructure"
    PARTNERS = "partners", "Partners"
    OTHER = "other", "Other"


class Recurrence(Term):
    """How often a cost falls due."""

    ONE_OFF = "one_off", "Once"
    YEARLY = "yearly", "Every year"


class Strength(Term):
    """How far agreement goes, in a word (thresholds after Krippendorff 2004)."""

    STRONG = "strong", "Strong"
    TENTATIVE = "tentative", "Tentative"
    WEAK = "weak", "Weak"

    @classmethod
    def of(cls, agreement: float) -> Strength:
        """Return the word for a statistic of agreement: from 0.8 strong, from 0.667 tentative."""
        if agreement >= 0.8:
            return cls.STRONG
        return cls.TENTATIVE if agreement >= 0.667 else cls.WEAK


class RiskBand(Term):
    """The risk score of a use case in three bands, for colour and shape."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"

    @classmethod
    def of(cls, risk: float) -> RiskBand:
        """Return the band of a risk score in [0, 1]: thirds of the scale."""
        if risk < 1 / 3:
            return cls.LOW
        return cls.MEDIUM if risk < 2 / 3 else cls.HIGH
