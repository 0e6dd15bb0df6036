"""The sentence encoder as an ONNX graph, built from its published weights.

The encoder is a BERT of six layers (Devlin et al., 2019, in the size of MiniLM, Wang et al., 2020). A text's vector has
four parts: the mean over the tokens of the last layer, which is the published vector, of the layer before it, the
maximum over the tokens of the last layer, and the mean of the words' own embeddings. Each is scaled to length one, then
weighed, and the whole has length one. Needs the extra `encoder`.

`python -m classifier_service.models.encoder_graph WEIGHTS GRAPH` makes the graph file from the weights file.
"""

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

Weights = Mapping[str, NDArray[np.float32]]

IDS: Final = "ids"
MASK: Final = "mask"
EMBEDDING: Final = "embedding"

_OPSET: Final = 20
_IR_VERSION: Final = 10
_EPSILON: Final = 1e-12
_MASKED: Final = -10_000.0
_WEIGHTS: Final = np.array([1, 0.6, 0.5, 0.5], np.float32) / np.float32(math.sqrt(1 + 0.6**2 + 0.5**2 + 0.5**2))
PARTS: Final = len(_WEIGHTS)
"""How many vectors of the encoder's width make one text's vector; the first is the published one."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder."""

    layers: int
    heads: int
    width: int


MINI_LM: Final = Shape(layers=6, heads=12, width=384)


@dataclass(slots=True)
class _Graph:
    """The nodes and constants added so far."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def add(self, operator: str, *inputs: str, **attributes: float | list[int]) -> str:
        """Add a node and return the name of its output."""
        output = f"{operator.lower()}_{len(self.nodes)}"
        node = helper.make_node(operator, list(inputs), [output])
        node.attribute.extend(helper.make_attribute(name, value) for name, value in attributes.items())
        self.nodes.append(node)
        return output

    def constant(self, name: str, value: object, dtype: type[np.generic] = np.float32) -> str:
        """Add a constant, once for each name, and return its name."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value, dtype), name)
        return name


def build_graph(weights: Weights, shape: Shape) -> onnx.ModelProto:
    """Return the graph: token ids and their mask, (texts, tokens) int64, to embeddings (texts, parts x width) float32.

    Args:
        weights: Weights under the names of the reference implementation.
        shape: Sizes of the encoder that the weights belong to.
    """
    graph = _Graph()
    hidden = [_embed(graph, weights)]
    masked = _attention_bias(graph)
    for layer in range(shape.layers):
        hidden.append(_layer(graph, weights, f"encoder.layer.{layer}", shape, (hidden[-1], masked)))
    _pool(graph, hidden)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in (IDS, MASK)]
    output = helper.make_tensor_value_info(EMBEDDING, TensorProto.FLOAT, ["texts", PARTS * shape.width])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "sentence_encoder", inputs, [output], list(graph.constants.values())),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR_VERSION,
    )
    onnx.checker.check_model(model)
    return model


def _embed(graph: _Graph, weights: Weights) -> str:
    """Add the embeddings of word, position and segment; every token is in the first segment."""
    words = graph.constant("words", weights["embeddings.word_embeddings.weight"])
    segment = weights["embeddings.token_type_embeddings.weight"][0]
    positions = graph.constant("positions", weights["embeddings.position_embeddings.weight"] + segment)
    length = graph.add("Shape", IDS, start=1, end=2)
    zero = graph.constant("zero", [0], np.int64)
    position = graph.add("Slice", positions, zero, length, zero)
    summed = graph.add("Add", graph.add("Gather", words, IDS), position)
    return _normalise(graph, weights, "embeddings.LayerNorm", summed)


def _attention_bias(graph: _Graph) -> str:
    """Return 0 for a token and a large negative number for padding, of shape (texts, 1, 1, tokens)."""
    mask = graph.add("Cast", MASK, to=TensorProto.FLOAT)
    padding = graph.add("Sub", graph.constant("one", [1.0]), mask)
    bias = graph.add("Mul", padding, graph.constant("masked", [_MASKED]))
    return graph.add("Unsqueeze", bias, graph.constant("middle", [1, 2], np.int64))


