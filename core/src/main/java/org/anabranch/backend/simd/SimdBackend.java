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
 * The processor's vector units in float32, or in float64 throughout; wide values are float64 in
 * both. Vector and scalar kernels, every lane count, the interpreter and both compilers give the
 * same bits.
 */
public final class SimdBackend implements Backend {
  private final KernelCalls kernels = new KernelCalls(KernelChoice.get());
  private final WorkingPrecision precision;
  private final Storage storage;
  private final UnaryOperator<Graph> preparation;

  /** In float32. */
  public SimdBackend() {
    this(WorkingPrecision.FLOAT32);
  }

  public SimdBackend(WorkingPrecision precision) {
    this(precision, Simplification::of);
  }

  private SimdBackend(WorkingPrecision precision, UnaryOperator<Graph> preparation) {
    this.precision = precision;
    this.storage = new Storage(precision);
    this.preparation = preparation;
  }

  /** Compiles graphs as they stand, in float32: what simplification is checked against. */
  public static SimdBackend literal() {
    return new SimdBackend(WorkingPrecision.FLOAT32, UnaryOperator.identity());
  }

  @Override
  public String name() {
    return switch (precision) {
      case FLOAT32 -> "simd";
      case FLOAT64 -> "simd-float64";
    };
  }

  @Override
  public String numericsId() {
    return switch (precision) {
      case FLOAT32 -> "simd-float32-1";
      case FLOAT64 -> "simd-float64-1";
    };
  }

  /** Which kernels are in use and why, for people. */
  public static String describe() {
    return KernelChoice.describe();
  }

  @Override
  public Buffer buffer(Type type, int rows) {
    return new SimdBuffer(storage, type, rows);
  }

  @Override
  public Parameters parameters(ParameterLayout layout) {
    return new SimdParameters(kernels, storage, layout);
  }

  @Override
  public Accumulators accumulators(ParameterLayout layout) {
    return new SimdAccumulators(kernels, storage, layout);
  }

  @Override
  public Program compile(Graph graph, int rows) {
    return new SimdProgram(kernels, storage, preparation.apply(graph.inlined()), rows);
  }

  @Override
  public long arenaBytes(Graph graph, int rows) {
    Graph prepared = preparation.apply(graph.inlined());
    return Arena.plan(precision, prepared, Fusion.of(prepared), rows).bytes();
  }
}
