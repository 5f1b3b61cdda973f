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
  private final int rows;
  private final int dimension;
  private double time;
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

  /** The time that it has come to; samples that ended early stay behind. */
  public double time() {
    return time;
  }

  /**
   * Goes on to the last of some times.
   *
   * @param times at which the solution is wanted, none before where it is
   * @return the solution there, with the events met on the way; reports are since the start
   */
  public Trajectory resume(double... times) {
    if (times.length == 0) {
      throw new IllegalArgumentException("OpenSolution: no times. Give the one to go to at least.");
    }
    Spans spans = Spans.same(rows, time, times[times.length - 1]);
    double[][] outputs = new double[rows][];
    Arrays.fill(outputs, times);
    Recorder recorder = new Recorder(times.length);
    if (begun) {
      solve.resume(spans, jumps, outputs, recorder);
    } else {
      solve.run(spans, jumps, outputs, recorder);
    }
    begun = true;
    time = times[times.length - 1];
    return recorder.trajectory(times);
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
