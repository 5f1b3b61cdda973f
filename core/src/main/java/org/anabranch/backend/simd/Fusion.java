package org.anabranch.backend.simd;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.graph.Accumulation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Reshape;
import org.anabranch.graph.Value;

/**
 * Which operations one kernel does together. Where that changes bits (a product that starts from a
 * bias, a sum over rows that continues a gradient's), it is read off the operation and its operands
 * alone and does not depend on who else reads them, so that simplification changes no bits.
 *
 * @param skipped values that nobody reads, since every reader looks through them at their operands
 * @param lookedThrough values that some reader looks through
 * @param placed values that are computed and need a place
 */
record Fusion(Set<Value> skipped, Set<Value> lookedThrough, Set<Value> placed) {
  static Fusion of(Graph graph) {
    Map<Value, Integer> uses = uses(graph);
    Map<Value, Integer> looks = new IdentityHashMap<>();
    for (Value value : graph.order()) {
      if (value.operation() instanceof Reshape) {
        looks.put(value, uses.getOrDefault(value, 0)); // it lies where its operand does
      }
      if (Biased.productOf(value) != null) {
        looks.merge(Biased.operandOf(value), 1, Integer::sum);
      }
      Sliced sliced = Sliced.of(value);
      if (sliced != null && isOnce(sliced.whole(), uses)) {
        looks.merge(sliced.whole(), 1, Integer::sum);
      }
    }
    chains(graph, uses).forEach((v, reads) -> looks.merge(v, reads, Integer::sum));
    for (Accumulation term : graph.accumulations()) {
      if (isRowSum(term.term())) {
        looks.merge(term.term(), 1, Integer::sum);
      }
    }
    Set<Value> skipped = set();
    looks.forEach(
        (value, count) -> {
          if (count.equals(uses.get(value))) {
            skipped.add(value);
          }
        });
    Set<Value> placed = set();
    for (Value value : graph.order()) {
      if (!isGiven(value.operation()) && !skipped.contains(value)) {
        placed.add(value);
      }
    }
    Set<Value> lookedThrough = set();
    lookedThrough.addAll(looks.keySet());
    return new Fusion(skipped, lookedThrough, placed);
  }

  /** The inner values of chains and their readings: of one within another those of the longer. */
  private static Map<Value, Integer> chains(Graph graph, Map<Value, Integer> uses) {
    Map<Value, Integer> inner = new IdentityHashMap<>();
    List<Value> order = graph.order();
    for (int i = order.size() - 1; i >= 0; i--) {
      Fused chain = inner.containsKey(order.get(i)) ? null : Fused.of(order.get(i));
      if (chain != null
          && chain.skipped().stream().allMatch(v -> uses.getOrDefault(v, 0) == chain.reads(v))) {
        chain.skipped().forEach(v -> inner.put(v, chain.reads(v)));
      }
    }
    return inner;
  }

  static boolean isRowSum(Value value) {
    return value.operation() instanceof Operation.RowProduct
        || (value.operation() instanceof Operation.RowSum sum
            && sum.x().type().shape().rank() < 2); // gradients of matrices lie otherwise
  }

  private static boolean isGiven(Operation operation) {
    return operation instanceof Operation.Input
        || operation instanceof Operation.Parameter
        || operation instanceof Operation.Constant;
  }

  private static boolean isOnce(Value value, Map<Value, Integer> uses) {
    return uses.getOrDefault(value, 0) == 1;
  }

  /** How often each value is read by an operation, an output or a term. */
  private static Map<Value, Integer> uses(Graph graph) {
    Map<Value, Integer> uses = new IdentityHashMap<>();
    for (Value value : graph.order()) {
      List<Value> operands = value.operation().operands();
      operands.forEach(v -> uses.merge(v, 1, Integer::sum));
    }
    graph.outputs().values().forEach(v -> uses.merge(v, 1, Integer::sum));
    graph.accumulations().forEach(term -> uses.merge(term.term(), 1, Integer::sum));
    return uses;
  }

  private static Set<Value> set() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
