#!/usr/bin/python3
"""Writes the weights and initial values of the peers' workload W5 to a safetensors file, with each peer's loss and gradient
norm, so that `anabranch bench CASE --weights FILE` computes the same thing.

    bench/export-peer.py FILE [--dim D] [--hidden H] [--batch B] PEER_CASE...

PEERS names the folder of the peers' repositories, PEER_SCRIPTS (default: ../shared/peers beside the repository) that of
their workloads, cases.py. Metadata: <case>.loss, <case>.gradientNorm, <case>.evaluations."""
import argparse
import inspect
import json
import os
import struct
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
SCRIPTS = os.environ.get("PEER_SCRIPTS", os.path.join(HERE, "..", "..", "shared", "peers"))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("cases", nargs="+", metavar="PEER_CASE")
    parser.add_argument("--dim", type=int, default=64)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--batch", type=int, default=512)
    return parser.parse_args()


def workloads():
    """The peers' cases.py; says what is missing instead of a trace."""
    if "PEERS" not in os.environ or not os.path.isdir(os.environ["PEERS"]):
        sys.exit("export-peer.py: PEERS must name the folder of the peers' repositories (torchdiffeq, torchdyn, TorchDiffEqPack).")
    if not os.path.isfile(os.path.join(SCRIPTS, "cases.py")):
        sys.exit(f"export-peer.py: there is no cases.py in {SCRIPTS}. Set PEER_SCRIPTS to the folder that has it.")
    sys.dont_write_bytecode = True
    sys.path.insert(0, SCRIPTS)
    try:
        import cases
    except ImportError as problem:
        sys.exit(f"export-peer.py: {problem}. Debian has python3-torch, python3-numpy and python3-scipy.")
    return cases


def sized(cases, options):
    """Has the builders of cases.py make the sizes that were asked for."""
    network, builder = cases.ODEMLP, cases.w5
    cases.ODEMLP = lambda dim: network(dim, options.hidden)
    cases.w5 = lambda *args, **kw: builder(*args, **{**kw, "dim": options.dim, "batch": options.batch})


def initial_values(trainer):
    """y0, which the workload's loss closes over."""
    solve = inspect.getclosurevars(trainer.loss_fn).nonlocals["solve"]
    return inspect.getclosurevars(solve).nonlocals["y0"]


def write(path, tensors, metadata):
    """The format of https://github.com/huggingface/safetensors, in the order that its own library writes."""
    header, data = {"__metadata__": dict(sorted(metadata.items()))}, b""
    for name, tensor in sorted(tensors.items()):
        raw = tensor.detach().contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def main():
    options = arguments()
    cases = workloads()
    sized(cases, options)
    tensors, metadata = None, {}
    names = [f"net.{layer}.{kind}" for layer in (0, 2, 4) for kind in ("weight", "bias")]
    for case in options.cases:
        if not case.startswith("W5.") or case not in cases.CASES:
            sys.exit(f"export-peer.py: {case} is no case of W5. Choose from cases.py.")
        trainer = cases.CASES[case]()
        these = dict(zip(names, trainer.params), y0=initial_values(trainer))
        if tensors and any((these[name] != tensors[name]).any() for name in tensors):
            sys.exit(f"export-peer.py: {case} draws other numbers than {options.cases[0]}. Export it to a file of its own.")
        tensors = these
        trainer()
        result = trainer.check()
        metadata[case + ".loss"] = repr(result["loss"])
        metadata[case + ".gradientNorm"] = repr(result["grad"])
        metadata[case + ".evaluations"] = str(trainer.info()["nfe_fwd"])
    write(options.file, tensors, metadata)


if __name__ == "__main__":
    main()
