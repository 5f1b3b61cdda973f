#!/usr/bin/python3
"""Writes torchsde's weights, initial noise and Brownian increments of workload W1 to a safetensors file, with its loss and
gradient norm by backpropagation, so that `anabranch bench w1 --size SIZE --weights FILE` computes the same thing.

    bench/export-sde-peer.py FILE [--size s|m|l] [--batch B]

PEERS names the folder of the peers' repositories (torchsde, torchcde), PEER_SCRIPTS (default: ../shared/peers beside the
repository) that of their workloads, cases.py. Metadata: loss, gradientNorm, of float32."""
import argparse
import importlib.util
import os

HERE = os.path.dirname(os.path.realpath(__file__))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--size", choices=["s", "m", "l"], default="s")
    parser.add_argument("--batch", type=int, default=1024)
    return parser.parse_args()


def exporter():
    """The exporter of W5, for what it finds and writes."""
    spec = importlib.util.spec_from_file_location("exporter", os.path.join(HERE, "export-peer.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    options = arguments()
    peer = exporter()
    cases = peer.workloads()
    import torch
    import torchsde
    hidden, width, layers = cases.W1_SIZES[options.size]
    example = cases.example("sde_gan")
    cases.seed()
    initial = example.MLP(5, hidden, width, layers, tanh=False)
    field = example.GeneratorFunc(3, hidden, width, layers)
    noise = torch.randn(options.batch, 5)
    increments = torch.randn(63, options.batch, 3)

    class Given(torchsde.BaseBrownian):
        """The increments of unit steps."""
        dtype, device, shape, levy_area_approximation = torch.float32, torch.device("cpu"), (options.batch, 3), "none"

        def __call__(self, ta, tb=None, return_U=False, return_A=False):
            first, last = round(float(ta)), round(float(tb))
            assert abs(first - float(ta)) < 1e-6 and last == first + 1, (ta, tb)
            return increments[first]

        def __repr__(self):
            return "Given"

    times = torch.linspace(0, 63, 64)
    xs = torchsde.sdeint(field, initial(noise), times, bm=Given(), method="reversible_heun", dt=1.0)
    loss = (xs[1:] ** 2).mean()
    loss.backward()
    parameters = list(initial.parameters()) + list(field.parameters())
    norm = torch.sqrt(sum((p.grad.double() ** 2).sum() for p in parameters))
    tensors = {"initialNoise": noise, "increments": increments}
    for name, net in ("init", initial), ("drift", field._drift), ("diffusion", field._diffusion):
        linear = [layer for layer in net._model if isinstance(layer, torch.nn.Linear)]
        for i, layer in enumerate(linear):
            weight, bias = layer.weight, layer.bias
            if name == "diffusion" and i == len(linear) - 1:  # theirs component by component, ours motion by motion
                weight = weight.view(hidden, 3, -1).transpose(0, 1).reshape(3 * hidden, -1)
                bias = bias.view(hidden, 3).transpose(0, 1).reshape(-1)
            tensors[f"{name}.{i}.weight"], tensors[f"{name}.{i}.bias"] = weight, bias
    peer.write(options.file, tensors, {"loss": repr(float(loss)), "gradientNorm": repr(float(norm))})
    print(f"loss {float(loss):.9g}, gradient norm {float(norm):.9g}")


main()
