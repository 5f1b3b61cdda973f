package org.anabranch.solver;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.anabranch.backend.Backend;
import org.anabranch.field.Field;
import org.anabranch.graph.Value;

/** An initial value problem from t = 0 with its published solution at the end. */
record TestProblem(
    String name, Field field, double end, List<Double> start, List<Double> solution) {
  static TestProblem of(
      String name, double end, double[] start, double[] solution, BinaryOperator<Value> drift) {
    return new TestProblem(
        name,
        Field.of(start.length, drift),
        end,
        Arrays.stream(start).boxed().toList(),
        Arrays.stream(solution).boxed().toList());
  }

  Batch solve(Backend backend, String method, AdaptiveSteps steps) {
    double[] values = start.stream().mapToDouble(Double::doubleValue).toArray();
    return Batch.solve(backend, method, field, steps, new double[] {0, end}, values);
  }

  /** The largest |y − exact| / (absolute + relative |exact|) of an end state's components. */
  double error(List<Double> values, AdaptiveSteps steps) {
    double largest = 0;
    for (int i = 0; i < solution.size(); i++) {
      double exact = solution.get(i);
      double scale = steps.absolute() + steps.relative() * Math.abs(exact);
      largest = Math.max(largest, Math.abs(values.get(i) - exact) / scale);
    }
    return largest;
  }

  @Override
  public String toString() {
    return name;
  }
}
