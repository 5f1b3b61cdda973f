package org.anabranch.gradient;

import org.anabranch.backend.Accumulators;
import org.anabranch.solver.Clock;
import org.anabranch.solver.OwnClock;
import org.anabranch.solver.Spans;
import org.anabranch.solver.StepTimes;
import org.anabranch.solver.SteppedSolve;
import org.jspecify.annotations.Nullable;

/**
 * The way back over the steps of a solve: each is pulled back, and between two of them cotangents
 * arrive at points, events, jumps and outputs.
 */
final class StepsBack {
  /** Running sums are folded into float64 after so many reverse steps, counted from the end. */
  private static final int STEPS_A_FOLD = 64;

  private static final double[] NONE = {};

  private final SteppedSolve stepped;
  private final Clock clock;
  private final ReversePass reverse;
  private final boolean reversible;
  private final Demands demands;
  private final Accumulators accumulators;
  private final KeptStates kept;
  private final Points points;
  private final TimeCotangents times;
  private final Outputs outputs;
  private final @Nullable ReverseBreaks breaks;

  /**
   * @param times where cotangents of times go
   * @param breaks null for a solve without interruptions
   */
  StepsBack(
      SteppedSolve stepped,
      ReversePass reverse,
      Demands demands,
      Accumulators accumulators,
      KeptStates kept,
      Points points,
      TimeCotangents times,
      Outputs outputs,
      @Nullable ReverseBreaks breaks) {
    this.stepped = stepped;
    this.clock = stepped.clock();
    this.reverse = reverse;
    reversible = reverse.isReversible();
    this.demands = demands;
    this.accumulators = accumulators;
    this.kept = kept;
    this.points = points;
    this.times = times;
    this.outputs = outputs;
    this.breaks = breaks;
  }

  /** From the solution's cotangent to the initial value's and the parameters'. */
  void run() {
    Spans spans = stepped.spans();
    reverse.start(stepped.solve().state());
    if (clock instanceof OwnClock own) {
      points.back(spans, own.times());
      if (demands.times()) {
        times.start(stepped.landing(), own.times(), stepped.breaks());
      }
    }
    if (breaks != null) {
      breaks.start();
    }
    int steps = clock.steps();
    for (int step = steps - 1; step >= 0; step--) {
      if (!reversible) {
        kept.fetch(step, steps, reverse.state());
      }
      if (clock instanceof OwnClock own) {
        arrive(spans, own.times(), step);
      } else {
        int point = clock.pointAfter(step + 1);
        points.arrive(point, reverse.current(), reverse.solutionCotangent());
        points.setRight(point, reverse.strayed());
      }
      clock.toStep(step);
      reverse.step(step);
      kept.setRight(step, reverse.state());
      takeTimes(step);
      if ((steps - step) % STEPS_A_FOLD == 0) {
        accumulators.fold();
      }
    }
    if (breaks != null) {
      breaks.jumps(0, reverse, times);
    }
    clock.toStart();
    reverse.end();
    outputs.addToStart(reverse.initialCotangent());
    if (demands.times()) {
      double[] byTime = reverse.startTimeCotangents();
      for (int row = 0; row < spans.rows(); row++) {
        times.add(row, 0, byTime[row]);
      }
    }
    accumulators.fold();
  }

  /** What arrives where a step ends. */
  private void arrive(Spans spans, StepTimes own, int step) {
    rest(own, step);
    if (breaks != null) {
      breaks.jumps(step + 1, reverse, times);
    }
    points.arrive(
        spans, own, step, reverse.current(), reverse.solutionCotangent(), reverse.strayed());
    if (breaks != null) {
      breaks.events(step + 1, own, reverse, times, outputs);
    }
  }

  private void takeTimes(int step) {
    if (!(clock instanceof OwnClock own)) {
      return;
    }
    double[] byTime = demands.times() ? reverse.timeCotangents() : NONE;
    double[] bySize = demands.times() ? reverse.sizeCotangents() : NONE;
    outputs.pull(step, reverse, own.times(), byTime, bySize);
    for (int row = 0; row < byTime.length; row++) {
      if (step < own.times().steps(row)) {
        times.step(own.times(), row, step, byTime[row], bySize[row]);
      }
    }
  }

  /**
   * Gives samples that have no such step their state at the start, where the field has been
   * evaluated: what a resting sample computes is multiplied by zero, and must not be NaN. The
   * reversible mode gets a sample's end state when its last step comes.
   */
  private void rest(StepTimes own, int step) {
    for (int row = 0; row < own.rows(); row++) {
      if (step >= own.steps(row)) {
        reverse.state().copyRow(row, kept.initial(), row);
      } else if (reversible && step == own.steps(row) - 1) {
        reverse.state().copyRow(row, stepped.solve().state(), row);
      }
    }
  }
}
