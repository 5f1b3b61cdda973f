package org.anabranch.model.latent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * X(0), drawn from q by way of standard normal numbers, its divergence from p, and back. Behind
 * X(0) stands the 0 that the divergence of the paths starts from.
 */
final class LatentStart {
  private final Program.Execution forward;
  private final Program.Execution backward;
  private final Buffer normal;
  private final Buffer divergence;
  private final long bytes;

  /**
   * Where it reads and writes.
   *
   * @param context at the first time
   * @param ofContext its cotangent, which {@link #backward} sets
   * @param covariates of the rows
   * @param start X(0), which {@link #forward} sets
   * @param ofStart the cotangents of X(0), to be added up
   * @param weights the cotangent of the divergence
   */
  record Buffers(
      Buffer context,
      Buffer ofContext,
      Buffer covariates,
      Buffer start,
      List<Buffer> ofStart,
      Buffer weights) {
    Buffers {
      ofStart = List.copyOf(ofStart);
    }
  }

  LatentStart(
      Backend backend,
      LatentSde model,
      Buffers buffers,
      Parameters parameters,
      Accumulators accumulators,
      int rows) {
    LatentNetworks networks = model.networks();
    int state = model.equation().state();
    normal = backend.buffer(Type.perSample(state), rows);
    divergence = backend.buffer(Type.perSampleScalar(), rows);
    Graph graph = graph(networks, model.encoder().context(), state);
    List<Value> cotangents = new ArrayList<>();
    Map<String, Buffer> inputs = new HashMap<>();
    for (int i = 0; i < buffers.ofStart().size(); i++) {
      String name = "d.start." + i;
      cotangents.add(Value.input(name, graph.output("start").type()));
      inputs.put(name, buffers.ofStart().get(i));
    }
    inputs.put("context", buffers.context());
    inputs.put("normal", normal);
    inputs.put(LatentNetworks.COVARIATES, buffers.covariates());
    inputs.put("weight", buffers.weights());
    Program forwardProgram = backend.compile(graph, rows);
    Program backwardProgram = backend.compile(back(graph, cotangents), rows);
    forward =
        forwardProgram.bind(
            inputs, Map.of("start", buffers.start(), "divergence", divergence), parameters, null);
    backward =
        backwardProgram.bind(
            inputs, Map.of("d.context", buffers.ofContext()), parameters, accumulators);
    bytes = forwardProgram.bytes() + backwardProgram.bytes();
  }

  private static Graph graph(LatentNetworks networks, int context, int state) {
    Value told = Value.input("context", Type.perSample(context));
    Value standard = Value.input("normal", Type.perSample(state));
    LatentNetworks.Normal posterior = networks.posteriorStart(told);
    Value none = Value.zeros(Shape.vector(1));
    List<Value> inputs = new ArrayList<>(List.of(told, standard));
    networks.covariateInput().ifPresent(inputs::add);
    return Graph.of(
        "start",
        inputs,
        Map.of(
            "start",
            Value.concatenate(List.of(posterior.at(standard), none)),
            "divergence",
            posterior.divergence(networks.priorStartOf())));
  }

  private static Graph back(Graph graph, List<Value> cotangents) {
    Value weight = Value.input("weight", Type.perSampleScalar());
    Value sum = cotangents.stream().reduce(Value::plus).orElseThrow();
    Pullback pullback =
        Differentiation.pullback(
            graph, Map.of("start", sum, "divergence", weight), List.of("context"));
    List<Value> inputs = new ArrayList<>(graph.inputs().values());
    inputs.addAll(cotangents);
    inputs.add(weight);
    return Graph.of(
        "start.back",
        inputs,
        Map.of("d.context", Objects.requireNonNull(pullback.cotangents().get("context"))),
        pullback.accumulations());
  }

  /** Standard normal numbers, to be set before {@link #forward}: [rows × state]. */
  Buffer normal() {
    return normal;
  }

  /** KL(q ‖ p), set by {@link #forward}. */
  Buffer divergence() {
    return divergence;
  }

  void forward() {
    forward.run();
  }

  void backward() {
    backward.run();
  }

  long bytes() {
    return bytes;
  }
}
