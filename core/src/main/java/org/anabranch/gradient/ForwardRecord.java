package org.anabranch.gradient;

import org.anabranch.backend.Buffer;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.Clock;
import org.anabranch.solver.ForwardSolve;
import org.anabranch.solver.OwnClock;
import org.anabranch.solver.Spans;
import org.anabranch.solver.State;
import org.anabranch.solver.SteppedSolve;

/**
 * Takes down what a forward solve leaves for the way back: the states that the mode keeps, and the
 * solution at points and at output times.
 */
final class ForwardRecord {
  private final SteppedSolve stepped;
  private final Clock clock;
  private final KeptStates kept;
  private final Points points;
  private final Outputs outputs;
  private final boolean anyPoints;

  ForwardRecord(
      SteppedSolve stepped, KeptStates kept, Points points, Outputs outputs, boolean anyPoints) {
    this.stepped = stepped;
    this.clock = stepped.clock();
    this.kept = kept;
    this.points = points;
    this.outputs = outputs;
    this.anyPoints = anyPoints;
  }

  /**
   * Solves.
   *
   * @param outputTimes of each sample; of no length for none at all
   */
  void run(double[][] outputTimes) {
    boolean any = outputTimes.length > 0;
    outputs.start(outputTimes);
    kept.clear(stepped.solve() instanceof AdaptiveSolve ? 0 : clock.steps());
    if (clock instanceof OwnClock) {
      points.start(stepped.spans());
    }
    double[][] wanted = any ? outputTimes : new double[stepped.spans().rows()][];
    stepped.run(new KnownSteps(), wanted, new OwnSteps());
    if (any && clock instanceof OwnClock own) {
      outputs.locate(own.times(), stepped.breaks());
      outputs.atStart(stepped.solve().initialValue());
    }
    if (!(stepped.solve() instanceof AdaptiveSolve)) {
      keepPoints(clock.steps());
    }
  }

  /** What known steps are watched for. */
  private final class KnownSteps implements ForwardSolve.Observer {
    @Override
    public void arrived(int step, State state) {
      keepPoints(step);
    }

    @Override
    public void beforeStep(int step, State state) {
      kept.beforeStep(step, state);
      if (!outputs.isEmpty() && clock instanceof OwnClock own) {
        if (step == 0) {
          outputs.locate(own.times(), stepped.breaks());
        }
        outputs.evaluate(step, state, own.times());
      }
    }
  }

  /** On a fixed grid: the solution of the samples whose {@code step} steps end at a point. */
  private void keepPoints(int step) {
    if (!anyPoints) {
      return;
    }
    ForwardSolve forward = stepped.forward();
    if (!(clock instanceof OwnClock own)) {
      int point = clock.pointAfter(step);
      if (points.isWanted(point)) {
        points.keep(point, forward.solutionNow());
      }
      return;
    }
    Spans spans = stepped.spans();
    own.times()
        .atPoints(
            spans,
            step,
            forward::solutionNow,
            (row, point) -> points.keep(spans, row, point, forward.solution(), row));
  }

  /** What adaptive steps are watched for. */
  private final class OwnSteps implements AdaptiveSolve.Observer {
    @Override
    public void accepted(int sample, int step, State before, State after, int slot) {
      kept.beforeStep(step, sample, before, slot);
    }

    @Override
    public void output(int sample, int place, Buffer solution, int slot) {
      outputs.keep(sample, place, solution, slot);
    }

    @Override
    public void landed(int sample, int point, Buffer solution, int slot) {
      points.keep(stepped.spans(), sample, point, solution, slot);
    }
  }
}
