#!/usr/bin/python3
"""The solve of torchsde's latent SDE on the Lorenz attractor (workload W3) from initial state and context on: loss and gradient by
weights, initial state and context, timed like the peers' cases; or written to a file for `anabranch bench w3 --weights FILE`.

    bench/latent-sde-peer.py euler.backprop|euler.adjoint|revheun.adjoint [--reps=N] [--warm=N]
    bench/latent-sde-peer.py --export FILE [--batch B] [--steps N]

PEERS names the folder of the peers' repositories, PEER_SCRIPTS (default: ../shared/peers beside the repository) that of their
workloads. Exported is a solve by Euler and Maruyama over observations 1/64 apart, so that all times are exact in float32; its
metadata are loss, gradientNorm (of the weights), contextNorm, startNorm and end."""
import importlib.util
import json
import math
import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
TIMES, LATENT, CONTEXT, DATA, WIDTH, DEVIATION = 100, 4, 64, 3, 128, 0.01


def exporter():
    spec = importlib.util.spec_from_file_location("exporter", os.path.join(HERE, "export-peer.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def model(cases, stratonovich):
    example = cases.example("latent_sde_lorenz")
    kind = type("Latent", (example.LatentSDE,), {"sde_type": "stratonovich"}) if stratonovich else example.LatentSDE
    return kind(DATA, LATENT, CONTEXT, WIDTH)


def loss_of(net, torch, torchsde, ts, start, context, data, how, **options):
    net.contextualize((ts, context))
    method, adjoint = how
    if adjoint:
        parameters = (context, *net.f_net.parameters(), *net.g_nets.parameters(), *net.h_net.parameters())
        zs, ratio = torchsde.sdeint_adjoint(net, start, ts, adjoint_params=parameters, logqp=True, method=method, **options)
    else:
        zs, ratio = torchsde.sdeint(net, start, ts, logqp=True, method=method, **options)
    fit = torch.distributions.Normal(net.projector(zs), DEVIATION).log_prob(data).sum(dim=(0, 2)).mean(dim=0)
    return -fit + 0.1 * ratio.sum(dim=0).mean(dim=0)


def weights(net):
    return [p for part in (net.f_net, net.h_net, net.g_nets, net.projector) for p in part.parameters()]


def inputs(torch, batch):
    return (torch.randn(batch, LATENT, requires_grad=True), torch.randn(TIMES, batch, CONTEXT, requires_grad=True),
            torch.randn(TIMES, batch, DATA))


def timed(case, arguments):
    peer = exporter()
    cases = peer.workloads()
    import peerlib
    import torch
    import torchsde
    method, how = case.split(".")
    cases.seed()
    net = model(cases, method == "revheun")
    start, context, data = inputs(torch, 1024)
    ts = torch.linspace(0, 2, TIMES)
    method = ({"euler": "euler", "revheun": "reversible_heun"}[method], how == "adjoint")
    trainer = cases.Trainer(weights(net) + [start, context],
                            lambda: loss_of(net, torch, torchsde, ts, start, context, data, method, dt=0.01))
    keywords = {"warm": 1}
    for argument in arguments:
        if argument.startswith("--reps="):
            keywords["min_reps"] = keywords["max_reps"] = int(argument[7:])
        if argument.startswith("--warm="):
            keywords["warm"] = int(argument[7:])
    figures = {"case": "W3.solve." + case, "threads": peerlib.THREADS, **peerlib.timed(trainer, **keywords)}
    print(json.dumps({**figures, "rss_peak": peerlib.rss_mib(), **trainer.check()}))


def export(file, batch, steps):
    peer = exporter()
    cases = peer.workloads()
    import torch
    import torchsde
    cases.seed()
    net = model(cases, False)
    start, context, data = inputs(torch, batch)
    ts = torch.arange(TIMES) / 64
    end, dt = (TIMES - 1) / 64, (TIMES - 1) / 64 / steps
    increments = torch.randn(steps, batch, LATENT) * math.sqrt(dt)

    class Given(torchsde.BaseBrownian):
        dtype, device, shape, levy_area_approximation = torch.float32, torch.device("cpu"), (batch, LATENT), "none"

        def __call__(self, ta, tb=None, return_U=False, return_A=False):
            first, last = round(float(ta) / dt), round(float(tb) / dt)
            assert abs(first * dt - float(ta)) < 1e-6 and last == first + 1, (ta, tb)
            return torch.cat([increments[first], torch.zeros(batch, self.columns - LATENT)], dim=1)

        def __repr__(self):
            return "Given"

    given = Given()
    given.columns = LATENT + 1  # the divergence has a motion of its own, times zero
    given.shape = (batch, LATENT + 1)
    loss = loss_of(net, torch, torchsde, ts, start, context, data, ("euler", False), dt=dt, bm=given)
    loss.backward()
    tensors = {"start": start, "context": context[1:], "data": data, "increments": increments}
    for name, part in ("posterior", net.f_net), ("prior", net.h_net):
        for i, layer in enumerate(layer for layer in part if isinstance(layer, torch.nn.Linear)):
            tensors[f"{name}.{i}.weight"], tensors[f"{name}.{i}.bias"] = layer.weight, layer.bias
    tensors["projector.weight"], tensors["projector.bias"] = net.projector.weight, net.projector.bias
    nets = [[layer for layer in part if isinstance(layer, torch.nn.Linear)] for part in net.g_nets]
    tensors["diffusion.0.weight"] = torch.stack([first.weight.view(-1) for first, _ in nets])
    tensors["diffusion.0.bias"] = torch.stack([first.bias for first, _ in nets])
    tensors["diffusion.1.weight"] = torch.stack([second.weight.view(-1) for _, second in nets])
    tensors["diffusion.1.bias"] = torch.cat([second.bias for _, second in nets])
    norm = lambda all: math.sqrt(sum(float((t.grad.double() ** 2).sum()) for t in all))
    figures = {"loss": float(loss), "gradientNorm": norm(weights(net)), "contextNorm": norm([context]), "startNorm": norm([start]),
               "end": end}
    peer.write(file, {name: tensor.detach() for name, tensor in tensors.items()}, {k: repr(v) for k, v in figures.items()})
    print(figures)


def main():
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("-h", "--help"):
        sys.exit(__doc__)
    if arguments[0] == "--export":
        number = lambda name, otherwise: int(arguments[arguments.index(name) + 1]) if name in arguments else otherwise
        export(arguments[1], number("--batch", 8), number("--steps", 2 * (TIMES - 1)))
    else:
        timed(arguments[0], arguments[1:])


main()
