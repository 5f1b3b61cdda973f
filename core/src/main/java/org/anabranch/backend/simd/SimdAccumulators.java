package org.anabranch.backend.simd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;

/**
 * Running sums in working precision, matrices in the order that the row product writes, vectors and
 * scalars flat; totals in float64.
 */
final class SimdAccumulators implements Accumulators {
  private final ParameterLayout layout;
  private final Map<String, Place> sums = new LinkedHashMap<>();
  private final List<Instruction> drains = new ArrayList<>();
  private final double[] totals;

  SimdAccumulators(KernelCalls kernels, Storage storage, ParameterLayout layout) {
    this.layout = layout;
    this.totals = new double[layout.size()];
    for (ParameterLayout.View view : layout.views()) {
      Type type = Type.shared(view.shape());
      if (view.shape().rank() == 2) {
        RowProductSum matrix = new RowProductSum(view.shape().rows(), view.shape().columns());
        Place place = storage.allocateCells(type, matrix.size());
        sums.put(view.name(), place);
        drains.add(kernels.drain(matrix, place, totals, view.offset()));
      } else {
        Place place = storage.allocate(type, 1);
        sums.put(view.name(), place);
        drains.add(kernels.drain(view.size(), place, totals, view.offset()));
      }
    }
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  Place sums(String name) {
    Place found = sums.get(name);
    if (found == null) {
      throw new AssertionError("no gradient is called " + name);
    }
    return found;
  }

  /** Adds a computed value, row by row as it lies in memory, straight to the totals. */
  Instruction addition(String name, Place term) {
    ParameterLayout.View view = layout.view(name);
    int size = view.size();
    int offset = view.offset();
    return () -> {
      for (int i = 0; i < size; i++) {
        totals[offset + i] += term.get(i);
      }
    };
  }

  @Override
  public void clear() {
    sums.values().forEach(place -> place.fill(0));
    Arrays.fill(totals, 0);
  }

  @Override
  public void fold() {
    for (Instruction drain : drains) {
      drain.run();
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
    for (Place place : sums.values()) {
      bytes += place.bytes();
    }
    return bytes;
  }
}
