"""A problem statement must not name a technology; ordinary words must not trip it."""

from __future__ import annotations

import pytest

from scoper.scoping.gates import technology_named


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("We need a chatbot", "chatbot"),
        ("Chat-bots answer customers too slowly", "Chat-bots"),
        ("Use AI to find late invoices", "AI"),
        ("Use A.I. to find late invoices", "A.I"),
        ("AI-driven forecasts are missing", "AI"),
        ("We want an LLM for contracts", "LLM"),
        ("llms would help", "llms"),
        ("A machine-learning model is missing", "machine-learning"),
        ("Machine learning is missing", "Machine learning"),
        ("machine\nlearning is missing", "machine learning"),
        ("We lack a predictive model", "predictive model"),
        ("No large language model yet", "large language model"),
        ("Support has no copilot", "copilot"),
        ("Nobody uses ChatGPT", "ChatGPT"),
        ("Replace it with GPT-4", "GPT-4"),
        ("We have no RAG", "RAG"),
        ("NLP would read the letters", "NLP"),
        ("GenAI for the help desk", "GenAI"),
        ("Too few people know data science", "data science"),
        ("The algorithm is wrong", "algorithm"),
    ],
)
def test_a_technology_is_found_and_quoted(statement: str, word: str) -> None:
    assert technology_named(statement) == word


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "Customers wait 4 days",
        "Our business model depends on repeat orders",
        "The operating model changed",
        "Suppliers of rag rugs deliver late",
        "Rag rugs are returned too often",
        "What the said maid had laid aside in the mail",
        "Clerks email each other, then wait again",
        "Paid claims, air freight and ailing sales",
        "2 ml of reagent are lost per test",
        "A colleague retires next year and nobody knows her rules",
        "We learn about machine failures from customers",
    ],
)
def test_a_plain_problem_names_none(statement: str) -> None:
    assert technology_named(statement) is None
