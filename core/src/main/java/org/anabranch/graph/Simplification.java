package org.anabranch.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a graph to a cheaper one that gives the same bits: in float32 and in float64, for zeros
 * of both signs, infinities and NaN (any NaN for any). What a backend fuses must be read off an
 * operation and its operands, not off who else reads them; {@link BiasedSum} and sums over rows
 * that are terms of a gradient are such fusions and are kept as they are.
 *
 * <p>The result is for running. Derivatives are taken before, as it forgets what was detached.
 */
public final class Simplification {
  static final List<Rule> RULES =
      List.of(
          new ConstantArithmetic(),
          new ConstantShape(),
          new Detachment(),
          new CastChain(),
          new KnownMask(),
          new NeutralOperand(),
          new DoubleNegation(),
          new SignedSum(),
          new SignedProduct(),
          new DivisionByPowerOfTwo(),
          new ScalarOperand(),
          new LiftedBroadcast(),
          new NestedSlice(),
          new SliceOfConcatenate(),
          new NestedConcatenate(),
          new AdjacentParts(),
          new DisjointPads(),
          new TransposedMatrix());

  /** Far more than graphs need. One that would still change then is right as it stands. */
  private static final int REWRITINGS_A_VALUE = 50;

  private final List<Rule> rules;
  private int left;

  private Simplification(List<Rule> rules, int limit) {
    this.rules = rules;
    this.left = limit;
  }

  /** The graph with the same inputs, outputs and terms, and fewer or cheaper values. */
  public static Graph of(Graph graph) {
    return by(RULES, graph);
  }

  /** The graph rewritten by some rules until none applies. */
  static Graph by(List<Rule> rules, Graph graph) {
    int limit = REWRITINGS_A_VALUE * (1 + graph.order().size());
    Simplification simplification = new Simplification(rules, limit);
    Graph result = graph;
    int before;
    do {
      before = simplification.left;
      result = simplification.pass(result);
    } while (simplification.left < before);
    return result;
  }

  /** Rewrites every value once, operands first, so that no recursion is as deep as the graph. */
  private Graph pass(Graph graph) {
    Substitution rewritten = new Substitution();
    for (Value value : graph.order()) {
      Value rebuilt = rebuilt(value, rewritten.apply(value));
      Value simpler = simplified(rebuilt);
      if (simpler != rewritten.apply(value)) {
        rewritten.replace(value, simpler);
      }
    }
    Map<String, Value> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, value) -> outputs.put(name, rewritten.apply(value)));
    List<Accumulation> terms = new ArrayList<>();
    for (Accumulation term : graph.accumulations()) {
      terms.add(new Accumulation(term.parameter(), term(term.term(), rewritten)));
    }
    List<Value> inputs = List.copyOf(graph.inputs().values());
    return Graph.of(graph.name(), inputs, outputs, terms);
  }

  /** A sum that starts from a bias only since its operand was rewritten, turned around. */
  private static Value rebuilt(Value before, Value after) {
    return BiasedSum.is(after) && !BiasedSum.is(before)
        ? BiasedSum.avoided(
            after.operation().operands().get(0), after.operation().operands().get(1))
        : after;
  }

  /** A term that became a sum over rows is held apart: see {@link Detachment}. */
  private static Value term(Value before, Substitution rewritten) {
    Value after = rewritten.apply(before);
    boolean fuses = Detachment.isRowSum(after) && !Detachment.isRowSum(before);
    return fuses ? after.detached() : after;
  }

  private Value simplified(Value value) {
    Value current = value;
    while (left > 0) {
      Value simpler = once(current);
      if (simpler == current) {
        break;
      }
      left--;
      current = simpler;
    }
    return current;
  }

  private Value once(Value value) {
    for (Rule rule : rules) {
      Value simpler = rule.rewrite(value);
      if (simpler != value) {
        return simpler;
      }
    }
    return value;
  }
}
