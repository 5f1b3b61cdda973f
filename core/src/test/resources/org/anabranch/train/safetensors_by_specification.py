"""Safetensors by the format's specification, with Python's standard library alone.

    describe FILE       prints metadata, and of each tensor type, shape and values, as JSON
    rewrite FROM TO     writes the same content anew: tensors in reverse, the header unpadded

https://github.com/huggingface/safetensors, section "Format".
"""
import json, math, struct, sys

CODES = {"F32": "f", "F64": "d", "I64": "q"}


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack_from("<Q", content)
    assert content[8:9] == b"{" and length <= 100_000_000
    header = json.loads(content[8 : 8 + length].decode("utf-8"))
    data = content[8 + length :]
    metadata = header.pop("__metadata__", {})
    tensors, ends = {}, [0]
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        assert begin == ends[-1], f"{name} begins at {begin}, the one before ends at {ends[-1]}"
        ends.append(end)
        layout = f"<{math.prod(entry['shape'])}{CODES[entry['dtype']]}"
        tensors[name] = (entry["dtype"], entry["shape"], struct.unpack(layout, data[begin:end]))
    assert ends[-1] == len(data), f"{len(data)} bytes, described are {ends[-1]}"
    return metadata, tensors


def write(path, metadata, tensors):
    header, data = {}, b""
    for name, (dtype, shape, values) in tensors:
        begin = len(data)
        data += struct.pack(f"<{len(values)}{CODES[dtype]}", *values)
        header[name] = {"shape": shape, "data_offsets": [begin, len(data)], "dtype": dtype}
    header["__metadata__"] = metadata
    text = json.dumps(header, indent=1).encode("utf-8")
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def shown(value):
    return str(value) if isinstance(value, int) else value.hex()


metadata, tensors = read(sys.argv[2])
if sys.argv[1] == "describe":
    entries = {n: [d, s, [shown(v) for v in values]] for n, (d, s, values) in tensors.items()}
    print(json.dumps({"metadata": metadata, "tensors": entries}))
else:
    write(sys.argv[3], metadata, reversed(list(tensors.items())))