def _layer(graph: _Graph, weights: Weights, name: str, shape: Shape, inputs: tuple[str, str]) -> str:
    hidden, masked = inputs
    attended = _attention(graph, weights, f"{name}.attention", shape, (hidden, masked))
    hidden = _normalise(graph, weights, f"{name}.attention.output.LayerNorm", graph.add("Add", attended, hidden))
    inner = graph.add("Gelu", _dense(graph, weights, f"{name}.intermediate.dense", hidden))
    outer = _dense(graph, weights, f"{name}.output.dense", inner)
    return _normalise(graph, weights, f"{name}.output.LayerNorm", graph.add("Add", outer, hidden))


def _attention(graph: _Graph, weights: Weights, name: str, shape: Shape, inputs: tuple[str, str]) -> str:
    hidden, masked = inputs
    size = shape.width // shape.heads
    scale = np.float32(1 / math.sqrt(size))
    apart = graph.constant("apart", [0, 0, shape.heads, size], np.int64)
    together = graph.constant("together", [0, 0, shape.width], np.int64)
    query, key, value = (
        graph.add("Reshape", _dense(graph, weights, f"{name}.self.{part}", hidden, factor), apart)
        for part, factor in (("query", scale), ("key", None), ("value", None))
    )
    scores = graph.add(
        "MatMul",
        graph.add("Transpose", query, perm=[0, 2, 1, 3]),
        graph.add("Transpose", key, perm=[0, 2, 3, 1]),
    )
    shares = graph.add("Softmax", graph.add("Add", scores, masked), axis=-1)
    mixed = graph.add("MatMul", shares, graph.add("Transpose", value, perm=[0, 2, 1, 3]))
    joined = graph.add("Reshape", graph.add("Transpose", mixed, perm=[0, 2, 1, 3]), together)
    return _dense(graph, weights, f"{name}.output.dense", joined)


def _dense(graph: _Graph, weights: Weights, name: str, hidden: str, factor: np.float32 | None = None) -> str:
    matrix, bias = weights[f"{name}.weight"].T, weights[f"{name}.bias"]
    if factor is not None:
        matrix, bias = matrix * factor, bias * factor
    product = graph.add("MatMul", hidden, graph.constant(f"{name}.weight", matrix))
    return graph.add("Add", product, graph.constant(f"{name}.bias", bias))


def _normalise(graph: _Graph, weights: Weights, name: str, hidden: str) -> str:
    scale, bias = (graph.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias"))
    return graph.add("LayerNormalization", hidden, scale, bias, axis=-1, epsilon=_EPSILON)


def _pool(graph: _Graph, hidden: list[str]) -> None:
    """Add the parts of the texts' vectors, without padding; `hidden` has the embeddings, then each layer."""
    last = graph.constant("last", [2], np.int64)
    mask = graph.add("Unsqueeze", graph.add("Cast", MASK, to=TensorProto.FLOAT), last)
    tokens = graph.constant("tokens", [1], np.int64)
    padding = graph.add("Mul", graph.add("Sub", "one", mask), "masked")
    # A sum is enough for a mean: scaling to length one gives the same vector for both.
    parts = (
        _sum(graph, hidden[-1], mask, tokens),
        _sum(graph, hidden[-2], mask, tokens),
        graph.add("ReduceMax", graph.add("Add", hidden[-1], padding), tokens, keepdims=0),
        _sum(graph, hidden[0], mask, tokens),
    )
    weighed = [
        graph.add(
            "Mul",
            graph.add("LpNormalization", part, axis=-1, p=2),
            graph.constant(f"weight_{place}", [_WEIGHTS[place]]),
        )
        for place, part in enumerate(parts)
    ]
    graph.nodes.append(helper.make_node("Concat", weighed, [EMBEDDING], axis=-1))


def _sum(graph: _Graph, hidden: str, mask: str, tokens: str) -> str:
    return graph.add("ReduceSum", graph.add("Mul", hidden, mask), tokens, keepdims=0)


def main(weights: str, graph: str) -> None:
    """Write the graph of the weights in a file."""
    model = build_graph(load_file(weights), MINI_LM)
    Path(graph).write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
