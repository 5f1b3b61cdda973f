package org.anabranch.backend.simd;

import java.util.HashMap;
import java.util.Map;
import org.anabranch.backend.Parameters;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;

/**
 * Parameters in working precision, each padded at a place of its own; matrices also packed for
 * products, in the orientations that bound programs asked for. {@link #load} refreshes all forms.
 */
final class SimdParameters implements Parameters {
  /** Some outputs of W x or, transposed, of Wᵀ x. */
  private record Outputs(String name, boolean transposed, int from, int size) {}

  private record Panels(Place place, Instruction packing) {}

  private final KernelCalls kernels;
  private final Storage storage;
  private final ParameterLayout layout;
  private final Map<String, Place> places = new HashMap<>();
  private final Map<Outputs, Panels> packed = new HashMap<>();
  private long version;

  SimdParameters(KernelCalls kernels, Storage storage, ParameterLayout layout) {
    this.kernels = kernels;
    this.storage = storage;
    this.layout = layout;
    for (ParameterLayout.View view : layout.views()) {
      places.put(view.name(), storage.allocate(Type.shared(view.shape()), 1));
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
    Shape shape = parameter.shape();
    return packed(parameter, transposed, 0, transposed ? shape.columns() : shape.rows());
  }

  /** As above, for the outputs {@code from} to {@code from + size} only. */
  Place packed(Operation.Parameter parameter, boolean transposed, int from, int size) {
    return packed
        .computeIfAbsent(
            new Outputs(parameter.name(), transposed, from, size),
            outputs -> panels(parameter.shape(), outputs))
        .place();
  }

  private Panels panels(Shape shape, Outputs outputs) {
    boolean transposed = outputs.transposed;
    int n = transposed ? shape.rows() : outputs.size;
    int k = transposed ? outputs.size : shape.columns();
    Place whole = place(outputs.name);
    boolean all = n == shape.rows() && k == shape.columns();
    Place part = all ? whole : storage.allocateCells(whole.type(), Kernels.padded(n * k));
    Place panels = storage.allocateCells(whole.type(), kernels.packedSize(n, k, transposed));
    Instruction pack = kernels.pack(part, n, k, transposed, panels);
    int columns = shape.columns();
    int first = transposed ? outputs.from : outputs.from * columns;
    Instruction take = kernels.copyColumns(n, k, whole, first, columns, part, 0, k);
    Instruction packing =
        all
            ? pack
            : () -> {
              take.run();
              pack.run();
            };
    packing.run();
    return new Panels(panels, packing);
  }

  /**
   * How often values were loaded: what was computed from them holds as long as it does not change.
   */
  long version() {
    return version;
  }

  @Override
  public void load(double[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "Parameters: %d numbers were given, the layout has %d."
              .formatted(values.length, layout.size()));
    }
    for (ParameterLayout.View view : layout.views()) {
      place(view.name()).setCells(0, values, view.offset());
    }
    packed.values().forEach(panels -> panels.packing().run());
    version++;
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
