package org.anabranch.backend.simd;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.graph.ParameterLayout;

/**
 * Running sums in float32, matrices in the order that the row product writes, vectors and scalars
 * flat; totals in float64.
 */
final class SimdAccumulators implements Accumulators {
  private final Kernels kernels;
  private final ParameterLayout layout;
  private final Map<String, float[]> sums = new LinkedHashMap<>();
  private final double[] totals;

  SimdAccumulators(Kernels kernels, ParameterLayout layout) {
    this.kernels = kernels;
    this.layout = layout;
    this.totals = new double[layout.size()];
    for (ParameterLayout.View view : layout.views()) {
      int size = isMatrix(view) ? sumLayout(view).size() : Kernels.padded(view.size());
      sums.put(view.name(), new float[size]);
    }
  }

  private static RowProductSum sumLayout(ParameterLayout.View view) {
    return new RowProductSum(view.shape().rows(), view.shape().columns());
  }

  private static boolean isMatrix(ParameterLayout.View view) {
    return view.shape().rank() == 2;
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  float[] matrix(String name) {
    return sums(name);
  }

  float[] vector(String name) {
    return sums(name);
  }

  private float[] sums(String name) {
    float[] found = sums.get(name);
    if (found == null) {
      throw new AssertionError("no gradient is called " + name);
    }
    return found;
  }

  /** Adds a computed value, row by row as it lies in memory, straight to the totals. */
  Instruction addition(String name, Place term) {
    ParameterLayout.View view = layout.view(name);
    return () -> {
      for (int i = 0; i < view.size(); i++) {
        totals[view.offset() + i] += term.floats()[term.offset() + i];
      }
    };
  }

  @Override
  public void clear() {
    sums.values().forEach(sum -> Arrays.fill(sum, 0));
    Arrays.fill(totals, 0);
  }

  @Override
  public void fold() {
    for (int i = 0; i < layout.views().size(); i++) {
      ParameterLayout.View view = layout.views().get(i);
      if (isMatrix(view)) {
        sumLayout(view).drain(sums(view.name()), 0, totals, view.offset());
      } else {
        kernels.drain(view.size(), sums(view.name()), 0, totals, view.offset());
      }
    }
  }

  @Override
  public void total(double[] target) {
    fold();
    System.arraycopy(totals, 0, target, 0, totals.length);
  }

  @Override
  public long bytes() {
    long bytes = 8L * totals.length;
    for (float[] sum : sums.values()) {
      bytes += 4L * sum.length;
    }
    return bytes;
  }
}
