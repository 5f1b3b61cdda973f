package org.anabranch.gradient;

import java.util.Arrays;
import java.util.List;
import org.anabranch.solver.Breaks;
import org.anabranch.solver.Spans;
import org.anabranch.solver.StepTimes;
import org.jspecify.annotations.Nullable;

/**
 * The cotangents of the times that hold each sample's grid: of the points that it lands on and of
 * its events. Between two of them, P and Q, the grid is frozen and moves with both, τ = P + α (Q −
 * P): a step's cotangents of its time and size reach P and Q by α. Where Q is an event, which
 * depends on the step that ends there, the steps before it move with P alone.
 */
final class TimeCotangents {
  private Knots[] byRow = {};

  /** The times that hold a sample's grid. */
  private static final class Knots {
    final int[] steps;
    final double[] times;
    final boolean[] events;
    final double[] cotangents;
    int count;
    int next;

    Knots(int most) {
      steps = new int[most];
      times = new double[most];
      events = new boolean[most];
      cotangents = new double[most];
    }

    void add(int step, double time, boolean event) {
      steps[count] = step;
      times[count] = time;
      events[count] = event;
      count++;
    }

    /** The one after so many steps; −1 if there is none. */
    int ending(int step) {
      int knot = Arrays.binarySearch(steps, 0, count, step);
      return Math.max(knot, -1);
    }

    /** The first that does not lie before a time, as the solve goes; the last at the latest. */
    int at(double time) {
      double direction = times[count - 1] < times[0] ? -1 : 1;
      int low = 0;
      int high = count - 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if ((time - times[middle]) * direction > 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  /**
   * Before the way back.
   *
   * @param landing the spans with all points that steps land on
   */
  void start(Spans landing, StepTimes times, @Nullable Breaks breaks) {
    byRow = new Knots[landing.rows()];
    for (int row = 0; row < byRow.length; row++) {
      List<Breaks.Break> own = breaks == null ? List.of() : breaks.of(row);
      Knots knots = new Knots(landing.points(row) + own.size() + 1);
      knots.add(0, landing.start(row), false);
      int point = 1;
      int met = 0;
      int last = times.steps(row);
      for (int step = 1; step <= last; step++) {
        double time = times.time(row, step);
        boolean lands = point < landing.points(row) && time == landing.point(row, point);
        while (met < own.size() && own.get(met).step() < step) {
          met++;
        }
        boolean event = met < own.size() && own.get(met).step() == step && own.get(met).isEvent();
        point += lands ? 1 : 0;
        if (lands || event || step == last) {
          knots.add(step, time, event);
        }
      }
      knots.next = knots.count - 1;
      byRow[row] = knots;
    }
  }

  /** Takes the cotangents of time and size of a sample's step; steps come last first. */
  void step(StepTimes times, int row, int step, double byTime, double bySize) {
    Knots knots = byRow[row];
    while (knots.steps[knots.next - 1] > step) {
      knots.next--;
    }
    int q = knots.next;
    if (!knots.events[q]) {
      add(knots, q, times.time(row, step), byTime - bySize);
      add(knots, q, times.time(row, step + 1), bySize);
    } else {
      knots.cotangents[q - 1] += step + 1 == knots.steps[q] ? byTime - bySize : byTime;
    }
  }

  private static void add(Knots knots, int q, double time, double cotangent) {
    double from = knots.times[q - 1];
    double share = (time - from) / (knots.times[q] - from);
    knots.cotangents[q] += share * cotangent;
    knots.cotangents[q - 1] += (1 - share) * cotangent;
  }

  /** Adds to the cotangent of the time after so many steps, which is a point or an event. */
  void add(int row, int step, double cotangent) {
    byRow[row].cotangents[byRow[row].ending(step)] += cotangent;
  }

  /** Adds to the cotangent of a time that steps land on. */
  void addAt(int row, double time, double cotangent) {
    Knots knots = byRow[row];
    int knot = knots.at(time);
    if (knots.times[knot] == time && !knots.events[knot]) {
      knots.cotangents[knot] += cotangent;
    }
  }

  /** The cotangent of the time after so many steps. */
  double ending(int row, int step) {
    return byRow[row].cotangents[byRow[row].ending(step)];
  }

  /** The cotangent of a time that steps land on; 0 if they did not come to it. */
  double of(int row, double time) {
    Knots knots = byRow[row];
    int knot = knots.at(time);
    return knots.times[knot] == time && !knots.events[knot] ? knots.cotangents[knot] : 0;
  }
}
