"""What people state of a formula of their own: its text, its parameters and its tiers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from scoper.errors import InvalidInput
from scoper.scoring.formula.nodes import FUNCTIONS
from scoper.scoring.parameters import MOST, Parameter

MOST_PARAMETERS: Final = 12
MOST_TIERS: Final = 9
_LONGEST_NAME: Final = 30
_LONGEST_TIER: Final = 12
_MEANING: Final = "A number that the formula takes."
_NAME: Final = re.compile(r"[a-z]{2,}(?:_[a-z0-9]+)*|[a-z](?:_[a-z0-9]+)+")
"""Names that are neither cells nor columns to a spreadsheet."""

_TAKEN: Final = frozenset({*FUNCTIONS, "true", "false", "break_even"})
_NUMBER = r"[-−]?\d+(?:\.\d+)?"
_PARAMETER: Final = re.compile(
    rf"(?P<name>\w+)\s*=\s*(?P<default>{_NUMBER})"
    rf"(?:\s+from\s+(?P<low>{_NUMBER}))?(?:\s+to\s+(?P<high>{_NUMBER}))?"
)
_TIER: Final = re.compile(rf"(?P<title>\w[\w +-]*?)(?:\s+from\s+(?P<least>{_NUMBER}))?")


@dataclass(frozen=True, slots=True)
class Tier:
    """A class of scores from ``least`` on, or of all that are lower than the others."""

    title: str
    least: float = -math.inf


def tier_of(tiers: Sequence[Tier], score: float) -> str:
    """Return the tier of a score, of those from the highest to the lowest; empty for none."""
    return next((each.title for each in tiers if score >= each.least), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A formula with its parameters and tiers, the highest first, as somebody stated them."""

    text: str
    title: str = "Formula of your own"
    source: str = "Stated in this portfolio"
    parameters: tuple[Parameter, ...] = ()
    tiers: tuple[Tier, ...] = ()

    @staticmethod
    def of(stored: Mapping[str, Any]) -> Stated:
        """Return what ``stored`` made of a statement.

        Raises:
            InvalidInput: parameters or tiers are not possible, or it is no statement.
        """
        given = dict(stored)
        try:
            stated = given.pop("parameters", {})
            parameters = tuple(_parameter(name, each) for name, each in stated.items())
            _check_parameters(parameters)
            given["tiers"] = read_tiers(given.get("tiers", ""))
            if not all(
                isinstance(given.get(each, ""), str) for each in ("text", "title", "source")
            ):
                raise TypeError
            return Stated(**given, parameters=parameters)
        except (TypeError, AttributeError):
            raise InvalidInput(
                "The formula that is stored cannot be read.", "State it anew.", field="formula"
            ) from None

    def stored(self) -> dict[str, Any]:
        """Return this as a file holds it."""
        said = {"text": self.text, "tiers": tiers_text(self.tiers)}
        usual = {field.name: field.default for field in fields(Stated)}
        said |= {
            name: text
            for name in ("title", "source")
            if (text := getattr(self, name)) != usual[name]
        }
        return {**said, "parameters": {each.name: _stored(each) for each in self.parameters}}


def formula_texts(stored: Mapping[str, Any]) -> dict[str, str]:
    """Return what people edit of a stored statement, each as a text; empty where there is none."""
    if not stored:
        return {"text": "", "parameters": "", "tiers": ""}
    stated = Stated.of(stored)
    return {
        "text": stated.text,
        "parameters": parameters_text(stated.parameters),
        "tiers": tiers_text(stated.tiers),
    }


def canonical(field: str, text: Any) -> Any:
    """Return a text as it is given back once it is stored; one that is wrong as it is."""
    try:
        if field == "parameters":
            return parameters_text(read_parameters(text))
        if field == "tiers":
            return tiers_text(read_tiers(text))
    except InvalidInput:
        return text
    return text.strip()


def restated(stored: Mapping[str, Any], given: Mapping[str, str]) -> Stated:
    """Return a stored statement with some of its texts replaced.

    Raises:
        InvalidInput: parameters or tiers cannot be read.
    """
    stated = Stated.of(stored) if stored else Stated(text="")
    if "text" in given:
        stated = replace(stated, text=given["text"].strip())
    if "parameters" in given:
        parameters = read_parameters(given["parameters"], stated.parameters)
        stated = replace(stated, parameters=parameters)
    if "tiers" in given:
        stated = replace(stated, tiers=read_tiers(given["tiers"]))
    return stated


