package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anabranch.backend.Buffer;

/**
 * A solution that can go on from its end, with each sample's state, step size and errors as if it
 * had not stopped: to t₁ and on to t₂ it takes the steps, and has the bits, of one solve to t₂ that
 * lands on t₁. Not for several threads at a time.
 *
 * <pre>
 * OpenSolution solution = equation.open(Method.named("tsit5"), AdaptiveSteps.of(1e-8, 1e-10), 0, start);
 * solution.resume(1).value(0, 0, 0);
 * solution.resume(1.5, 2).value(0, 1, 0);
 * </pre>
 */
public final class OpenSolution {
  private final AdaptiveSolve solve;
  private final List<JumpTimes> jumps;
  private final List<Folding> folds = new ArrayList<>();
  private final int rows;
  private final int dimension;
  private double time;

  /** The sign of the way that it goes; 0 before it has gone. */
  private double direction;

  private boolean begun;

  /**
   * @param solve with its initial value
   */
  OpenSolution(AdaptiveSolve solve, List<JumpTimes> jumps, int rows, int dimension, double start) {
    this.solve = solve;
    this.jumps = List.copyOf(jumps);
    this.rows = rows;
    this.dimension = dimension;
    this.time = start;
  }

  /**
   * Has every step from here on folded.
   *
   * @return the fold's place, for {@link #folded}
   */
  public int fold(Fold fold) {
    if (!fold.graph().input("y0").type().equals(solve.initialValue().type())) {
      throw new IllegalArgumentException(
          "Fold %s: it is of %s, the solution is %s. Make it for the solution's dimension."
              .formatted(
                  fold.graph().name(),
                  fold.graph().input("y0").type(),
                  solve.initialValue().type()));
    }
    folds.add(solve.folding(fold));
    return folds.size() - 1;
  }

  /** What a sample's steps have come to by a fold of a place. */
  public List<Double> folded(int fold, int sample) {
    return folds.get(fold).result(sample);
  }

  /** The time that it has come to; samples that ended early stay behind. */
  public double time() {
    return time;
  }

  /**
   * Goes on to the last of some times.
   *
   * @param times at which the solution is wanted, none before where it is
   * @return the solution there, with the events met on the way; reports are since the start
   * @throws IllegalArgumentException if it would have to turn round
   */
  public Trajectory resume(double... times) {
    if (times.length == 0) {
      throw new IllegalArgumentException("OpenSolution: no times. Give the one to go to at least.");
    }
    double end = times[times.length - 1];
    requireAhead(end);
    direction = end == time ? direction : Math.signum(end - time);
    Spans spans = Spans.same(rows, time, end);
    double[][] outputs = new double[rows][];
    Arrays.fill(outputs, times);
    Recorder recorder = new Recorder(times.length);
    if (begun) {
      solve.resume(spans, jumps, outputs, recorder);
    } else {
      solve.run(spans, jumps, outputs, recorder);
    }
    begun = true;
    time = end;
    return recorder.trajectory(times);
  }

  private void requireAhead(double end) {
    if ((end - time) * direction < 0) {
      throw new IllegalArgumentException(
          "OpenSolution: it has come to %s and is to go on to %s. It does not turn round: open another from there."
              .formatted(time, end));
    }
  }

  /** Values, NaN at first, and events, as they come. */
  private final class Recorder implements AdaptiveSolve.Observer {
    private final double[][][] values;
    private final List<Trajectory.Occurrence> met = new ArrayList<>();

    Recorder(int times) {
      values = new double[rows][times][dimension];
      for (double[][] sample : values) {
        for (double[] value : sample) {
          Arrays.fill(value, Double.NaN);
        }
      }
    }

    @Override
    public void accepted(int sample, int step, State before, State after, int slot) {
      double from = solve.times().time(sample, step);
      double to = solve.times().time(sample, step + 1);
      for (Folding fold : folds) {
        fold.accepted(sample, from, to, before, after, slot);
      }
    }

    @Override
    public void output(int sample, int place, Buffer solution, int slot) {
      solution.getRow(slot, values[sample][place], 0);
    }

    @Override
    public void event(int sample, int event, double at, Buffer solution, int slot) {
      double[] value = new double[dimension];
      solution.getRow(slot, value, 0);
      met.add(new Trajectory.Occurrence(sample, event, at, boxed(value)));
    }

    Trajectory trajectory(double[] times) {
      return new Trajectory(
          boxed(times),
          Arrays.stream(values)
              .map(sample -> Arrays.stream(sample).map(Recorder::boxed).toList())
              .toList(),
          met,
          solve.reports());
    }

    private static List<Double> boxed(double[] numbers) {
      return Arrays.stream(numbers).boxed().toList();
    }
  }
}
