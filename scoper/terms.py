"""The vocabulary of the field: every closed list of choices, with the words people read.

The value of a member is what is stored and exchanged; ``label`` is what is shown.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from typing import Final


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


class Answer(Term):
    """How a question of a checklist is answered."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class Relevance(Term):
    """What the relevance checklist says about a problem."""

    SUITED = "suited", "Suited to AI"
    RULES = "rules", "Rules or analytics are enough"
    NO_DATA = "no_data", "Not enough data yet"
    REFRAME = "reframe", "Reframe the problem"
    DO_NOT_PURSUE = "do_not_pursue", "Do not pursue"
    UNDECIDED = "undecided", "Undecided"


class RelevanceDecision(Term):
    """What the team makes of the verdict on relevance."""

    FOLLOW = "", "Follow the checklist"
    SUITED = "suited", "Suited to AI all the same"
    RULES = "rules", "Rules or analytics are enough"
    NO_DATA = "no_data", "Not enough data yet"
    REFRAME = "reframe", "Reframe the problem"
    DO_NOT_PURSUE = "do_not_pursue", "Do not pursue"


class BusinessFunction(Term):
    """The part of an organisation, or the sector, that a use case belongs to."""

    CUSTOMER_SERVICE = "customer_service", "Customer service"
    MARKETING = "marketing", "Marketing"
    SALES = "sales", "Sales"
    FINANCE = "finance", "Finance"
    OPERATIONS = "operations", "Operations and supply chain"
    HR = "hr", "Human resources"
    LEGAL = "legal", "Legal and compliance"
    IT = "it", "IT"
    SECURITY = "security", "Security"
    PRODUCT = "product", "Product"
    RESEARCH = "research", "Research and development"
    HEALTHCARE = "healthcare", "Healthcare"
    BANKING = "banking", "Banking and insurance"
    RETAIL = "retail", "Retail"
    MANUFACTURING = "manufacturing", "Manufacturing"
    PUBLIC = "public", "Public sector"


class DataType(Term):
    """The form of the data that a model learns from."""

    TABULAR = "tabular", "Tables"
    TIME_SERIES = "time_series", "Time series"
    TEXT = "text", "Text"
    IMAGE = "image", "Images"
    AUDIO = "audio", "Audio"
    VIDEO = "video", "Video"
    GRAPH = "graph", "Graphs"
    LOGS = "logs", "Logs and events"


class ModelTask(Term):
    """What a model is asked to do; each task has measures of its own."""

    CLASSIFICATION = "classification", "Classification"
    REGRESSION = "regression", "Regression"
    FORECASTING = "forecasting", "Forecasting"
    RANKING = "ranking", "Ranking and search"
    GENERATION = "generation", "Generation"
    TRANSLATION = "translation", "Translation"
    EXTRACTION = "extraction", "Extraction"
    DETECTION = "detection", "Detection and segmentation"
    SPEECH = "speech", "Speech"
    CLUSTERING = "clustering", "Clustering"
    ANOMALY = "anomaly", "Anomaly detection"
    DECISION = "decision", "Decision and optimisation"
    SERVING = "serving", "Running in production"


class Latency(Term):
    """How long one answer of a model takes."""

    INSTANT = "instant", "Below 100 milliseconds"
    INTERACTIVE = "interactive", "Seconds"
    BATCH = "batch", "Minutes to hours, in batches"


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


class RiskLevel(Term):
    """How serious a risk is, from its likelihood and severity together."""

    LOW = "low", "Low"
    MODERATE = "moderate", "Moderate"
    HIGH = "high", "High"
    EXTREME = "extreme", "Extreme"


class FailureTheme(Term):
    """The four ways in which an AI project fails, for a pre-mortem."""

    INTUITION = "intuition", "Intuition: why we do it"
    PROCESS = "process", "Process: how we work"
    SYSTEMS = "systems", "Systems: what it runs on"
    PEOPLE = "people", "People: who builds and uses it"


class Exposure(Term):
    """How a team sees a failure of the pre-mortem."""

    COULD = "could", "Could happen here"
    HANDLED = "handled", "We have it covered"
    NO = "no", "Does not apply"


class Eases(Term):
    """What a mitigation makes smaller."""

    LIKELIHOOD = "likelihood", "Likelihood"
    SEVERITY = "severity", "Severity"
    BOTH = "both", "Likelihood and severity"


