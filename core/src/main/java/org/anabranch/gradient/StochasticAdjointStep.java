package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Field;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Accumulation;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Substitution;
import org.anabranch.graph.Type;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
import org.anabranch.solver.BrownianNeed;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.OwnTimes;
import org.anabranch.solver.WeightedSteps;

/**
 * A step of {@link StochasticAdjointField} from the end of a step that was taken to its start, over
 * the same increment. Inputs and outputs are those of {@link ReverseStep#fromEnd}; what parameters
 * and context get is added up with the step's own weights, so that it costs no state.
 */
final class StochasticAdjointStep {
  private static final String COTANGENT = ReverseStep.cotangent("y");
  private static final String NOISE = BrownianNeed.INCREMENT_NAME;

  private final StochasticAdjointField adjoint;
  private final Field driven;
  private final int d;
  private final boolean ownTimes;
  private final List<String> context;

  private StochasticAdjointStep(
      StochasticField field, Field driven, List<String> context, boolean ownTimes) {
    adjoint = new StochasticAdjointField(field);
    this.driven = driven;
    this.ownTimes = ownTimes;
    d = field.dimension();
    this.context = context;
  }

  /**
   * @param driven the forward solve's field, with the noise in its context
   * @param context the inputs whose running cotangents are wanted; the noise is none of them
   * @param ownTimes whether samples have times of their own, and some may rest
   */
  static Graph of(WeightedSteps method, Field driven, List<String> context, boolean ownTimes) {
    return new StochasticAdjointStep(method.stochastic(), driven, context, ownTimes).back(method);
  }

  private Graph back(WeightedSteps method) {
    Type time = ownTimes ? OwnTimes.time() : Type.time();
    Value t = Value.input("t", time);
    Value h = Value.input("h", time);
    Value y = Value.input("y", Type.perSample(d));
    Value a = Value.input(COTANGENT, Type.perSample(d));
    Value active = Value.input(OwnTimes.ACTIVE, Type.perSampleScalar());
    List<Value> inputs = new ArrayList<>(List.of(t, h, y, a));
    inputs.addAll(driven.context().values());
    if (ownTimes) {
      inputs.add(active);
    }
    Value moving = ownTimes ? active.select(a, a.times(0)) : a; // who rests adds nothing to sums
    Pullback back = at(onward(method), t, h, y, moving);
    Value z = StochasticAdjointField.value(back.cotangents(), "y");
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("y", ownTimes ? active.select(z.slice(0, d), y) : z.slice(0, d));
    outputs.put(COTANGENT, ownTimes ? active.select(z.slice(d, d), a) : z.slice(d, d));
    for (String name : context) {
      String cotangent = ReverseStep.cotangent(name);
      Value sum = Value.input(cotangent, driven.graph().input(name).type());
      inputs.add(sum);
      Value gained = StochasticAdjointField.value(back.cotangents(), cotangent);
      outputs.put(cotangent, sum.plus(gained));
    }
    return Graph.of(method.name() + ".adjoint", inputs, outputs, back.accumulations());
  }

  /** The step onward from the end of the one that was taken, by a size and a motion of −1. */
  private Pullback at(Graph onward, Value t, Value h, Value y, Value a) {
    Map<String, Value> arguments = new LinkedHashMap<>(driven.context());
    arguments.put(StochasticAdjointField.PATH, driven.graph().input(NOISE));
    arguments.put(NOISE, minusOne(y));
    arguments.put("t", t.plus(h));
    arguments.put("h", h.negated());
    arguments.put("y", Value.concatenate(List.of(y, a)));
    return new Pullback(onward.outputs(), onward.accumulations())
        .at(List.copyOf(onward.inputs().values()), arguments);
  }

  /** The increment of the adjoint equation's one Brownian motion, for each sample. */
  private static Value minusOne(Value y) {
    return y.slice(0, 1).unary(UnaryFunction.STEP).times(0).minus(1);
  }

  /**
   * A step of the adjoint equation in the direction in which it is taken: to (y, a) after it and
   * what is gained by parameters and context.
   */
  private Graph onward(WeightedSteps method) {
    DrivenMethod steps = method.on(adjoint.called());
    OpenSteps whole = OpenSteps.of(steps.method().step(steps.field()));
    OpenSteps open = ownTimes ? whole.withOwnTimes() : whole;
    Graph graph = open.graph();
    Substitution evaluated = evaluated(open);
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("y", evaluated.apply(graph.output("y")));
    List<Accumulation> terms = new ArrayList<>();
    Value ones = Value.zeros(graph.output("y").type().shape()).plus(1);
    Map<String, Value> weights =
        Differentiation.pullback(graph, Map.of("y", ones), open.results()).cotangents();
    for (int i = 0; i < open.evaluations().size(); i++) {
      Value z = evaluated.apply(graph.output("z." + i));
      Map<String, Value> cotangents = new LinkedHashMap<>();
      for (String rate : open.evaluations().get(i)) {
        Value weight = StochasticAdjointField.value(weights, OpenSteps.result(i, rate));
        Value ofY = evaluated.apply(weight).slice(0, d);
        cotangents.put(rate, z.slice(d, d).times(ofY).negated());
      }
      Value t = evaluated.apply(graph.output("t." + i));
      Pullback gained = adjoint.pullback(t, z.slice(0, d), cotangents, context);
      terms.addAll(gained.accumulations());
      gained
          .cotangents()
          .forEach((name, value) -> outputs.merge(ReverseStep.cotangent(name), value, Value::plus));
    }
    List<Value> inputs = new ArrayList<>(graph.inputs().values());
    open.results().forEach(result -> inputs.remove(graph.input(result)));
    return Graph.of("onward", inputs, outputs, terms);
  }

  /** Has the equation's rates stand for what the evaluations of a step give. */
  private Substitution evaluated(OpenSteps open) {
    StochasticField equation = adjoint.equation();
    Substitution evaluated = new Substitution();
    for (int i = 0; i < open.evaluations().size(); i++) {
      Value t = evaluated.apply(open.graph().output("t." + i));
      Value z = evaluated.apply(open.graph().output("z." + i));
      Coefficients at = equation.at(t, z);
      for (String rate : open.evaluations().get(i)) {
        boolean drift = rate.equals(StochasticAdjointField.DRIFT);
        evaluated.replace(
            open.graph().input(OpenSteps.result(i, rate)), drift ? at.drift() : at.diffusion());
      }
    }
    return evaluated;
  }
}
