package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.OwnClock;
import org.anabranch.solver.OwnTimes;
import org.anabranch.solver.RungeKuttaMethod;
import org.anabranch.solver.Spans;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;

/**
 * The continuous adjoint solved back, each sample on steps of its own, from point to point of its
 * span: at each the solution is the one that the forward solve had there. Adaptive steps are first
 * found for solution and cotangent, then taken again with the parameters' quadrature.
 */
final class AdjointPass implements WayBack {
  private final GradientMode.Backsolve mode;
  private final Demands demands;
  private final int rows;
  private final int dimension;
  private final Buffer[] solutionCotangents = new Buffer[2];
  private final Buffer initialCotangent;
  private final @Nullable AdaptiveSolve search;
  private final int searched;
  private final OwnClock clock;
  private final AdjointTile tile;
  private final Program.Execution rate;
  private final Buffer rateTime;
  private final Buffer rateValue;
  private final Buffer rateCotangent;
  private final Buffer rateResult;
  private final double[] numbers;
  private final Outcome[] outcomes;
  private final int[] steps;
  private final long bytes;

  AdjointPass(
      Backend backend,
      GradientMode.Backsolve mode,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Accumulators accumulators,
      Demands demands,
      int rows) {
    this.mode = mode;
    this.demands = demands;
    this.rows = rows;
    dimension = field.dimension();
    numbers = new double[rows * 2 * dimension];
    outcomes = new Outcome[rows];
    steps = new int[rows];
    Type type = Type.perSample(dimension);
    for (int i = 0; i < 2; i++) {
      solutionCotangents[i] = backend.buffer(type, rows);
    }
    initialCotangent = backend.buffer(type, rows);
    RungeKuttaMethod method = mode.settledMethod();
    if (mode.settledStepping() instanceof AdaptiveSpan span) {
      Field state = mode.fullNorm() ? AdjointField.withParameters(field) : AdjointField.of(field);
      searched = state.dimension();
      search = new AdaptiveSolve(backend, method, state, context, parameters, span.steps(), rows);
      clock = new OwnClock(backend, search.times());
    } else {
      searched = 0;
      search = null;
      clock = new OwnClock(backend, rows);
    }
    clock.restOnFirstStep();
    tile =
        new AdjointTile(
            backend, method, field, context, parameters, accumulators, clock, demands, rows);
    rateTime = backend.buffer(OwnTimes.time(), rows);
    rateValue = backend.buffer(type, rows);
    rateCotangent = backend.buffer(type, rows);
    rateResult = backend.buffer(Type.perSampleScalar(), rows);
    Program program = backend.compile(rate(field), rows);
    Map<String, Buffer> inputs = new HashMap<>(context);
    inputs.putAll(Map.of("t", rateTime, "y", rateValue, "d.y", rateCotangent));
    rate = program.bind(inputs, Map.of("rate", rateResult), parameters, null);
    bytes = program.bytes() + tile.bytes() + 5 * initialCotangent.bytes();
  }

  /** What the loss gains by a time at which its cotangent arrives: cᵀ f(t, y). */
  private static Graph rate(Field field) {
    Value t = Value.input("t", OwnTimes.time());
    Value y = Value.input("y", Type.perSample(field.dimension()));
    Value cotangent = Value.input("d.y", Type.perSample(field.dimension()));
    List<Value> inputs = new ArrayList<>(List.of(t, y, cotangent));
    inputs.addAll(field.context().values());
    return Graph.of("rate", inputs, Map.of("rate", field.drift(t, y).times(cotangent).sum()));
  }

  @Override
  public Buffer[] solutionCotangents() {
    return solutionCotangents;
  }

  @Override
  public Buffer initialCotangent() {
    return initialCotangent;
  }

  @Override
  public Buffer contextCotangent(String name) {
    return tile.contextCotangent(name);
  }

  /** How the solve back of a sample ended. */
  Outcome outcome(int row) {
    return outcomes[row];
  }

  /** The accepted steps of a sample's solve back. */
  int steps(int row) {
    return steps[row];
  }

