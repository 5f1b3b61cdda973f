package org.anabranch.field;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.graph.BatchProduct;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Call;
import org.anabranch.graph.Gather;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.OuterProduct;
import org.anabranch.graph.Reshape;
import org.anabranch.graph.ScatterAdd;
import org.anabranch.graph.Solve;
import org.anabranch.graph.Value;

/**
 * Which components of y each component of a diffusion reads, as far as the expression tells: an
 * operation that mixes components counts as reading all of them, and a product with a constant zero
 * as reading none.
 *
 * @param components for each component of the diffusion, matrices row by row
 */
record Dependence(List<BitSet> components) {
  static Dependence of(Graph field) {
    Graph body = field.inlined();
    Sweep sweep = new Sweep(body.input(StochasticField.STATE));
    body.order().forEach(sweep::visit);
    return new Dependence(sweep.of(body.output(StochasticField.DIFFUSION)));
  }

  boolean isNone() {
    return components.stream().allMatch(BitSet::isEmpty);
  }

  /** Whether component i reads no component but i. */
  boolean isOwn() {
    for (int i = 0; i < components.size(); i++) {
      BitSet read = components.get(i);
      if (read.nextSetBit(0) >= 0 && (read.nextSetBit(0) != i || read.cardinality() > 1)) {
        return false;
      }
    }
    return true;
  }

  /** The first component that reads the state, in words. */
  String first() {
    for (int i = 0; i < components.size(); i++) {
      if (!components.get(i).isEmpty()) {
        return "component %d".formatted(i);
      }
    }
    return "none";
  }

  /** One rule for each operation, operands first. */
  private static final class Sweep implements Operation.Cases<List<BitSet>> {
    private final Map<Value, List<BitSet>> known = new IdentityHashMap<>();
    private final Value state;

    Sweep(Value state) {
      this.state = state;
      List<BitSet> each = new ArrayList<>();
      for (int i = 0; i < state.type().shape().size(); i++) {
        BitSet own = new BitSet();
        own.set(i);
        each.add(own);
      }
      known.put(state, each);
    }

    void visit(Value value) {
      if (value != state) {
        known.put(value, value.operation().match(this));
      }
    }

    List<BitSet> of(Value value) {
      return Objects.requireNonNull(known.get(value), "operands come first");
    }

    private static BitSet union(List<BitSet> parts) {
      BitSet all = new BitSet();
      parts.forEach(all::or);
      return all;
    }

    private static List<BitSet> repeated(BitSet read, int count) {
      return Collections.nCopies(count, read);
    }

    private static List<BitSet> none(Operation operation) {
      return repeated(new BitSet(), operation.type().shape().size());
    }

    /** Every component reads what any operand's component reads. */
    private List<BitSet> mixed(Operation operation) {
      BitSet all = new BitSet();
      operation.operands().forEach(operand -> all.or(union(of(operand))));
      return repeated(all, operation.type().shape().size());
    }

    /** Component by component, scalars meeting every one. */
    private List<BitSet> together(Operation operation, List<Value> operands) {
      List<BitSet> results = new ArrayList<>();
      for (int i = 0; i < operation.type().shape().size(); i++) {
        BitSet read = new BitSet();
        for (Value operand : operands) {
          List<BitSet> parts = of(operand);
          read.or(parts.get(parts.size() == 1 ? 0 : i));
        }
        results.add(read);
      }
      return results;
    }

    private static boolean isZero(Value value) {
      return value.operation() instanceof Operation.Constant constant
          && constant.values().stream().allMatch(number -> number == 0);
    }

    @Override
    public List<BitSet> input(Operation.Input operation) {
      return none(operation);
    }

    @Override
    public List<BitSet> parameter(Operation.Parameter operation) {
      return none(operation);
    }

    @Override
    public List<BitSet> constant(Operation.Constant operation) {
      return none(operation);
    }

    @Override
    public List<BitSet> unary(Operation.Unary operation) {
      return of(operation.x());
    }

    @Override
    public List<BitSet> binary(Operation.Binary operation) {
      boolean vanishes =
          operation.function() == BinaryFunction.MULTIPLY
              && (isZero(operation.a()) || isZero(operation.b()));
      return vanishes ? none(operation) : together(operation, operation.operands());
    }

    @Override
    public List<BitSet> select(Operation.Select operation) {
      return together(operation, operation.operands());
    }

    @Override
    public List<BitSet> product(Operation.Product operation) {
      return mixed(operation);
    }

    @Override
    public List<BitSet> rowProduct(Operation.RowProduct operation) {
      return mixed(operation);
    }

    @Override
    public List<BitSet> rowSum(Operation.RowSum operation) {
      return of(operation.x());
    }

    @Override
    public List<BitSet> reduction(Operation.Reduction operation) {
      return mixed(operation);
    }

    @Override
    public List<BitSet> broadcast(Operation.Broadcast operation) {
      return repeated(of(operation.x()).get(0), operation.size());
    }

    @Override
    public List<BitSet> concatenate(Operation.Concatenate operation) {
      return operation.parts().stream().flatMap(part -> of(part).stream()).toList();
    }

    @Override
    public List<BitSet> slice(Operation.Slice operation) {
      int from = operation.from();
      return of(operation.x()).subList(from, from + operation.size());
    }

    @Override
    public List<BitSet> cast(Operation.Cast operation) {
      return of(operation.x());
    }

    @Override
    public List<BitSet> roundToGrid(Operation.RoundToGrid operation) {
      return of(operation.x());
    }

    @Override
    public List<BitSet> detach(Operation.Detach operation) {
      return of(operation.x());
    }

    @Override
    public List<BitSet> batchProduct(BatchProduct operation) {
      return mixed(operation);
    }

    @Override
    public List<BitSet> outerProduct(OuterProduct operation) {
      List<BitSet> results = new ArrayList<>();
      for (BitSet a : of(operation.a())) {
        for (BitSet b : of(operation.b())) {
          results.add(union(List.of(a, b)));
        }
      }
      return results;
    }

    @Override
    public List<BitSet> reshape(Reshape operation) {
      return of(operation.x());
    }

    @Override
    public List<BitSet> gather(Gather operation) {
      return operation.indices().stream().map(of(operation.x())::get).toList();
    }

    @Override
    public List<BitSet> scatterAdd(ScatterAdd operation) {
      List<BitSet> results = new ArrayList<>();
      for (int i = 0; i < operation.size(); i++) {
        results.add(new BitSet());
      }
      for (int i = 0; i < operation.indices().size(); i++) {
        results.get(operation.indices().get(i)).or(of(operation.x()).get(i));
      }
      return results;
    }

    @Override
    public List<BitSet> solve(Solve operation) {
      return mixed(operation);
    }

    @Override
    public List<BitSet> call(Call operation) {
      throw new AssertionError("calls are inlined");
    }
  }
}
