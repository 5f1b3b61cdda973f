package org.anabranch.backend.simd;

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
  private final boolean literal;

  /** In float32. */
  public SimdBackend() {
    this(WorkingPrecision.FLOAT32);
  }

  public SimdBackend(WorkingPrecision precision) {
    this(precision, false);
  }

  private SimdBackend(WorkingPrecision precision, boolean literal) {
    this.precision = precision;
    this.storage = new Storage(precision);
    this.literal = literal;
  }

  /** Compiles graphs as they stand, in float32: what simplification is checked against. */
  public static SimdBackend literal() {
    return new SimdBackend(WorkingPrecision.FLOAT32, true);
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

  private Graph prepared(Graph graph) {
    Graph inlined = graph.inlined();
    return literal ? inlined : Simplification.of(inlined);
  }

  @Override
  public Program compile(Graph graph, int rows) {
    Graph prepared = prepared(graph);
    return literal
        ? new SimdProgram(kernels, storage, prepared, rows)
        : HoistedProgram.of(prepared, kernels, storage, rows);
  }

  @Override
  public long arenaBytes(Graph graph, int rows) {
    Graph prepared = prepared(graph);
    return literal
        ? SimdProgram.bytes(prepared, precision, rows)
        : HoistedProgram.bytes(prepared, precision, rows);
  }
}
