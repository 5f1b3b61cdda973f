package org.anabranch.backend.simd;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.graph.Accumulation;
import org.anabranch.graph.BatchProduct;
import org.anabranch.graph.Call;
import org.anabranch.graph.Gather;
import org.anabranch.graph.Operation;
import org.anabranch.graph.OuterProduct;
import org.anabranch.graph.Reshape;
import org.anabranch.graph.ScatterAdd;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Solve;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/** Turns each operation into kernel calls on the places of its values. */
final class Emitter {
  private final KernelCalls kernels;
  private final Storage storage;
  private final Map<Value, Place> places;
  private final Set<Value> skipped;
  private final SimdParameters parameters;
  private final int rows;
  private final List<Instruction> instructions;

  Emitter(
      KernelCalls kernels,
      Storage storage,
      Map<Value, Place> places,
      Set<Value> skipped,
      SimdParameters parameters,
      int rows,
      List<Instruction> instructions) {
    this.kernels = kernels;
    this.storage = storage;
    this.places = places;
    this.skipped = skipped;
    this.parameters = parameters;
    this.rows = rows;
    this.instructions = instructions;
  }

  Place place(Value value) {
    Place place = places.get(value);
    if (place == null) {
      throw new AssertionError("no place for " + value);
    }
    return place;
  }

  void emit(Value value) {
    Operation.Product product = Biased.productOf(value);
    if (product != null) {
      product(product, place(Biased.biasOf(value)), place(value));
      return;
    }
    Sliced sliced = Sliced.of(value);
    if (sliced != null && skipped.contains(sliced.whole())) {
      product(sliced, place(value));
      return;
    }
    Fused chain = Fused.of(value);
    if (chain != null && skipped.containsAll(chain.skipped())) {
      Place y = place(value);
      int count = Layout.length(y.type(), rows);
      instructions.add(chain.instruction(kernels, this::place, count, y));
    } else {
      value.operation().match(new Rules(place(value)));
    }
  }

  /** Adds a term to its gradient: a sum over rows continues the running sum. */
  void accumulate(Accumulation term, SimdAccumulators accumulators) {
    Operation operation = term.term().operation();
    if (operation instanceof Operation.RowProduct product) {
      Place a = place(product.a());
      Place b = place(product.b());
      RowProductSum layout = new RowProductSum(a.width(), b.width());
      Place sums = accumulators.sums(term.parameter());
      instructions.add(accumulators.touch(term.parameter()));
      instructions.add(kernels.rowProduct(layout, rows, a, b, sums));
    } else if (operation instanceof Operation.RowSum sum && Fusion.isRowSum(term.term())) {
      instructions.add(accumulators.touch(term.parameter()));
      instructions.add(kernels.rowSum(rows, place(sum.x()), accumulators.sums(term.parameter())));
    } else {
      instructions.add(accumulators.addition(term.parameter(), place(term.term())));
    }
  }

  void copy(Place from, Place to) {
    instructions.add(kernels.copy(Layout.length(to.type(), rows), from, to));
  }

  private void product(Operation.Product product, @Nullable Place bias, Place y) {
    Place x = place(product.x());
    Place panels = packed(product);
    instructions.add(kernels.product(Kernels.padded(rows), x, panels, bias, y));
  }

  private void product(Sliced sliced, Place y) {
    Operation.Slice slice = sliced.slice();
    boolean transposed = sliced.product().transposed();
    Place panels = parameters.packed(sliced.matrix(), transposed, slice.from(), slice.size());
    Place x = place(sliced.product().x());
    instructions.add(kernels.product(Kernels.padded(rows), x, panels, null, y));
  }

  /**
   * The panels of a parameter, packed once an update, or of a computed matrix, packed each time.
   */
  private Place packed(Operation.Product product) {
    boolean transposed = product.transposed();
    if (product.matrix().operation() instanceof Operation.Parameter parameter) {
      return parameters.packed(parameter, transposed);
    }
    Shape shape = product.matrix().type().shape();
    int n = shape.rows();
    int k = shape.columns();
    Place matrix = place(product.matrix());
    Place panels = storage.allocateCells(matrix.type(), kernels.packedSize(n, k, transposed));
    instructions.add(kernels.pack(matrix, n, k, transposed, panels));
    return panels;
  }

  /** Repeats one number a row, or a shared vector, over a place that lies like a result. */
  private void spread(Place x, Place full) {
    View view = View.of(full, List.of(x), rows);
    View.Operand source = view.operands().get(0);
    int step = source.rowStep();
    int count = view.rows();
    int stride = view.stride();
    instructions.add(
        source.vector()
            ? kernels.copyColumns(count, stride, x, 0, step, full, 0, stride)
            : kernels.broadcast(count, stride, x, step, full));
  }

  /** The rule of each operation for one result. */
  private final class Rules implements Operation.Cases<Boolean> {
    private final Place y;

    Rules(Place y) {
      this.y = y;
    }

    @Override
    public Boolean input(Operation.Input operation) {
      return true;
    }

