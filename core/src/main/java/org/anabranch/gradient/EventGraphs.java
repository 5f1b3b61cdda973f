package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.field.Field;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Precision;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.Event;
import org.anabranch.solver.Method;

/**
 * The derivative of an event by the implicit function theorem on the step that ends there. With s
 * the step's start, Φ the step, τ = s + h the event's time and g its condition,
 *
 * <pre>  g(s + h, Φ(s, h, y)) = 0:   dh = −(what moves g otherwise) / (dg/dh)  </pre>
 *
 * <p>So cotangents ȳ of the step's end and τ̄ of its time are pulled back as those of a step of
 * fixed size, once λ ∂g/∂y has been added to ȳ, with
 *
 * <pre>  λ = −(τ̄ + ȳ·∂Φ/∂h) / (dg/dh)  </pre>
 *
 * <p>and parameters and context get λ times the condition's own derivatives.
 */
final class EventGraphs {
  /** What the state's and the event's own cotangent of y are added up from. */
  static final String ARRIVING = "arriving";

  /** τ̄. */
  static final String TIME = "d.time";

  /** λ. */
  static final String WEIGHT = "weight";

  /** τ̄ + ȳ·∂Φ/∂h. */
  static final String SUM = "sum";

  /** dg/dh, and the mean of dg/dh over the step. */
  static final String SLOPE = "slope";

  static final String MEAN_SLOPE = "mean";

  private static final String FROM = "from";
  private static final String VALUE = "value";

  private EventGraphs() {}

  /**
   * {@code t, h}, the state before the step and the cotangents after it, to {@code sum}, {@code
   * slope} and {@code mean}.
   */
  static Graph weight(Event event, Method method, Field field) {
    Graph step = stepTo(event, method, field);
    Map<String, Value> byH =
        Differentiation.pushforward(step, Map.of("h", Value.constant(1, Precision.WIDE)));
    List<Value> inputs = new ArrayList<>(step.inputs().values());
    Value time = Value.input(TIME, Type.perSampleScalar());
    Value arriving = Value.input(ARRIVING, Type.perSample(field.dimension()));
    inputs.addAll(List.of(time, arriving));
    String solution = method.state().get(0);
    Value sum = time.plus(arriving.times(of(byH, solution).narrowed()).sum());
    for (String part : method.state()) {
      Type type = step.output(part).type().working();
      Value cotangent = Value.input(ReverseStep.cotangent(part), type);
      inputs.add(cotangent);
      sum = sum.plus(cotangent.times(of(byH, part).narrowed()).sum());
    }
    Value slope = of(byH, VALUE).plus(sum.times(0));
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put(SUM, sum);
    outputs.put(SLOPE, slope);
    Value size = step.input("h").narrowed();
    outputs.put(MEAN_SLOPE, step.output(VALUE).minus(step.output(FROM)).dividedBy(size));
    return Graph.of(event.condition().name() + ".weight", inputs, outputs);
  }

  private static Value of(Map<String, Value> values, String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new AssertionError("no output is called " + name);
    }
    return value;
  }

  /** A step, with the condition before and after it. */
  private static Graph stepTo(Event event, Method method, Field field) {
    Graph step = method.step(field).withPerSample(Set.of("t", "h"));
    Graph condition = event.along(method, field);
    String solution = method.state().get(0);
    Map<String, Value> outputs = new LinkedHashMap<>(step.outputs());
    outputs.keySet().retainAll(method.state());
    Map<String, Value> arguments = new LinkedHashMap<>(field.context());
    arguments.put("t", step.input("t"));
    arguments.put(solution, step.input(solution));
    outputs.put(FROM, of(condition.apply(arguments), VALUE));
    arguments.put("t", step.input("t").plus(step.input("h")));
    arguments.put(solution, step.output(solution));
    outputs.put(VALUE, of(condition.apply(arguments), VALUE));
    List<Value> inputs = List.copyOf(step.inputs().values());
    return Graph.of(step.name() + ".to." + condition.name(), inputs, outputs);
  }

  /**
   * {@code t}, the state at the event, {@code weight}, {@code arriving} and running cotangents, to
   * those of the solution and of context with the condition's share added.
   */
  static Graph pullback(Event event, Method method, Field field, List<String> context) {
    Graph condition = event.along(method, field);
    String solution = method.state().get(0);
    Value weight = Value.input(WEIGHT, Type.perSampleScalar());
    Value arriving = Value.input(ARRIVING, Type.perSample(field.dimension()));
    List<String> wanted = new ArrayList<>(List.of(solution));
    wanted.addAll(context);
    Pullback pullback = Differentiation.pullback(condition, Map.of(VALUE, weight), wanted);
    List<Value> inputs = new ArrayList<>(condition.inputs().values());
    inputs.addAll(List.of(weight, arriving));
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (String name : wanted) {
      String cotangent = ReverseStep.cotangent(name);
      Value running = Value.input(cotangent, condition.input(name).type().working());
      inputs.add(running);
      Value sum = running.plus(of(pullback.cotangents(), name));
      outputs.put(cotangent, name.equals(solution) ? sum.plus(arriving) : sum);
    }
    return Graph.of(condition.name() + ".pullback", inputs, outputs, pullback.accumulations());
  }
}