  /**
   * Pulls the cotangents of end and points back.
   *
   * @param start the initial value
   * @param end the solution at the end
   */
  void run(Spans spans, Buffer start, Buffer end, Points points, TimeCotangents times) {
    Arrays.fill(outcomes, Outcome.COMPLETED);
    Arrays.fill(steps, 0);
    tile.clear();
    double[] cotangents = new double[rows * dimension];
    int longest = 0;
    for (int row = 0; row < rows; row++) {
      longest = Math.max(longest, spans.points(row) - 1);
    }
    for (int back = 0; back < longest; back++) {
      arrive(spans, back, end, points, times, cotangents);
      double[][] segments = new double[rows][];
      for (int row = 0; row < rows; row++) {
        int point = spans.points(row) - 1 - back;
        segments[row] =
            point > 0
                ? new double[] {spans.point(row, point), spans.point(row, point - 1)}
                : new double[] {spans.start(row), spans.start(row)};
      }
      solve(Spans.own(segments), cotangents);
    }
    initialCotangent.set(cotangents);
    if (demands.times()) {
      double[] y = new double[rows * dimension];
      start.get(y);
      double[] at = new double[rows];
      Arrays.setAll(at, spans::start);
      double[] gained = rates(at, y, cotangents);
      for (int row = 0; row < rows; row++) {
        times.addAt(row, spans.start(row), -gained[row]);
      }
    }
  }

  /** Adds what arrives at the samples' points of a number, counted from the end. */
  private void arrive(
      Spans spans, int back, Buffer end, Points points, TimeCotangents times, double[] cotangents) {
    double[] y = new double[rows * dimension];
    double[] arriving = new double[rows * dimension];
    double[] at = new double[rows];
    for (int row = 0; row < rows; row++) {
      int point = Math.max(0, spans.points(row) - 1 - back);
      at[row] = spans.point(row, point);
      int offset = row * dimension;
      if (back == 0) {
        end.getRow(row, y, offset);
        solutionCotangents[0].getRow(row, arriving, offset);
      } else if (point > 0) {
        points.value(point - 1).getRow(row, y, offset);
        points.cotangent(point - 1).getRow(row, arriving, offset);
      } else {
        System.arraycopy(numbers, row * 2 * dimension, y, offset, dimension);
      }
    }
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < dimension; i++) {
        cotangents[row * dimension + i] += arriving[row * dimension + i];
        numbers[row * 2 * dimension + i] = y[row * dimension + i];
        numbers[(row * 2 + 1) * dimension + i] = cotangents[row * dimension + i];
      }
    }
    if (demands.times()) {
      double[] gained = rates(at, y, arriving);
      for (int row = 0; row < rows; row++) {
        int point = spans.points(row) - 1 - back;
        if (point > 0) {
          times.addAt(row, at[row], gained[row]);
        }
      }
    }
  }

  private double[] rates(double[] at, double[] y, double[] cotangents) {
    rateTime.set(at);
    rateValue.set(y);
    rateCotangent.set(cotangents);
    rate.run();
    double[] gained = new double[rows];
    rateResult.get(gained);
    return gained;
  }

  private void solve(Spans segments, double[] cotangents) {
    if (search == null) {
      clock.follow(segments, ((TimeGrid) mode.settledStepping()).size(0));
    } else {
      double[] wide = new double[rows * searched];
      for (int row = 0; row < rows; row++) {
        System.arraycopy(numbers, row * 2 * dimension, wide, row * searched, 2 * dimension);
      }
      search.initialValue().set(wide);
      search.run(segments, new AdaptiveSolve.Observer() {});
    }
    tile.run(numbers);
    for (int row = 0; row < rows; row++) {
      judge(row);
      steps[row] += clock.steps(row);
      System.arraycopy(numbers, (row * 2 + 1) * dimension, cotangents, row * dimension, dimension);
    }
  }

  private void judge(int row) {
    if (!outcomes[row].isSolved()) {
      return;
    }
    if (search != null && !search.stepping(row).isSolved()) {
      outcomes[row] = search.stepping(row);
    }
    for (int i = row * 2 * dimension; i < (row + 1) * 2 * dimension; i++) {
      if (!Double.isFinite(numbers[i])) {
        outcomes[row] = Outcome.NOT_FINITE;
      }
    }
  }

  @Override
  public long bytes() {
    return bytes + (search == null ? 0 : search.bytes());
  }
}
