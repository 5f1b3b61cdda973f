package org.anabranch.model.paths;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * A network of each sample's vector, compiled once and bound between any number of pairs of
 * buffers, with the way back of its cotangents.
 */
public final class BoundNetwork {
  private final Program forward;
  private final Program backward;
  private final Parameters parameters;
  private final Accumulators accumulators;

  /** Between two buffers. */
  public record Link(Program.Execution forward, Program.Execution backward) {}

  /**
   * @param inputs components of what it is applied to
   * @param accumulators where {@link Link#backward} adds the gradient by the parameters
   * @param rows of the buffers
   */
  public BoundNetwork(
      Backend backend,
      UnaryOperator<Value> network,
      int inputs,
      Parameters parameters,
      Accumulators accumulators,
      int rows) {
    this.parameters = parameters;
    this.accumulators = accumulators;
    Value x = Value.input("x", Type.perSample(inputs));
    Value y = network.apply(x);
    Value cotangent = Value.input("d.y", y.type());
    Graph graph = Graph.of("network", List.of(x), Map.of("y", y));
    Pullback pullback = Differentiation.pullback(graph, Map.of("y", cotangent), List.of("x"));
    Graph back =
        Graph.of(
            "network.pullback",
            List.of(x, cotangent),
            Map.of("d.x", pullback.cotangents().get("x")),
            pullback.accumulations());
    forward = backend.compile(graph, rows);
    backward = backend.compile(back, rows);
  }

  /**
   * Binds it.
   *
   * @param to set by {@link Link#forward}
   * @param ofTo the cotangent of {@code to}, to be written to before {@link Link#backward}
   * @param ofFrom the cotangent of {@code from}, set by it
   */
  public Link between(Buffer from, Buffer to, Buffer ofTo, Buffer ofFrom) {
    Map<String, Buffer> inputs = new HashMap<>();
    inputs.put("x", from);
    inputs.put("d.y", ofTo);
    return new Link(
        forward.bind(Map.of("x", from), Map.of("y", to), parameters, null),
        backward.bind(inputs, Map.of("d.x", ofFrom), parameters, accumulators));
  }

  /** The bytes reserved by its programs. */
  public long bytes() {
    return forward.bytes() + backward.bytes();
  }
}