class DataArea(Term):
    """The parts of data readiness."""

    ACCESS = "access", "Access and ownership"
    QUALITY = "quality", "Quality"
    LABELS = "labels", "Labels"
    LAW = "law", "Personal data and law"
    DRIFT = "drift", "Change over time"


class DataScope(Term):
    """Which data sets a check is asked of."""

    ALWAYS = "always", "Every data set"
    LABELS = "labels", "Data a model learns from or is tested on"
    PERSONAL_DATA = "personal_data", "Data about people"


class Readiness(Term):
    """What the grades of a data set add up to."""

    UNGRADED = "ungraded", "Not graded"
    BLOCKED = "blocked", "Blocked"
    WORK = "work", "Needs work first"
    OPEN = "open", "Questions open"
    READY = "ready", "Ready to use"


class YesNo(Term):
    """The answer to a yes-or-no question."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "Not sure"


class ActGate(Term):
    """The parts of the EU AI Act a question can belong to."""

    SCOPE = "scope", "Does the Act apply?"
    ROLE = "role", "Our role"
    PROHIBITED = "prohibited", "Prohibited practices"
    PRODUCT = "product", "High risk: regulated products"
    LISTED = "listed", "High risk: listed uses"
    EXEMPTION = "exemption", "Listed uses that are not high risk"
    PROFILING = "profiling", "Profiling"
    TRANSPARENCY = "transparency", "Transparency"
    MODEL = "model", "General-purpose models"
    CONTEXT = "context", "What else decides on duties"


class ActTier(Term):
    """The classes of the EU AI Act, from the mildest to the strictest."""

    OUTSIDE = "outside", "Outside the Act"
    MINIMAL = "minimal", "Minimal risk"
    OPEN = "open", "Not settled yet"
    TRANSPARENCY = "transparency", "Transparency duties"
    HIGH = "high", "High risk"
    PROHIBITED = "prohibited", "Prohibited"

    @property
    def severity(self) -> int:
        """How strict the tier is, from 0 for outside the Act to 5 for prohibited."""
        return list(ActTier).index(self)


class ActPath(Term):
    """The ways in which the Act reaches a system; duties and dates hang on them."""

    ANY = "any", "Every AI system"
    PROHIBITED = "prohibited", "Prohibited practice"
    PRODUCT = "product", "High risk through a product of Annex I, Section A"
    VEHICLE = "vehicle", "High risk through a product of Annex I, Section B"
    LISTED = "listed", "High risk through Annex III"
    EXEMPT = "exempt", "Listed in Annex III, but not high risk"
    TRANSPARENCY = "transparency", "Transparency"
    MODEL = "model", "General-purpose model"


class ActParty(Term):
    """Who a duty of the Act falls on."""

    PROVIDER = "provider", "Provider"
    DEPLOYER = "deployer", "Deployer"
    ANYONE = "anyone", "Provider and deployer"


class RmfFunction(Term):
    """The functions of the NIST AI Risk Management Framework 1.0."""

    GOVERN = "govern", "Govern"
    MAP = "map", "Map"
    MEASURE = "measure", "Measure"
    MANAGE = "manage", "Manage"


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

    UNSAID = "", "Not said yet"
    PRODUCT = "product", "Product"
    ENGINEERING = "engineering", "Engineering"
    AI = "ai", "AI"
    BUSINESS = "business", "Business"


class Sophistication(Term):
    """How demanding an option is to build and run."""

    UNSAID = "", "Not said yet"
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


class EvidenceStrength(Term):
    """How much weight a piece of evidence can bear."""

    WEAK = "weak", "Weak"
    MODERATE = "moderate", "Moderate"
    STRONG = "strong", "Strong"


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


class SignOff(Term):
    """How far a KPI is agreed with whoever will ask for it."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    SIGNED = "signed", "Signed off"


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
    MATURE = "mature", "Mature"

    @property
    def is_asked(self) -> bool:
        """Whether every use case has to plan it; maturity is planned by those that last."""
        return self is not Phase.MATURE


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


class SectionState(Term):
    """How far a section of a document has come."""

    DRAFTING = "drafting", "Drafting"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"


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


RISK_BANDS_FROM: Final = (1 / 3, 2 / 3)
"""The risk scores from which a risk is medium and high: thirds of the scale."""


class RiskBand(Term):
    """The risk score of a use case in three bands, for colour and shape."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"

    @classmethod
    def of(cls, risk: float) -> RiskBand:
        """Return the band of a risk score in [0, 1]."""
        return tuple(cls)[bisect_right(RISK_BANDS_FROM, risk)]
