package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.Spans;
import org.anabranch.solver.StepTimes;
import org.jspecify.annotations.Nullable;

/** The solution at the points of each sample's span, and the cotangents that come back to it. */
final class Points {
  private final List<Buffer> values = new ArrayList<>();
  private final List<Buffer> cotangents = new ArrayList<>();
  private final @Nullable Arrival arrival;
  private final int stride;
  private int[] next = {};

  /**
   * @param ofSolution the two buffers of the solution's cotangent that take turns
   */
  Points(
      Backend backend,
      Parameters parameters,
      int dimension,
      int rows,
      Demands demands,
      Buffer[] ofSolution) {
    int count = demands.points();
    stride = demands.stride();
    Type type = Type.perSample(dimension);
    for (int point = 0; point < count; point++) {
      values.add(backend.buffer(type, rows));
      cotangents.add(backend.buffer(type, rows));
    }
    arrival = count == 0 ? null : new Arrival(backend, parameters, type, rows, ofSolution);
  }

  /** The program that adds what arrives; most solves have no points and need none. */
  private static final class Arrival {
    private final Buffer arriving;
    private final Buffer sum;
    private final Program.Execution[] additions = new Program.Execution[2];

    Arrival(Backend backend, Parameters parameters, Type type, int rows, Buffer[] ofSolution) {
      arriving = backend.buffer(type, rows);
      sum = backend.buffer(type, rows);
      Value a = Value.input("a", type);
      Value b = Value.input("b", type);
      Graph addition = Graph.of("arrival", List.of(a, b), Map.of("sum", a.plus(b)));
      Program program = backend.compile(addition, rows);
      for (int i = 0; i < 2; i++) {
        additions[i] =
            program.bind(
                Map.of("a", ofSolution[i], "b", arriving), Map.of("sum", sum), parameters, null);
      }
    }
  }

  Buffer value(int point) {
    return values.get(point);
  }

  Buffer cotangent(int point) {
    return cotangents.get(point);
  }

  /** Before a forward solve. */
  void start(Spans spans) {
    if (next.length != spans.rows()) {
      next = new int[spans.rows()];
    }
    for (int row = 0; row < spans.rows(); row++) {
      next[row] = spans.points(row) - 2;
      if (next[row] > values.size()) {
        throw new IllegalArgumentException(
            "Solve: sample %d has %d points between start and end, made was it for %d. Demand more points."
                .formatted(row, next[row], values.size()));
      }
    }
  }

  /** Takes the solution of all samples at a point of their one grid. */
  void keep(int point, Buffer solution) {
    values.get(place(point)).copyFrom(solution);
  }

  /** Whether the solution at a point of one grid is wanted. */
  boolean isWanted(int point) {
    return place(point) >= 0 && place(point) < values.size();
  }

  /** The place of a grid's point among those that are wanted; -1 for none. */
  private int place(int point) {
    return stride > 0 && (point + 1) % stride == 0 ? (point + 1) / stride - 1 : -1;
  }

  /**
   * Sets a solution that has come back to a point of one grid, if it is one, to what it was there.
   *
   * @param solution null where it need not be
   */
  void setRight(int point, @Nullable Buffer solution) {
    if (solution != null && isWanted(point)) {
      solution.copyFrom(values.get(place(point)));
    }
  }

  /** Adds what arrives at a point of one grid, if it is one, to the cotangent in use. */
  void arrive(int point, int current, Buffer ofSolution) {
    if (arrival != null && isWanted(point)) {
      arrival.arriving.copyFrom(cotangents.get(place(point)));
      arrival.additions[current].run();
      ofSolution.copyFrom(arrival.sum);
    }
  }

  /** Before the way back: a sample that an event ended has not come to all of its points. */
  void back(Spans spans, StepTimes times) {
    start(spans);
    for (int row = 0; row < spans.rows(); row++) {
      double direction = spans.end(row) < spans.start(row) ? -1 : 1;
      double end = times.time(row, times.steps(row));
      while (next[row] > 0 && (spans.point(row, next[row]) - end) * direction > 0) {
        next[row]--;
      }
    }
  }

  /** Takes a sample's solution at one of its points, counted from the start. */
  void keep(Spans spans, int row, int point, Buffer solution, int slot) {
    if (point > 0 && point < spans.points(row) - 1) {
      values.get(point - 1).copyRow(row, solution, slot);
    }
  }

  /**
   * Adds what arrives at the ends of the samples' steps of a number to the cotangent in use.
   *
   * @param solution that has come back and is to be set to what it was there; null where it need
   *     not be
   */
  void arrive(
      Spans spans,
      StepTimes times,
      int step,
      int current,
      Buffer ofSolution,
      @Nullable Buffer solution) {
    if (arrival == null) {
      return;
    }
    boolean any = false;
    for (int row = 0; row < spans.rows(); row++) {
      if (next[row] > 0
          && step < times.steps(row)
          && times.time(row, step + 1) == spans.point(row, next[row])) {
        if (!any) {
          arrival.arriving.fill(0);
          any = true;
        }
        arrival.arriving.copyRow(row, cotangents.get(next[row] - 1), row);
        if (solution != null) {
          solution.copyRow(row, values.get(next[row] - 1), row);
        }
        next[row]--;
      }
    }
    if (any) {
      arrival.additions[current].run();
      ofSolution.copyFrom(arrival.sum);
    }
  }

  long bytes() {
    long ofPoints = values.stream().mapToLong(Buffer::bytes).sum() * 2;
    return arrival == null ? ofPoints : ofPoints + arrival.arriving.bytes() + arrival.sum.bytes();
  }
}
