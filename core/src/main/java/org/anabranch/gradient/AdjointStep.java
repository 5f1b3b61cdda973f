package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.field.Field;
import org.anabranch.graph.Accumulation;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Substitution;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.OwnTimes;
import org.anabranch.solver.RungeKuttaMethod;

/**
 * One step back of {@link AdjointField} that also adds what the parameters get, −h bᵢ aᵢᵀ ∂f/∂θ at
 * every stage i: a quadrature with the step's own weights, so it is of the method's order and costs
 * no state. Inputs {@code t, h, active, y} with (y, a) as y, context, and its running cotangents
 * where they are demanded.
 */
final class AdjointStep {
  private final Field field;
  private final Field adjoint;
  private final List<String> context;
  private final Value active = Value.input(OwnTimes.ACTIVE, Type.perSampleScalar());
  private final Map<String, Value> running = new LinkedHashMap<>();
  private final List<Accumulation> terms = new ArrayList<>();

  private AdjointStep(Field field, Demands demands) {
    this.field = field;
    adjoint = AdjointField.of(field);
    context = demands.context() ? List.copyOf(field.context().keySet()) : List.of();
  }

  static Graph of(RungeKuttaMethod method, Field field, Demands demands) {
    return new AdjointStep(field, demands).graph(method);
  }

  private Graph graph(RungeKuttaMethod method) {
    OpenSteps open = OpenSteps.of(step(method)).withOwnTimes();
    Graph stages = open.graph();
    List<String> slopes = open.results();
    int d = field.dimension();
    Value ones = Value.zeros(adjoint.graph().input("y").type().shape()).plus(1);
    Map<String, Value> weights =
        Differentiation.pullback(stages, Map.of("y", ones), slopes).cotangents();
    List<Value> inputs = new ArrayList<>();
    stages.inputs().forEach((name, input) -> addUnless(slopes.contains(name), inputs, input));
    inputs.add(active);
    for (String name : context) {
      Value sum = Value.input(ReverseStep.cotangent(name), field.graph().input(name).type());
      inputs.add(sum);
      running.put(name, sum);
    }
    Substitution evaluated = new Substitution();
    for (int i = 0; i < slopes.size(); i++) {
      Value t = evaluated.apply(stages.output("t." + i));
      Value z = evaluated.apply(stages.output("z." + i));
      evaluated.replace(stages.input(slopes.get(i)), adjoint.drift(t, z));
    }
    for (int i = 0; i < slopes.size(); i++) {
      Value z = evaluated.apply(stages.output("z." + i));
      Value weight =
          evaluated.apply(Objects.requireNonNull(weights.get(slopes.get(i)))).slice(0, d);
      Value cotangent = z.slice(d, d).times(weight).negated();
      add(
          evaluated.apply(stages.output("t." + i)),
          z.slice(0, d),
          active.select(cotangent, Value.zeros(cotangent.type().shape())));
    }
    Value after = evaluated.apply(stages.output("y"));
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("y", active.select(after, stages.input("y")));
    running.forEach((name, sum) -> outputs.put(ReverseStep.cotangent(name), sum));
    return Graph.of(method.name() + ".adjoint", inputs, outputs, terms);
  }

  private static void addUnless(boolean left, List<Value> inputs, Value input) {
    if (!left) {
      inputs.add(input);
    }
  }

  /** Adds a stage's product by parameters and context, for a cotangent of its slope. */
  private void add(Value t, Value y, Value cotangent) {
    Graph slope = AdjointField.slope(field, t.type());
    Value input = Value.input("d.drift", cotangent.type());
    Pullback pullback = Differentiation.pullback(slope, Map.of("drift", input), context);
    Substitution here = new Substitution();
    here.replace(slope.input("t"), t);
    here.replace(slope.input("y"), y);
    here.replace(input, cotangent);
    for (Accumulation term : pullback.accumulations()) {
      terms.add(new Accumulation(term.parameter(), here.apply(term.term())));
    }
    pullback
        .cotangents()
        .forEach(
            (name, value) ->
                running.computeIfPresent(name, (n, sum) -> sum.plus(here.apply(value))));
  }

  /** A step from y alone, whose evaluations are calls. */
  private Graph step(RungeKuttaMethod method) {
    Field marked =
        Field.of(
            adjoint.dimension(),
            List.copyOf(field.context().values()),
            (t, z) -> {
              Map<String, Value> arguments = new LinkedHashMap<>(field.context());
              arguments.putAll(Map.of("t", t, "y", z));
              return Objects.requireNonNull(adjoint.graph().call(arguments).get("drift"));
            });
    Graph step = method.step(marked);
    Graph init = method.init(marked);
    Map<String, Value> arguments = new LinkedHashMap<>(field.context());
    arguments.putAll(Map.of("t", step.input("t"), "x", step.input("y")));
    Map<String, Value> started = init.apply(arguments);
    Substitution fresh = new Substitution();
    for (String part : method.state().subList(1, method.state().size())) {
      fresh.replace(step.input(part), Objects.requireNonNull(started.get(part)));
    }
    List<Value> inputs =
        new ArrayList<>(List.of(step.input("t"), step.input("h"), step.input("y")));
    inputs.addAll(field.context().values());
    return Graph.of("step", inputs, Map.of("y", fresh.apply(step.output(method.state().get(0)))));
  }
}
