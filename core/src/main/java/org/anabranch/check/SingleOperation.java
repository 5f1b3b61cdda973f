package org.anabranch.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/** One operation as a graph of its own, on operands that are given. */
final class SingleOperation {
  /** How far an operand is moved, relative to its largest number. */
  private static final double MOVE = 1e-6;

  private static final int NONE = -1;

  private final List<double[]> operands;
  private final int rows;
  private final Graph forward;
  private final Graph product;
  private final ParameterLayout layout;
  private final double[] theta;

  SingleOperation(Operation operation, List<double[]> operands, int rows) {
    this.operands = operands;
    this.rows = rows;
    Map<String, Shape> shapes = new LinkedHashMap<>();
    List<Value> inputs = new ArrayList<>();
    List<Value> given = new ArrayList<>();
    for (Value operand : operation.operands()) {
      String name = "o" + given.size();
      if (operand.operation() instanceof Operation.Parameter) {
        shapes.put(name, operand.type().shape());
        given.add(Value.parameter(name, operand.type().shape()));
      } else {
        Value input = Value.input(name, operand.type());
        inputs.add(input);
        given.add(input);
      }
    }
    layout = ParameterLayout.of(shapes);
    theta = new double[layout.size()];
    layout.views().forEach(view -> place(view, operand(view.name()), theta));
    Value result = Value.of(operation.withOperands(given));
    forward = Graph.of("operation", inputs, Map.of("r", result));
    Value cotangent = Value.input("c", forward.output("r").type().working());
    List<String> names = List.copyOf(forward.inputs().keySet());
    Pullback pullback = Differentiation.pullback(forward, Map.of("r", cotangent), names);
    Map<String, Value> outputs = new LinkedHashMap<>();
    pullback.cotangents().forEach((name, value) -> outputs.put("d" + name, value));
    List<Value> all = new ArrayList<>(inputs);
    all.add(cotangent);
    product = Graph.of("product", all, outputs, pullback.accumulations());
  }

  private double[] operand(String name) {
    return operands.get(Integer.parseInt(name.substring(1)));
  }

  private static void place(ParameterLayout.View view, double[] from, double[] target) {
    System.arraycopy(from, 0, target, view.offset(), view.size());
  }

  /**
   * The relative error of the product by an operand: the larger of two directions, one without a
   * pattern and one along which no two terms of the product cancel.
   *
   * @param tested computes the product
   * @param reference computes the function whose slope is the measure
   */
  double error(Backend tested, Backend reference, int operand) {
    Type result = forward.output("r").type();
    double[] cotangent = Signs.of((result.isPerSample() ? rows : 1) * result.shape().size(), 7);
    double[] pulled = pulled(tested, operand, cotangent);
    double[] mixed = Signs.of(operands.get(operand).length, operand);
    double[] aligned = new double[mixed.length];
    for (int i = 0; i < aligned.length; i++) {
      aligned[i] = pulled[i % pulled.length] < 0 ? -1 : 1;
    }
    return Math.max(
        error(reference, operand, cotangent, pulled, mixed),
        error(reference, operand, cotangent, pulled, aligned));
  }

  private double error(
      Backend reference, int operand, double[] cotangent, double[] pulled, double[] direction) {
    double dot = 0;
    double size = 0;
    for (int i = 0; i < direction.length; i++) {
      double term = direction[i] * pulled[i % pulled.length];
      dot += term;
      size += Math.abs(term);
    }
    double move = MOVE * Math.max(1e-3, largest(operands.get(operand)));
    double[] up = run(reference, operand, direction, move);
    double[] at = run(reference, operand, direction, 0);
    double[] down = run(reference, operand, direction, -move);
    double right = 0;
    double left = 0;
    double terms = 0;
    for (int i = 0; i < cotangent.length; i++) {
      right += cotangent[i] * (up[i] - at[i]) / move;
      left += cotangent[i] * (at[i] - down[i]) / move;
      terms += Math.abs(cotangent[i] * (up[i] - down[i]) / (2 * move));
    }
    if (!Double.isFinite(right) || !Double.isFinite(left)) {
      return 0; // beyond the function's domain there is nothing to compare with
    }
    double beyond = Math.max(Math.min(left, right) - dot, dot - Math.max(left, right));
    double scale = Math.max(size, terms);
    return beyond <= 0 || scale == 0 ? 0 : beyond / scale;
  }

  private static double largest(double[] numbers) {
    double largest = 0;
    for (double number : numbers) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }

  private Map<String, Buffer> inputs(Backend backend, int moved, double[] direction, double by) {
    Map<String, Buffer> inputs = new HashMap<>();
    forward
        .inputs()
        .forEach(
            (name, input) -> {
              double[] numbers = operand(name).clone();
              if (name.equals("o" + moved)) {
                for (int i = 0; i < numbers.length; i++) {
                  numbers[i] += by * direction[i];
                }
              }
              Buffer buffer = backend.buffer(input.type(), rows);
              buffer.set(numbers);
              inputs.put(name, buffer);
            });
    return inputs;
  }

  private double[] run(Backend backend, int moved, double[] direction, double by) {
    double[] values = theta.clone();
    layout.views().stream()
        .filter(view -> view.name().equals("o" + moved))
        .forEach(
            view -> {
              for (int i = 0; i < view.size(); i++) {
                values[view.offset() + i] += by * direction[i];
              }
            });
    Parameters parameters = backend.parameters(layout);
    parameters.load(values);
    Buffer result = backend.buffer(forward.output("r").type(), rows);
    backend
        .compile(forward, rows)
        .bind(inputs(backend, moved, direction, by), Map.of("r", result), parameters, null)
        .run();
    double[] numbers = new double[result.count()];
    result.get(numbers);
    return numbers;
  }

  private double[] pulled(Backend backend, int operand, double[] cotangent) {
    String name = "o" + operand;
    Parameters parameters = backend.parameters(layout);
    parameters.load(theta);
    Accumulators sums = backend.accumulators(layout);
    Map<String, Buffer> inputs = inputs(backend, NONE, cotangent, 0);
    Buffer given = backend.buffer(product.input("c").type(), rows);
    given.set(cotangent);
    inputs.put("c", given);
    Map<String, Buffer> outputs = new HashMap<>();
    product.outputs().forEach((key, value) -> outputs.put(key, backend.buffer(value.type(), rows)));
    backend.compile(product, rows).bind(inputs, outputs, parameters, sums).run();
    if (!outputs.containsKey("d" + name)) {
      ParameterLayout.View view = layout.view(name);
      double[] totals = new double[layout.size()];
      sums.total(totals);
      double[] own = new double[view.size()];
      System.arraycopy(totals, view.offset(), own, 0, view.size());
      return own;
    }
    Buffer buffer = Objects.requireNonNull(outputs.get("d" + name));
    double[] numbers = new double[buffer.count()];
    buffer.get(numbers);
    return numbers;
  }
}
