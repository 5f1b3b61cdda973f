package org.anabranch.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * A method whose steps start at each sample's own time and are of its own size: {@code t} and
 * {@code h} are float64 numbers for each sample. A step has one more input, {@code active}: where
 * it is 0 the state stays as it is, and cotangents pass by, whatever the step would have computed.
 */
public final class OwnTimes {
  /** The name of the input that says which samples step. */
  public static final String ACTIVE = "active";

  private static final Set<String> TIMES = Set.of("t", "h");

  private OwnTimes() {}

  /** The type of a time or a step size of each sample. */
  public static Type time() {
    return Type.perSampleScalar().wide();
  }

  /** The method with times of each sample's own; reversible if it was. */
  public static Method of(Method method) {
    return method instanceof ReversibleMethod reversible
        ? new Reversible(reversible)
        : new Plain(method);
  }

  private record Plain(Method method) implements Decorated {}

  private record Reversible(ReversibleMethod method) implements Decorated, ReversibleMethod {
    @Override
    public boolean undoesHeldContext() {
      return method.undoesHeldContext();
    }

    @Override
    public Graph inverse(Field field) {
      return masked(method.inverse(field));
    }

    @Override
    public boolean bitExact() {
      return method.bitExact();
    }

    @Override
    public double range() {
      return method.range();
    }

    @Override
    public double amplification(double stepSize) {
      return method.amplification(stepSize);
    }

    @Override
    public double roundOff() {
      return method.roundOff();
    }
  }

  private sealed interface Decorated extends Method {
    Method method();

    @Override
    default String name() {
      return method().name();
    }

    @Override
    default int order() {
      return method().order();
    }

    @Override
    default int estimateOrder() {
      return method().estimateOrder();
    }

    @Override
    default List<String> state() {
      return method().state();
    }

    @Override
    default Graph init(Field field) {
      return method().init(field).withPerSample(Set.of("t"));
    }

    @Override
    default Graph step(Field field) {
      return masked(method().step(field));
    }

    @Override
    default Optional<Graph> error(Field field) {
      return method().error(field).map(OwnTimes::ownTimes);
    }

    @Override
    default Optional<Graph> interpolant(Field field) {
      return method().interpolant(field).map(OwnTimes::ownTimes);
    }

    @Override
    default Optional<Graph> defect(Field field) {
      return method().defect(field).map(OwnTimes::ownTimes);
    }

    /** The graph with its state outputs chosen by the mask; inner values are left as they are. */
    default Graph masked(Graph graph) {
      Graph own = ownTimes(graph);
      Value active = Value.input(ACTIVE, Type.perSampleScalar());
      Map<String, Value> outputs = new LinkedHashMap<>(own.outputs());
      for (String part : method().state()) {
        outputs.put(part, chosen(active, own.output(part), own.input(part)));
      }
      List<Value> inputs = new ArrayList<>(own.inputs().values());
      inputs.add(active);
      return Graph.of(own.name(), inputs, outputs);
    }
  }

  /** A graph of a step with time and step size of each sample's own. */
  static Graph ownTimes(Graph graph) {
    return graph.withPerSample(TIMES);
  }

  /** One value where a mask is not 0, another where it is, in the precision of both. */
  static Value chosen(Value mask, Value yes, Value no) {
    return (yes.type().isWide() ? mask.widened() : mask).select(yes, no);
  }
}
