package org.anabranch.backend.simd;

import java.util.Arrays;
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
  private final Kernels kernels;
  private final Map<Value, Place> places;
  private final Set<Value> fused;
  private final SimdParameters parameters;
  private final int rows;
  private final List<Instruction> instructions;

  Emitter(
      Kernels kernels,
      Map<Value, Place> places,
      Set<Value> fused,
      SimdParameters parameters,
      int rows,
      List<Instruction> instructions) {
    this.kernels = kernels;
    this.places = places;
    this.fused = fused;
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
    if (product != null && fused.contains(Biased.operandOf(value))) {
      product(product, place(Biased.biasOf(value)), place(value));
      return;
    }
    RoundedIncrement increment = RoundedIncrement.of(value);
    if (increment != null && fused.contains(increment.rounded())) {
      increment(increment, place(value));
    } else {
      value.operation().match(new Rules(place(value)));
    }
  }

  private void increment(RoundedIncrement increment, Place y) {
    Place z = place(increment.z());
    Place v = place(increment.v());
    Place s = place(increment.s());
    double magic = increment.magic();
    int count = Layout.length(y.type(), rows);
    if (increment.added()) {
      instructions.add(
          () ->
              kernels.addRounded(
                  1,
                  count,
                  z.doubles(),
                  z.offset(),
                  0,
                  s.doubles(),
                  s.offset(),
                  0,
                  v.doubles(),
                  v.offset(),
                  0,
                  magic,
                  y.doubles(),
                  y.offset()));
    } else {
      instructions.add(
          () ->
              kernels.subtractRounded(
                  1,
                  count,
                  z.doubles(),
                  z.offset(),
                  0,
                  s.doubles(),
                  s.offset(),
                  0,
                  v.doubles(),
                  v.offset(),
                  0,
                  magic,
                  y.doubles(),
                  y.offset()));
    }
  }

  /** Adds a term to its gradient: a sum over rows continues the running sum. */
  void accumulate(Accumulation term, SimdAccumulators accumulators) {
    Operation operation = term.term().operation();
    if (fused.contains(term.term()) && operation instanceof Operation.RowProduct product) {
      Place a = place(product.a());
      Place b = place(product.b());
      float[] sums = accumulators.matrix(term.parameter());
      rowProduct(new RowProductSum(a.width(), b.width()), a, b, sums);
    } else if (fused.contains(term.term()) && operation instanceof Operation.RowSum sum) {
      rowSum(place(sum.x()), accumulators.vector(term.parameter()), 0);
    } else {
      instructions.add(accumulators.addition(term.parameter(), place(term.term())));
    }
  }

  void copy(Place from, Place to) {
    int length = Layout.length(to.type(), rows);
    if (to.isWide()) {
      instructions.add(
          () -> System.arraycopy(from.doubles(), from.offset(), to.doubles(), to.offset(), length));
    } else {
      instructions.add(
          () -> System.arraycopy(from.floats(), from.offset(), to.floats(), to.offset(), length));
    }
  }

  private void rowProduct(RowProductSum layout, Place a, Place b, float[] sums) {
    instructions.add(
        () ->
            kernels.rowProduct(
                layout,
                rows,
                a.floats(),
                a.offset(),
                a.stride(),
                b.floats(),
                b.offset(),
                b.stride(),
                sums,
                0));
  }

  private void rowSum(Place x, float[] sums, int offset) {
    int width = x.width();
    instructions.add(() -> kernels.rowSum(rows, width, x.floats(), x.offset(), sums, offset));
  }

  private void product(Operation.Product product, @Nullable Place bias, Place y) {
    Place x = place(product.x());
    float[] packed = packed(product);
    int paddedRows = Kernels.padded(rows);
    int depth = x.width();
    int outputs = y.width();
    float[] base = bias == null ? null : bias.floats();
    int baseOffset = bias == null ? 0 : bias.offset();
    instructions.add(
        () ->
            kernels.product(
                paddedRows,
                depth,
                outputs,
                x.floats(),
                x.offset(),
                x.stride(),
                packed,
                0,
                base,
                baseOffset,
                y.floats(),
                y.offset()));
  }

  /**
   * The panels of a parameter, packed once an update, or of a computed matrix, packed each time.
   */
  private float[] packed(Operation.Product product) {
    boolean transposed = product.transposed();
    if (product.matrix().operation() instanceof Operation.Parameter parameter) {
      return parameters.packed(parameter, transposed);
    }
    Shape shape = product.matrix().type().shape();
    int n = shape.rows();
    int k = shape.columns();
    Place matrix = place(product.matrix());
    float[] panels = new float[transposed ? kernels.packedSize(k, n) : kernels.packedSize(n, k)];
    instructions.add(
        () -> kernels.pack(matrix.floats(), matrix.offset(), n, k, transposed, panels, 0));
    return panels;
  }

  /** Repeats one number a row, or a shared vector, over a place that lies like a result. */
  private void spread(Place x, Place full) {
    View view = View.of(full, List.of(x), rows);
    View.Operand source = view.operands().get(0);
    int step = source.rowStep();
    int count = view.rows();
    int stride = view.stride();
    if (source.vector()) {
      instructions.add(
          () ->
              kernels.copyColumns(
                  count,
                  stride,
                  x.floats(),
                  x.offset(),
                  step,
                  full.floats(),
                  full.offset(),
                  stride));
    } else if (full.isWide()) {
      instructions.add(
          () ->
              kernels.broadcast(
                  count, stride, x.doubles(), x.offset(), step, full.doubles(), full.offset()));
    } else {
      instructions.add(
          () ->
              kernels.broadcast(
                  count, stride, x.floats(), x.offset(), step, full.floats(), full.offset()));
    }
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
      Place x = place(operation.x());
      int count = Layout.length(y.type(), rows);
      var function = operation.function();
      if (y.isWide()) {
        return instructions.add(
            () -> kernels.unary(function, count, x.doubles(), x.offset(), y.doubles(), y.offset()));
      }
      return instructions.add(
          () -> kernels.unary(function, count, x.floats(), x.offset(), y.floats(), y.offset()));
    }

    @Override
    public Boolean binary(Operation.Binary operation) {
      View view = View.of(y, List.of(place(operation.a()), place(operation.b())), rows);
      View.Operand a = view.operands().get(0);
      View.Operand b = view.operands().get(1);
      if (!a.vector() && !b.vector()) {
        a = view.like(expand(a.place()));
      }
      return instructions.add(
          y.isWide()
              ? BinaryInstruction.wide(kernels, operation.function(), view, a, b, y)
              : BinaryInstruction.narrow(kernels, operation.function(), view, a, b, y));
    }

    @Override
    public Boolean select(Operation.Select operation) {
      Place mask = expanded(operation.mask());
      Place a = expanded(operation.a());
      Place b = expanded(operation.b());
      int count = Layout.length(y.type(), rows);
      if (y.isWide()) {
        return instructions.add(
            () ->
                kernels.selectV(
                    1,
                    count,
                    mask.doubles(),
                    mask.offset(),
                    0,
                    a.doubles(),
                    a.offset(),
                    0,
                    b.doubles(),
                    b.offset(),
                    0,
                    y.doubles(),
                    y.offset()));
      }
      return instructions.add(
          () ->
              kernels.selectV(
                  1,
                  count,
                  mask.floats(),
                  mask.offset(),
                  0,
                  a.floats(),
                  a.offset(),
                  0,
                  b.floats(),
                  b.offset(),
                  0,
                  y.floats(),
                  y.offset()));
    }

    /** The operand with a number for every cell of the result. */
    private Place expanded(Value value) {
      Place place = place(value);
      return place.type().extent() == y.type().extent() && place.width() == y.width()
          ? place
          : expand(place);
    }

    private Place expand(Place x) {
      Place full = Place.allocate(y.type(), rows);
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
      float[] sums = new float[layout.size()];
      double[] flat = new double[a.width() * b.width()];
      Emitter.this.rowProduct(layout, a, b, sums);
      return instructions.add(
          () -> {
            Arrays.fill(flat, 0);
            layout.drain(sums, 0, flat, 0);
            for (int i = 0; i < flat.length; i++) {
              y.floats()[y.offset() + i] = (float) flat[i];
            }
          });
    }

    @Override
    public Boolean rowSum(Operation.RowSum operation) {
      int end = y.offset() + Layout.length(y.type(), 1);
      instructions.add(() -> Arrays.fill(y.floats(), y.offset(), end, 0));
      Emitter.this.rowSum(place(operation.x()), y.floats(), y.offset());
      return true;
    }

    @Override
    public Boolean reduction(Operation.Reduction operation) {
      Place x = place(operation.x());
      int count = y.type().isPerSample() ? rows : 1;
      int width = x.width();
      return instructions.add(
          switch (operation.function()) {
            case SUM ->
                () ->
                    kernels.sum(
                        count, width, x.floats(), x.offset(), x.stride(), y.floats(), y.offset());
            case MAXIMUM ->
                () ->
                    kernels.maximum(
                        count, width, x.floats(), x.offset(), x.stride(), y.floats(), y.offset());
          });
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
      instructions.add(
          () ->
              kernels.copyColumns(
                  count,
                  width,
                  x.floats(),
                  x.offset() + from,
                  rowStep,
                  y.floats(),
                  y.offset() + to,
                  y.stride()));
    }

    @Override
    public Boolean cast(Operation.Cast operation) {
      Place x = place(operation.x());
      int count = Layout.length(y.type(), rows);
      if (x.isWide() == y.isWide()) {
        Emitter.this.copy(x, y);
        return true;
      }
      return y.isWide()
          ? instructions.add(
              () -> kernels.widen(count, x.floats(), x.offset(), y.doubles(), y.offset()))
          : instructions.add(
              () -> kernels.narrow(count, x.doubles(), x.offset(), y.floats(), y.offset()));
    }

    @Override
    public Boolean roundToGrid(Operation.RoundToGrid operation) {
      Place x = place(operation.x());
      int count = Layout.length(y.type(), rows);
      double magic = operation.magic();
      return instructions.add(
          () ->
              kernels.roundToGrid(count, x.doubles(), x.offset(), magic, y.doubles(), y.offset()));
    }

    private MatrixInstruction matrices() {
      return MatrixInstruction.of(kernels, y, rows);
    }

    @Override
    public Boolean batchProduct(BatchProduct operation) {
      return instructions.add(
          matrices().product(operation, place(operation.matrix()), place(operation.x())));
    }

    @Override
    public Boolean outerProduct(OuterProduct operation) {
      return instructions.add(
          matrices().outerProduct(operation, place(operation.a()), place(operation.b())));
    }

    @Override
    public Boolean reshape(Reshape operation) {
      throw new AssertionError("a reshaped value lies where its operand does");
    }

    @Override
    public Boolean gather(Gather operation) {
      return instructions.add(matrices().gather(operation, place(operation.x())));
    }

    @Override
    public Boolean scatterAdd(ScatterAdd operation) {
      return instructions.add(matrices().scatterAdd(operation, place(operation.x())));
    }

    @Override
    public Boolean solve(Solve operation) {
      return instructions.add(
          matrices().solve(operation, place(operation.matrix()), place(operation.b())));
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
