package org.anabranch.backend.simd;

import java.util.HashMap;
import java.util.Map;
import org.anabranch.backend.Parameters;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;

/**
 * Parameters in working precision, each padded at a place of its own; matrices also packed for
 * products, in the orientations that bound programs asked for. {@link #load} refreshes all forms.
 */
final class SimdParameters implements Parameters {
  private record Orientation(String name, boolean transposed) {}

  private record Panels(Place place, Instruction packing) {}

  private final KernelCalls kernels;
  private final WorkingPrecision precision;
  private final ParameterLayout layout;
  private final Map<String, Place> places = new HashMap<>();
  private final Map<Orientation, Panels> packed = new HashMap<>();

  SimdParameters(KernelCalls kernels, WorkingPrecision precision, ParameterLayout layout) {
    this.kernels = kernels;
    this.precision = precision;
    this.layout = layout;
    for (ParameterLayout.View view : layout.views()) {
      places.put(view.name(), precision.allocate(Type.shared(view.shape()), 1));
    }
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  Place place(Operation.Parameter parameter) {
    return place(parameter.name());
  }

  private Place place(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw new AssertionError("unchecked parameter " + name);
    }
    return place;
  }

  /** The matrix in panels, for W x or, transposed, for Wᵀ x. */
  Place packed(Operation.Parameter parameter, boolean transposed) {
    return packed
        .computeIfAbsent(
            new Orientation(parameter.name(), transposed),
            orientation -> {
              int n = parameter.shape().rows();
              int k = parameter.shape().columns();
              Place matrix = place(orientation.name);
              Place panels =
                  precision.allocateCells(matrix.type(), kernels.packedSize(n, k, transposed));
              Instruction packing = kernels.pack(matrix, n, k, transposed, panels);
              packing.run();
              return new Panels(panels, packing);
            })
        .place();
  }

  @Override
  public void load(double[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "Parameters: %d numbers were given, the layout has %d."
              .formatted(values.length, layout.size()));
    }
    for (ParameterLayout.View view : layout.views()) {
      Place target = place(view.name());
      for (int i = 0; i < view.size(); i++) {
        target.set(i, values[view.offset() + i]);
      }
    }
    packed.values().forEach(panels -> panels.packing().run());
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (Place place : places.values()) {
      bytes += place.bytes();
    }
    for (Panels panels : packed.values()) {
      bytes += panels.place().bytes();
    }
    return bytes;
  }
}
