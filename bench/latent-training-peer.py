#!/usr/bin/python3
"""Trains torchsde's latent SDE on paths of the Lorenz attractor, with the settings of its own example, and prints a line of JSON
for each evaluation on held-out paths: step, wall seconds and processor seconds of the training so far, and -ELBO with its parts.

    bench/latent-training-peer.py DATA [--steps N] [--every N] [--minutes M] [--seed S]

DATA is what `anabranch bench latent-training --data DATA` wrote. Training ends after N steps, or the first evaluation after M
minutes. PEERS names the folder of the peers' repositories, PEER_SCRIPTS (default: ../shared/peers beside the repository) that of
their workloads; OMP_NUM_THREADS is the number of threads."""
import argparse
import importlib.util
import json
import os
import struct
import time

HERE = os.path.dirname(os.path.realpath(__file__))
LATENT, CONTEXT, DATA, WIDTH, DEVIATION = 4, 64, 3, 128, 0.01
RATE, DECAY, RAMP, END = 1e-2, 0.997, 1000, 2.0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def workloads():
    spec = importlib.util.spec_from_file_location("exporter", os.path.join(HERE, "export-peer.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.workloads()


def read(file, numpy):
    """The tensors of a safetensors file whose numbers are all float32."""
    with open(file, "rb") as content:
        size, = struct.unpack("<Q", content.read(8))
        header = json.loads(content.read(size))
        rest = content.read()
    return {name: numpy.frombuffer(rest[entry["data_offsets"][0]:entry["data_offsets"][1]], "<f4").reshape(entry["shape"]).copy()
            for name, entry in header.items() if name != "__metadata__"}


class Clock:
    """Seconds between resume and pause, of the wall and of the processor."""

    def __init__(self):
        self.wall = self.processor = 0.0

    def __enter__(self):
        self.started = time.perf_counter(), time.process_time()

    def __exit__(self, *_):
        self.wall += time.perf_counter() - self.started[0]
        self.processor += time.process_time() - self.started[1]


def main():
    options = arguments()
    cases = workloads()
    import numpy
    import torch
    example = cases.example("latent_sde_lorenz")
    torch.manual_seed(options.seed)
    paths = {name: torch.from_numpy(values).transpose(0, 1).contiguous() for name, values in read(options.data, numpy).items()}
    times = torch.linspace(0, END, paths["train"].shape[0])
    model = example.LatentSDE(DATA, LATENT, CONTEXT, WIDTH)
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE)
    rates = torch.optim.lr_scheduler.ExponentialLR(optimiser, gamma=DECAY)
    weight = example.LinearScheduler(RAMP)
    clock = Clock()

    def evaluate(step):
        with torch.no_grad():
            fit, divergence = (float(part) for part in model(paths["test"], times, DEVIATION))
        print(json.dumps({"step": step, "seconds": round(clock.wall, 3), "processorSeconds": round(clock.processor, 3),
                          "loss": divergence - fit, "misfit": -fit, "divergence": divergence}), flush=True)

    evaluate(0)
    for step in range(1, options.steps + 1):
        with clock:
            optimiser.zero_grad()
            fit, divergence = model(paths["train"], times, DEVIATION)
            (weight.val * divergence - fit).backward()
            optimiser.step()
            rates.step()
            weight.step()
        if step % options.every == 0:
            evaluate(step)
            if clock.wall > 60 * options.minutes:
                break


main()
