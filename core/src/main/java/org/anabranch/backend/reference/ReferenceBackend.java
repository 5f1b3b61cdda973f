package org.anabranch.backend.reference;

import java.util.function.UnaryOperator;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Simplification;
import org.anabranch.graph.Type;

/**
 * The oracle: float64 throughout, one plain loop an operation, {@code StrictMath} for what is not
 * arithmetic. Both precisions of the language are float64 here.
 */
public final class ReferenceBackend implements Backend {
  private final UnaryOperator<Graph> preparation;

  public ReferenceBackend() {
    this(Simplification::of);
  }

  private ReferenceBackend(UnaryOperator<Graph> preparation) {
    this.preparation = preparation;
  }

  /** Compiles graphs as they stand: what simplification is checked against. */
  public static ReferenceBackend literal() {
    return new ReferenceBackend(UnaryOperator.identity());
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String numericsId() {
    return "reference-float64-1";
  }

  @Override
  public Buffer buffer(Type type, int rows) {
    return new ReferenceBuffer(type, type.isPerSample() ? rows : 1);
  }

  @Override
  public Parameters parameters(ParameterLayout layout) {
    return new ReferenceParameters(layout);
  }

  @Override
  public Accumulators accumulators(ParameterLayout layout) {
    return new ReferenceAccumulators(layout);
  }

  @Override
  public Program compile(Graph graph, int rows) {
    return new ReferenceProgram(preparation.apply(graph.inlined()), rows);
  }

  @Override
  public long arenaBytes(Graph graph, int rows) {
    return preparation.apply(graph.inlined()).order().stream()
        .mapToLong(value -> Cells.bytes(value.type(), rows))
        .sum();
  }
}
