"""The same model in a small FastAPI service, for comparison: `uvicorn fastapi_app:app`."""

import os
from typing import Any

import joblib
from fastapi import FastAPI
from pydantic import BaseModel

model = joblib.load(os.environ["MODEL"])
app = FastAPI()


class Tickets(BaseModel):
    """Texts to classify."""

    texts: list[str]


@app.post("/classify")  # type: ignore[untyped-decorator] # FastAPI is not installed where types are checked
def classify(tickets: Tickets) -> list[dict[str, Any]]:
    """Return the likeliest category of each text, and its probability."""
    found = model.predict_proba(tickets.texts)
    best = found.argmax(axis=1)
    return [
        {"category": model.classes_[column], "confidence": float(row[column])}
        for row, column in zip(found, best, strict=True)
    ]
