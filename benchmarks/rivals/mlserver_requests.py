"""Writes requests in MLServer's form: `mlserver_requests.py TEXTS.json OUT.json`; TEXTS.json has lists of texts."""

import json
import sys
from pathlib import Path

from mlserver.grpc import dataplane_pb2


def request(texts: list[str]) -> str:
    """Return the bytes of one request, in hex."""
    message = dataplane_pb2.ModelInferRequest(model_name="intents")
    tensor = message.inputs.add(name="text", datatype="BYTES", shape=[len(texts), 1])
    tensor.parameters["content_type"].string_param = "str"
    tensor.contents.bytes_contents.extend(text.encode() for text in texts)
    message.outputs.add(name="predict_proba")
    return str(message.SerializeToString().hex())


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(json.dumps([request(texts) for texts in json.loads(source.read_text())]))
