package org.anabranch.backend.simd;

import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;

/**
 * float32 on the processor's vector units, float64 where a value is wide. Vector and scalar
 * kernels, every lane count, the interpreter and both compilers give the same bits.
 */
public final class SimdBackend implements Backend {
  private final Kernels kernels = KernelChoice.get();

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
    return new SimdProgram(kernels, graph.inlined(), rows);
  }
}
