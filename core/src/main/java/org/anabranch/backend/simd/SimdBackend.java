package org.anabranch.backend.simd;

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
 * float32 on the processor's vector units, float64 where a value is wide. Vector and scalar
 * kernels, every lane count, the interpreter and both compilers give the same bits.
 */
public final class SimdBackend implements Backend {
  private final Kernels kernels = KernelChoice.get();
  private final UnaryOperator<Graph> preparation;

  public SimdBackend() {
    this(Simplification::of);
  }

  private SimdBackend(UnaryOperator<Graph> preparation) {
    this.preparation = preparation;
  }

  /** Compiles graphs as they stand: what simplification is checked against. */
  public static SimdBackend literal() {
    return new SimdBackend(UnaryOperator.identity());
  }

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public String numericsId() {
    return "simd-float32-1";
  }

  /** Which kernels are in use and why, for people. */
  public static String describe() {
    return KernelChoice.describe();
  }

  @Override
  public Buffer buffer(Type type, int rows) {
    return new SimdBuffer(type, rows);
  }

  @Override
  public Parameters parameters(ParameterLayout layout) {
    return new SimdParameters(kernels, layout);
  }

  @Override
  public Accumulators accumulators(ParameterLayout layout) {
    return new SimdAccumulators(kernels, layout);
  }

  @Override
  public Program compile(Graph graph, int rows) {
    return new SimdProgram(kernels, preparation.apply(graph), rows);
  }

  @Override
  public long arenaBytes(Graph graph, int rows) {
    Graph prepared = preparation.apply(graph);
    return Arena.plan(prepared, Fusion.of(prepared), rows).bytes();
  }
}