def read_parameters(text: str, known: Sequence[Parameter] = ()) -> tuple[Parameter, ...]:
    """Return the parameters in a text such as ``caution = 1.5 from 0.5 to 4; reach = 2``.

    What is said of a ``known`` one besides stays.

    Raises:
        InvalidInput: it cannot be read, or a parameter is not possible.
    """
    before = {each.name: _stored(each) for each in known}
    found = []
    for part in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        match = _PARAMETER.fullmatch(part)
        if not match:
            raise InvalidInput(
                f"“{part[:40]}” is no parameter.",
                "Write a name and a value, as in caution = 1.5 from 0.5 to 4; a semicolon goes "
                "between two.",
                field="parameters",
            )
        name, high = match["name"], match["high"]
        said = {**before.get(name, {}), "default": _number(match["default"])}
        said |= {"low": _number(match["low"] or "0"), "high": _number(high) if high else math.inf}
        found.append(_parameter(name, said))
    _check_parameters(found)
    return tuple(found)


def parameters_text(parameters: Sequence[Parameter]) -> str:
    """Return parameters as ``read_parameters`` reads them."""
    return "; ".join(
        f"{each.name} = {each.default:.12g} from {each.low:.12g}"
        + ("" if math.isinf(each.high) else f" to {each.high:.12g}")
        for each in parameters
    )


def read_tiers(text: str) -> tuple[Tier, ...]:
    """Return the tiers in a text such as ``A from 3, B from 1.5, C``, the highest first.

    Raises:
        InvalidInput: it cannot be read, or two tiers are alike.
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _TIER.fullmatch(part)
        if not match or len(match["title"]) > _LONGEST_TIER:
            raise _no_tiers(f"“{part[:40]}” is no tier.")
        least = _number(match["least"]) if match["least"] else -math.inf
        found.append(Tier(match["title"], least))
    if len(found) > MOST_TIERS:
        raise _no_tiers(f"There are {len(found)} tiers; {MOST_TIERS} are possible.")
    for alike in ({each.title for each in found}, {each.least for each in found}):
        if len(alike) < len(found):
            raise _no_tiers("Two tiers have the same name or begin at the same score.")
    return tuple(sorted(found, key=lambda each: -each.least))


def tiers_text(tiers: Sequence[Tier]) -> str:
    """Return tiers as ``read_tiers`` reads them."""
    return ", ".join(
        each.title if math.isinf(each.least) else f"{each.title} from {each.least:.12g}"
        for each in tiers
    )


def _no_tiers(message: str) -> InvalidInput:
    return InvalidInput(
        message,
        "Write them as in A from 3, B from 1.5, C: the last is what is left.",
        field="tiers",
    )


def _check_parameters(parameters: Sequence[Parameter]) -> None:
    if len(parameters) > MOST_PARAMETERS:
        raise InvalidInput(
            f"There are {len(parameters)} parameters.",
            f"State {MOST_PARAMETERS} or fewer.",
            field="parameters",
        )
    seen: set[str] = set()
    for each in parameters:
        if each.name in seen:
            raise InvalidInput(
                f"There are two parameters “{each.name}”.",
                "Leave one of them out.",
                field="parameters",
            )
        seen.add(each.name)
        _check_parameter(each)


def _check_parameter(each: Parameter) -> None:
    if not (-MOST <= each.low < each.high):
        raise InvalidInput(
            f"The range of “{each.name}” does not rise.",
            "Write the smaller end first, as in from 0.5 to 4.",
            field="parameters",
        )
    each.check(each.default)


def _parameter(name: str, said: Mapping[str, Any]) -> Parameter:
    """Return a parameter; a title that is not given is made of its name.

    Raises:
        InvalidInput: it cannot be called so.
    """
    usual = {"title": _title(name), "meaning": _MEANING}
    try:
        if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name) or name in _TAKEN:
            raise ValueError
        return Parameter(name=name, **{**usual, **said})
    except ValueError:
        raise InvalidInput(
            f"A parameter cannot be called “{name[:40]}”.",
            "Use small letters of the English alphabet, with an underscore before a number, as in "
            "caution or weight_2.",
            field="parameters",
        ) from None


def _stored(each: Parameter) -> dict[str, Any]:
    said: dict[str, Any] = {"default": each.default, "low": each.low}
    if math.isfinite(each.high):
        said["high"] = each.high
    if each.title != _title(each.name):
        said["title"] = each.title
    if each.meaning != _MEANING:
        said["meaning"] = each.meaning
    return said | {name: text for name in ("symbol", "unit") if (text := getattr(each, name))}


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _number(text: str) -> float:
    return float(text.replace("−", "-"))