    @Override
    public Boolean parameter(Operation.Parameter operation) {
      return true;
    }

    @Override
    public Boolean constant(Operation.Constant operation) {
      return true;
    }

    @Override
    public Boolean unary(Operation.Unary operation) {
      int count = Layout.length(y.type(), rows);
      return instructions.add(kernels.unary(operation.function(), count, place(operation.x()), y));
    }

    @Override
    public Boolean binary(Operation.Binary operation) {
      View view = View.of(y, List.of(place(operation.a()), place(operation.b())), rows);
      View.Operand a = view.operands().get(0);
      View.Operand b = view.operands().get(1);
      if (!a.vector() && !b.vector()) {
        a = view.like(expand(a.place()));
      }
      return instructions.add(kernels.binary(operation.function(), view, a, b, y));
    }

    @Override
    public Boolean select(Operation.Select operation) {
      Place mask = expanded(operation.mask());
      Place a = expanded(operation.a());
      Place b = expanded(operation.b());
      return instructions.add(kernels.select(Layout.length(y.type(), rows), mask, a, b, y));
    }

    /** The operand with a number for every cell of the result. */
    private Place expanded(Value value) {
      Place place = place(value);
      return place.type().extent() == y.type().extent() && place.width() == y.width()
          ? place
          : expand(place);
    }

    private Place expand(Place x) {
      Place full = storage.allocate(y.type(), rows);
      spread(x, full);
      return full;
    }

    @Override
    public Boolean product(Operation.Product operation) {
      Emitter.this.product(operation, null, y);
      return true;
    }

    @Override
    public Boolean rowProduct(Operation.RowProduct operation) {
      Place a = place(operation.a());
      Place b = place(operation.b());
      RowProductSum layout = new RowProductSum(a.width(), b.width());
      Place sums = storage.allocateCells(y.type(), layout.size());
      instructions.add(kernels.rowProduct(layout, rows, a, b, sums));
      return instructions.add(kernels.takeSums(layout, sums, y));
    }

    @Override
    public Boolean rowSum(Operation.RowSum operation) {
      instructions.add(kernels.zero(Layout.length(y.type(), 1), y));
      return instructions.add(kernels.rowSum(rows, place(operation.x()), y));
    }

    @Override
    public Boolean reduction(Operation.Reduction operation) {
      int count = y.type().isPerSample() ? rows : 1;
      return instructions.add(
          kernels.reduction(operation.function(), count, place(operation.x()), y));
    }

    @Override
    public Boolean broadcast(Operation.Broadcast operation) {
      spread(place(operation.x()), y);
      return true;
    }

    @Override
    public Boolean concatenate(Operation.Concatenate operation) {
      int from = 0;
      for (Value part : operation.parts()) {
        Place x = place(part);
        columns(x, 0, x.type().isPerSample() ? x.stride() : 0, from, x.width());
        from += x.width();
      }
      return true;
    }

    @Override
    public Boolean slice(Operation.Slice operation) {
      Place x = place(operation.x());
      columns(x, operation.from(), x.stride(), 0, operation.size());
      return true;
    }

    private void columns(Place x, int from, int rowStep, int to, int width) {
      int count = y.type().isPerSample() ? rows : 1;
      instructions.add(kernels.copyColumns(count, width, x, from, rowStep, y, to, y.stride()));
    }

    @Override
    public Boolean cast(Operation.Cast operation) {
      int count = Layout.length(y.type(), rows);
      return instructions.add(kernels.cast(count, place(operation.x()), y));
    }

    @Override
    public Boolean roundToGrid(Operation.RoundToGrid operation) {
      int count = Layout.length(y.type(), rows);
      return instructions.add(
          kernels.roundToGrid(count, place(operation.x()), operation.magic(), y));
    }

    @Override
    public Boolean batchProduct(BatchProduct operation) {
      Place matrix = place(operation.matrix());
      return instructions.add(
          kernels.batchProduct(operation, rows, matrix, place(operation.x()), y));
    }

    @Override
    public Boolean outerProduct(OuterProduct operation) {
      Place a = place(operation.a());
      return instructions.add(kernels.outerProduct(operation, rows, a, place(operation.b()), y));
    }

    @Override
    public Boolean reshape(Reshape operation) {
      throw new AssertionError("a reshaped value lies where its operand does");
    }

    @Override
    public Boolean gather(Gather operation) {
      return instructions.add(kernels.gather(operation, rows, place(operation.x()), y));
    }

    @Override
    public Boolean scatterAdd(ScatterAdd operation) {
      return instructions.add(kernels.scatterAdd(operation, rows, place(operation.x()), y));
    }

    @Override
    public Boolean solve(Solve operation) {
      Place matrix = place(operation.matrix());
      return instructions.add(kernels.solve(operation, rows, matrix, place(operation.b()), y));
    }

    @Override
    public Boolean call(Call operation) {
      throw new AssertionError("calls are inlined");
    }

    @Override
    public Boolean detach(Operation.Detach operation) {
      Emitter.this.copy(place(operation.x()), y);
      return true;
    }
  }
}
