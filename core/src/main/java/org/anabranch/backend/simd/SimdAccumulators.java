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

  /** Whether a sum was added to since it was emptied, by the order of the layout. */
  private final boolean[] touched;

  private final double[] totals;

  SimdAccumulators(KernelCalls kernels, Storage storage, ParameterLayout layout) {
    this.layout = layout;
    this.totals = new double[layout.size()];
    this.touched = new boolean[layout.views().size()];
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

  /** Says that what follows adds to a sum: those that nothing adds to are not folded. */
  Instruction touch(String name) {
    int index = List.copyOf(sums.keySet()).indexOf(name);
    return () -> touched[index] = true;
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
    int index = 0;
    for (Place place : sums.values()) {
      if (touched[index]) {
        place.fill(0);
      }
      touched[index++] = false;
    }
    Arrays.fill(totals, 0);
  }

  @Override
  public void fold() {
    for (int i = 0; i < touched.length; i++) {
      if (touched[i]) {
        drains.get(i).run();
        touched[i] = false;
      }
    }
  }

  @Override
  public double[] totals() {
    fold();
    return totals;
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
