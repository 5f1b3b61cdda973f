package org.anabranch.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * The size of a first step by the rule of Hairer, Nørsett and Wanner (Solving Ordinary Differential
 * Equations I, II.4): a step by Euler's method of a hundredth of |y|/|f|, and the change of f over
 * it.
 */
final class FirstStep {
  private FirstStep() {}

  /**
   * {@code t, x}, context and {@code direction} (1 or −1) of each sample to {@code slope}, {@code
   * bend} and {@code trial}.
   */
  static Graph graph(Field field, AdaptiveSteps steps) {
    ErrorRatio ratio = new ErrorRatio(steps);
    Value t = Value.input("t", Type.time());
    Value x = Value.input("x", Type.perSample(field.dimension()));
    Value direction = Value.input("direction", Type.perSampleScalar());
    Value f = field.drift(t, x);
    Value size = ratio.norm(x, x.absolute());
    Value slope = ratio.norm(f, x.absolute());
    Value least = Value.constant(1e-5);
    Value small = size.lessThan(least).maximum(slope.lessThan(least));
    Value trial = small.select(Value.constant(1e-6), size.dividedBy(slope).times(0.01));
    Value step = trial.times(direction);
    Value f1 = field.drift(t.plus(step.widened()), x.plus(f.times(step)));
    Value bend = ratio.norm(f1.minus(f), x.absolute()).dividedBy(trial);
    List<Value> inputs = new ArrayList<>(List.of(t, x, direction));
    inputs.addAll(field.context().values());
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("slope", slope);
    outputs.put("bend", bend);
    outputs.put("trial", trial);
    return Graph.of("firststep", inputs, outputs).withPerSample(Set.of("t"));
  }

  /** The size, above 0; small where the field gave no number. */
  static double size(double slope, double bend, double trial, int k) {
    double change = Math.max(slope, bend);
    double second =
        change <= 1e-15 ? Math.max(1e-6, trial * 1e-3) : StrictMath.pow(0.01 / change, 1.0 / k);
    double size = Math.min(100 * trial, second);
    return size > 0 && Double.isFinite(size) ? size : 1e-6;
  }
}
