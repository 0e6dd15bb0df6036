"""The encoder that is built here says what the reference implementation says."""

import importlib.util
import os
import pickle
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import onnx
import pytest

from classifier_service.errors import ArtefactRefusedError, EncoderMissingError
from classifier_service.models.encoder import MAX_TOKENS, SentenceEncoder, shared_encoder
from classifier_service.models.encoder_files import content_hash, installed_encoder, kept_graph
from classifier_service.models.kernel_head import projected

ROOT = Path(__file__).parents[4]
REFERENCE = (
    Path(os.environ.get("SUPPORT_SHARED_DATA", ROOT.parent / "shared" / "data")) / "encoder" / "minilm_reference.npz"
)


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    """The encoder as it serves."""
    return shared_encoder()


def test_embeddings_are_those_of_the_reference_implementation(encoder: SentenceEncoder) -> None:
    """200 texts, together and alone: cosine at least 0.9999 of the first part, which older models read alone."""
    assert REFERENCE.exists(), f"The reference embeddings are not there: {REFERENCE}; see SUPPORT_SHARED_DATA."
    with np.load(REFERENCE) as reference:
        texts, expected = [str(text) for text in reference["text"]], reference["embedding"]
    width = expected.shape[1]
    together = projected(encoder(texts), None, width)
    assert (together * expected).sum(axis=1).min() >= 0.9999
    alone = projected(np.concatenate([encoder([text]) for text in texts[:20]]), None, width)
    assert (alone * expected[:20]).sum(axis=1).min() >= 0.9999


@pytest.mark.parametrize(
    "text", ["", " ", "x" * 100_000, "word " * 50_000, "😀" * 1_000, "مرحبا بالعالم", "\x00\ufffd", "Ke kopa thuso"]
)
def test_any_text_has_a_vector_of_length_one(encoder: SentenceEncoder, text: str) -> None:
    """Empty, endless, or of another script."""
    (row,) = encoder([text])
    assert np.linalg.norm(row) == pytest.approx(1, abs=1e-5)


def test_a_text_among_longer_ones_has_the_vector_that_it_has_alone(encoder: SentenceEncoder) -> None:
    """No part takes the padding for words."""
    texts = ["refund", "where is my order " * 10, "Ke kopa thuso ka akhaonto ya me"]
    np.testing.assert_allclose(encoder(texts), np.concatenate([encoder([text]) for text in texts]), atol=1e-5)


def test_no_texts_have_no_vectors(encoder: SentenceEncoder) -> None:
    """An empty batch is an empty answer."""
    assert encoder([]).shape == (0, 4 * 384)


def test_like_meanings_are_closer_than_like_words(encoder: SentenceEncoder) -> None:
    """What an encoder is for."""
    refund, money, bank = encoder(["I want a refund", "please give me my money back", "I want a bank"])
    assert refund @ money > refund @ bank


def test_what_stands_after_the_first_tokens_is_not_read(encoder: SentenceEncoder) -> None:
    """So that a long ticket costs no more than a page."""
    start = "order " * MAX_TOKENS
    one, other = encoder([start + "refund", start + "password"])
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_a_pickled_encoder_is_its_name_and_the_shared_one_again(encoder: SentenceEncoder) -> None:
    """Models stay small, and all models of a process share one encoder."""
    pickled = pickle.dumps(encoder)
    assert len(pickled) < 500
    assert pickle.loads(pickled) is encoder  # noqa: S301 - our own bytes


def test_a_model_of_another_encoder_is_refused(encoder: SentenceEncoder) -> None:
    """Its vectors would mean something else."""
    with pytest.raises(ArtefactRefusedError, match="another sentence encoder"):
        shared_encoder("0" * len(encoder.identity))


def test_the_graph_is_made_once_and_is_equal_to_the_byte(tmp_path: Path, encoder: SentenceEncoder) -> None:
    """In a directory of any name; a second look makes nothing."""
    files = installed_encoder()
    made = kept_graph(files, tmp_path / "my cache")
    written = made.stat().st_mtime_ns
    assert kept_graph(files, tmp_path / "my cache") == made
    assert made.stat().st_mtime_ns == written
    assert [path.name for path in made.parent.iterdir()] == [made.name]
    assert content_hash(files)[:16] in made.name
    assert encoder.identity == content_hash(files)
    onnx.checker.check_model(str(made))


def test_without_its_package_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who asks for `accurate` without the extra."""

    def nothing(_name: str, _package: str | None = None) -> ModuleSpec | None:
        return None

    monkeypatch.setattr("classifier_service.models.encoder_files.find_spec", nothing)
    with pytest.raises(EncoderMissingError, match="extra encoder"):
        installed_encoder()


def test_a_cache_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    """The message names the setting."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(EncoderMissingError, match="CLASSIFIER_CACHE_DIR"):
        kept_graph(installed_encoder(), tmp_path / "taken")


def test_torch_is_not_there() -> None:
    """Nothing that is installed brings it in."""
    assert importlib.util.find_spec("torch") is None
