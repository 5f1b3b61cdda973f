#!/usr/bin/python3
"""Writes torchsde's SDE-GAN example (workload W2) to a safetensors file: weights of both nets, initial noise, Brownian increments
and real paths, with its loss and the gradient norm of both nets, so that `anabranch bench w2 --weights FILE` computes the same.

    bench/sde-gan-peer.py --export FILE [--batch B]

PEERS names the folder of the peers' repositories (torchsde), PEER_SCRIPTS (default: ../shared/peers beside the
repository) that of their workloads. Metadata: loss, gradientNorm."""
import importlib.util
import math
import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
TIMES, HIDDEN, NOISE, INITIAL = 64, 16, 3, 5


def exporter():
    spec = importlib.util.spec_from_file_location("exporter", os.path.join(HERE, "export-peer.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def columns(layer, count):
    """Theirs component by component, ours column by column."""
    weight = layer.weight.view(HIDDEN, count, -1).transpose(0, 1).reshape(count * HIDDEN, -1)
    return weight, layer.bias.view(HIDDEN, count).transpose(0, 1).reshape(-1)


def main():
    arguments = sys.argv[1:]
    if len(arguments) < 2 or arguments[0] != "--export":
        sys.exit(__doc__)
    batch = int(arguments[arguments.index("--batch") + 1]) if "--batch" in arguments else 8
    peer = exporter()
    cases = peer.workloads()
    import torch
    import torchsde
    example = cases.example("sde_gan")
    cases.seed()
    generator, discriminator = example.Generator(1, INITIAL, NOISE, HIDDEN, 16, 1), example.Discriminator(1, HIDDEN, 16, 1)
    noise, increments = torch.randn(batch, INITIAL), torch.randn(TIMES - 1, batch, NOISE)
    real = (0.3 * torch.randn(TIMES, batch, 1)).cumsum(0)

    class Given(torchsde.BaseBrownian):
        """Increments of unit steps, of a motion or a path."""
        dtype, device, shape, levy_area_approximation = torch.float32, torch.device("cpu"), None, "none"

        def __init__(self, steps):
            super().__init__()
            self.steps, self.shape = steps, tuple(steps.shape[1:])

        def __call__(self, ta, tb=None, return_U=False, return_A=False):
            first, last = round(float(ta)), round(float(tb))
            assert abs(first - float(ta)) < 1e-6 and last == first + 1, (ta, tb)
            return self.steps[first]

        def __repr__(self):
            return "Given"

    class Controlled(torch.nn.Module):
        """The discriminator's equation, driven by increments. torchcde takes a derivative at times instead, at a knot that of the
        interval before it, so that a step's first evaluation goes with another interval's path."""
        sde_type, noise_type = "stratonovich", "general"

        def f(self, t, h):
            return torch.zeros_like(h)

        def g(self, t, h):
            return discriminator._func(torch.as_tensor(t), h)

    def score(path):
        """Of a path [time, sample, time and channel]."""
        start = discriminator._initial(path[0])
        end = torchsde.sdeint(Controlled(), start, times[[0, -1]], bm=Given(path[1:] - path[:-1]), method="reversible_heun", dt=1.0)
        return discriminator._readout(end[-1]).mean()

    times = torch.linspace(0, TIMES - 1, TIMES)
    clock = times.view(TIMES, 1, 1).expand(TIMES, batch, 1)
    xs = torchsde.sdeint(generator._func, generator._initial(noise), times, bm=Given(increments), method="reversible_heun", dt=1.0)
    loss = score(torch.cat([clock, generator._readout(xs)], dim=2)) - score(torch.cat([clock, real], dim=2))
    loss.backward()
    tensors = {"noise": noise, "increments": increments, "real": real,
               "generator.readout.weight": generator._readout.weight, "generator.readout.bias": generator._readout.bias,
               "discriminator.readout.weight": discriminator._readout.weight,
               "discriminator.readout.bias": discriminator._readout.bias}
    nets = [("generator.init", generator._initial, 0), ("generator.drift", generator._func._drift, 0),
            ("generator.diffusion", generator._func._diffusion, NOISE), ("discriminator.init", discriminator._initial, 0),
            ("discriminator.field", discriminator._func._module, 2)]
    for name, net, count in nets:
        linear = [layer for layer in net._model if isinstance(layer, torch.nn.Linear)]
        for i, layer in enumerate(linear):
            weight, bias = columns(layer, count) if count and i == len(linear) - 1 else (layer.weight, layer.bias)
            tensors[f"{name}.{i}.weight"], tensors[f"{name}.{i}.bias"] = weight, bias
    parameters = [*generator.parameters(), *discriminator.parameters()]
    norm = math.sqrt(sum(float((p.grad.double() ** 2).sum()) for p in parameters if p.grad is not None))
    figures = {"loss": float(loss), "gradientNorm": norm}
    peer.write(arguments[1], {name: tensor.detach() for name, tensor in tensors.items()}, {k: repr(v) for k, v in figures.items()})
    print(figures)


main()
