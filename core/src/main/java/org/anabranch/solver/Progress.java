package org.anabranch.solver;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How far one sample's adaptive solve has come: its time, the size that the controller asks for,
 * and what it counts. Knows no tile and no state.
 */
final class Progress {
  private final AdaptiveSteps steps;
  private final int k;
  private Spans spans;
  private final int row;
  private double time;
  private double size;
  private double tried;
  private boolean sized = true;
  private double end;
  private double last = 1;
  private double beforeLast = 1;
  private double ratio;
  private boolean grows = true;
  private int point = 1;
  private int accepted;
  private int rejected;
  private double smallest = Double.POSITIVE_INFINITY;
  private Outcome outcome = Outcome.COMPLETED;
  private boolean done;
  private double again = Double.NaN;

  /** Where rejected tries ended, the farthest first; null where steps may pass them by. */
  private final @Nullable Deque<Double> rejectedEnds;

  /**
   * @param revisits whether steps land where rejected ones ended: see {@link Drive}
   */
  Progress(AdaptiveSteps steps, int k, boolean revisits, Spans spans, int row) {
    this.steps = steps;
    this.k = k;
    rejectedEnds = revisits ? new ArrayDeque<>() : null;
    this.spans = spans;
    this.row = row;
    time = spans.start(row);
    done = spans.direction(row) == 0;
  }

  /** The size of the first step, above 0. */
  void begin(double first) {
    size = Math.min(first, steps.largestStep());
  }

  /** Begins anew where it is, after a jump: errors from before say nothing of what comes. */
  void restart(double first) {
    size = Math.min(first, steps.largestStep());
    sized = true;
    last = 1;
    beforeLast = 1;
    grows = true;
  }

  /** Goes on, where nothing else has ended it, from the end that it has come to. */
  void resume(Spans further) {
    if (outcome == Outcome.COMPLETED) {
      spans = further;
      point = 1;
      done = spans.direction(row) == 0;
      if (!done) {
        limit();
      }
    }
  }

  boolean isDone() {
    return done;
  }

  double time() {
    return time;
  }

  /**
   * Decides where the next try ends: at the size that the controller asks for, on the next stop, or
   * half way to it, so that no tiny step is left.
   */
  double tryTo() {
    if (!Double.isNaN(again)) {
      end = again;
      again = Double.NaN;
      return end;
    }
    double stop = stop();
    double remaining = Math.abs(stop - time);
    double next = size();
    if (next >= remaining) {
      end = stop;
    } else if (2 * next > remaining) {
      end = time + (stop - time) / 2;
    } else {
      end = time + spans.direction(row) * next;
    }
    if (end == time) {
      end = Math.nextAfter(time, stop);
    }
    return end;
  }

  /** The next point, or where a try before it was rejected. */
  private double stop() {
    return rejectedEnds == null || rejectedEnds.isEmpty()
        ? spans.point(row, point)
        : rejectedEnds.getLast();
  }

  /** Has the next try end at a time; the one just made does not count. */
  void takeAgain(double wanted) {
    again = wanted;
  }

  /** Ends the solve where it is. */
  void stop(Outcome how) {
    finish(how);
  }

  /**
   * Takes the norm of the try's error.
   *
   * @return whether the step is accepted
   */
  boolean judge(double norm) {
    ratio = norm;
    double tried = Math.abs(end - time);
    if (norm <= 1) {
      accept(tried);
      return true;
    }
    rejected++;
    grows = false;
    if (rejectedEnds != null && end != stop()) {
      rejectedEnds.addLast(end);
    }
    size = roundedDown(tried * steps.controller().afterRejection(norm, k));
    double least = smallestStep();
    if (tried <= least || steps.areEqual()) {
      size = tried;
      finish(Double.isNaN(norm) ? Outcome.NOT_FINITE : Outcome.STEP_TOO_SMALL);
    } else {
      size = Math.max(size, least);
      limit();
    }
    return false;
  }

  private void accept(double tried) {
    accepted++;
    smallest = Math.min(smallest, tried);
    this.tried = tried;
    sized = false;
    time = end;
    if (rejectedEnds != null && time == stop()) {
      rejectedEnds.pollLast();
    }
    if (time == spans.point(row, point)) {
      point++;
    }
    if (point == spans.points(row)) {
      done = true;
    } else {
      limit();
    }
  }

  /** The size that the controller asks for: left until it is asked, since its powers take time. */
  private double size() {
    if (!sized) {
      double factor = steps.controller().afterAcceptance(ratio, last, beforeLast, k);
      double next = tried * (grows ? factor : Math.min(1, factor));
      // A step cut short by a point says nothing against the size that was asked for.
      size = Math.min(Math.max(next, tried < size && factor >= 1 ? size : 0), steps.largestStep());
      grows = true;
      beforeLast = last;
      last = ratio;
      sized = true;
    }
    return size;
  }

  private void limit() {
    if (accepted + rejected >= steps.limit()) {
      finish(Outcome.STEP_LIMIT);
    }
  }

  /** The size as times this near can have it, or it might be the size rejected again. */
  private double roundedDown(double asked) {
    double grain = Math.ulp(time);
    return asked < 64 * grain ? Math.floor(asked / grain) * grain : asked;
  }

  /** A rounding of the time; at 0, which has none, of a rounding of the span. */
  private double smallestStep() {
    double least = Math.ulp(spans.end(row) - spans.start(row));
    double rounding = Math.ulp(Math.max(Math.abs(time), least));
    return Math.max(rounding, steps.smallestStep());
  }

  private void finish(Outcome how) {
    outcome = how;
    done = true;
  }

  /** Whether the last step accepted has landed on a point. */
  boolean hasLanded() {
    return time == spans.point(row, point - 1);
  }

  int accepted() {
    return accepted;
  }

  SampleReport report() {
    double least = accepted == 0 ? Double.NaN : smallest;
    return new SampleReport(outcome, time, size(), ratio, accepted, rejected, least);
  }

  Outcome outcome() {
    return outcome;
  }
}
