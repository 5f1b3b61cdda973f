package org.anabranch.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.WatchedGraph;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.check.OperationFinding.Verdict;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;

/**
 * Every operation of a graph by itself, at the values that its operands have there: its
 * vector-Jacobian product as the backend computes it against the slope of the reference backend's
 * forward function, along one direction of each operand. At a kink any slope between those of both
 * sides is right.
 */
final class OperationCheck {
  private static final Backend REFERENCE = ReferenceBackend.literal();

  private final Backend backend;
  private final double tolerance;

  /**
   * @param tolerance the largest relative error that is the backend's rounding
   */
  OperationCheck(Backend backend, double tolerance) {
    this.backend = backend;
    this.tolerance = tolerance;
  }

  /**
   * @param inputs the numbers of the graph's inputs, sample by sample
   */
  List<OperationFinding> of(
      String place,
      Graph graph,
      Map<String, double[]> inputs,
      ParameterLayout layout,
      double[] theta,
      int rows) {
    WatchedGraph watched = at(graph, inputs, layout, theta, rows);
    List<OperationFinding> findings = new ArrayList<>();
    for (Value value : watched.order()) {
      Operation operation = value.operation();
      if (isConstant(operation)) {
        continue;
      }
      List<double[]> operands = new ArrayList<>();
      operation.operands().forEach(operand -> operands.add(watched.numbers(operand)));
      SingleOperation single = new SingleOperation(operation, operands, rows);
      for (int operand = 0; operand < operands.size(); operand++) {
        if (!(operation instanceof Operation.Select && operand == 0)) {
          double error = single.error(backend, REFERENCE, operand);
          findings.add(finding(place, value, operand, error));
        }
      }
    }
    return findings;
  }

  /** Whether there is nothing to differentiate, or the derivative is one by decree. */
  private static boolean isConstant(Operation operation) {
    return operation.operands().isEmpty()
        || operation instanceof Operation.RoundToGrid
        || (operation instanceof Operation.Binary binary && binary.function().isComparison())
        || (operation instanceof Operation.Unary unary && unary.function() == UnaryFunction.STEP);
  }

  private OperationFinding finding(String place, Value value, int operand, double error) {
    Verdict verdict =
        value.operation() instanceof Operation.Detach
            ? Verdict.HELD
            : error <= tolerance ? Verdict.RIGHT : Verdict.WRONG;
    return new OperationFinding(
        place,
        value.sketch(),
        value.operation().operands().stream().map(o -> o.type().toString()).toList(),
        operand,
        error,
        verdict);
  }

  /** The graph, run where its inputs have given numbers. */
  private static WatchedGraph at(
      Graph graph, Map<String, double[]> inputs, ParameterLayout layout, double[] theta, int rows) {
    Map<String, Buffer> given = new HashMap<>();
    graph
        .inputs()
        .forEach(
            (name, input) -> {
              Buffer buffer = REFERENCE.buffer(input.type(), rows);
              buffer.set(Objects.requireNonNull(inputs.get(name), name));
              given.put(name, buffer);
            });
    Parameters parameters = REFERENCE.parameters(layout);
    parameters.load(theta);
    WatchedGraph watched = new WatchedGraph(REFERENCE, graph, given, parameters, rows);
    watched.run();
    return watched;
  }
}
