package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.solver.Breaks;
import org.anabranch.solver.Interruptions;
import org.anabranch.solver.Jump;
import org.anabranch.solver.StepTimes;
import org.jspecify.annotations.Nullable;

/** Pulls cotangents back over the interruptions of a solve: its jumps, and the times of events. */
final class ReverseBreaks {
  private final Interruptions interruptions;
  private final JumpPullback jumpPullback;
  private final EventPullback eventPullback;
  private final int rows;
  private final int dimension;
  private final List<List<Interruption>> byRow = new ArrayList<>();
  private final int[] next;
  private final boolean[] jumped;

  ReverseBreaks(
      ProgramSource source, Interruptions interruptions, @Nullable Reconstruction reconstruction) {
    this.interruptions = interruptions;
    rows = source.rows();
    dimension = source.field().dimension();
    jumpPullback = new JumpPullback(source, reconstruction);
    eventPullback = new EventPullback(source, interruptions.events());
    next = new int[rows];
    jumped = new boolean[rows];
  }

  /** After a forward solve: no cotangent arrives at any interruption until it is set. */
  void met(Breaks breaks) {
    byRow.clear();
    for (int row = 0; row < rows; row++) {
      List<Interruption> own = new ArrayList<>();
      List<Breaks.Break> all = breaks.of(row);
      for (int i = 0; i < all.size(); i++) {
        Breaks.Break at = all.get(i);
        boolean last =
            i + 1 == all.size() || all.get(i + 1).step() > at.step() || !all.get(i + 1).isEvent();
        own.add(new Interruption(row, at, last, dimension));
      }
      byRow.add(own);
    }
  }

  /** Sets the cotangents of an event's time and of the solution there. */
  void arrive(int row, int place, double ofTime, double[] ofValue) {
    Interruption one = byRow.get(row).get(place);
    if (!one.at.isEvent()) {
      throw new IllegalArgumentException(
          "Solve: interruption %d of sample %d is a jump known before. Its time and inputs get cotangents, they have none."
              .formatted(place, row));
    }
    one.ofTime = ofTime;
    System.arraycopy(ofValue, 0, one.ofValue, 0, ofValue.length);
  }

  /** The cotangents of a jump's own inputs, after the way back. */
  double[] ofInputs(int row, int place) {
    return byRow.get(row).get(place).ofInputs;
  }

  /** Whether an event is only touched, so that its time has no derivative: taken for 0. */
  boolean isTouched(int row, int place) {
    return byRow.get(row).get(place).touched;
  }

  /**
   * Before the way back.
   *
   * @throws IllegalStateException if a sample takes the jumps of two events at one time
   */
  void start() {
    for (int row = 0; row < rows; row++) {
      for (Interruption one : byRow.get(row)) {
        requireOneJump(one);
      }
      next[row] = byRow.get(row).size() - 1;
      jumped[row] = false;
    }
  }

  private static void requireOneJump(Interruption one) {
    if (!one.last && one.at.isEvent() && one.at.jumps()) {
      throw new IllegalStateException(
          "Pullback: sample %d takes the jumps of event %d and of another at t = %s. The least change parts them, in either order, so what follows has no derivative. Make them one event with one jump, or leave the sample out."
              .formatted(one.row, one.at.event(), one.at.time()));
    }
  }

  /** Pulls back over the jumps after so many of each sample's steps. */
  void jumps(int step, ReversePass pass, TimeCotangents times) {
    List<Interruption> waiting = waiting(step, true);
    while (!waiting.isEmpty()) {
      Map<Jump, List<Interruption>> together = new LinkedHashMap<>();
      for (Interruption one : waiting) {
        together.computeIfAbsent(jump(one.at), jump -> new ArrayList<>()).add(one);
      }
      together.forEach((jump, some) -> jumpPullback.pull(jump, some, pass, times));
      for (Interruption one : waiting) {
        if (one.at.isEvent()) {
          jumped[one.row] = true;
        } else {
          next[one.row]--;
        }
      }
      waiting = waiting(step, true);
    }
  }

  private List<Interruption> waiting(int step, boolean jumping) {
    List<Interruption> waiting = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      if (next[row] >= 0) {
        Interruption one = byRow.get(row).get(next[row]);
        boolean jump = one.at.jumps() && !jumped[row];
        if (one.at.step() == step && jump == jumping) {
          waiting.add(one);
        }
      }
    }
    return waiting;
  }

  private Jump jump(Breaks.Break at) {
    Jump atEvent = at.isEvent() ? interruptions.events().get(at.event()).jump() : null;
    return atEvent == null ? interruptions.jumps().get(at.kind()) : atEvent;
  }

  /** Takes what arrives at the events that the samples' steps of a number end at. */
  void events(int step, StepTimes grid, ReversePass pass, TimeCotangents times, Outputs outputs) {
    List<Interruption> waiting = waiting(step, false);
    while (!waiting.isEmpty()) {
      pull(waiting, grid, pass, times, outputs);
      waiting = waiting(step, false);
    }
  }

  private void pull(
      List<Interruption> waiting,
      StepTimes grid,
      ReversePass pass,
      TimeCotangents times,
      Outputs outputs) {
    for (int event = 0; event < interruptions.events().size(); event++) {
      int which = event;
      List<Interruption> all = waiting.stream().filter(one -> one.at.event() == which).toList();
      if (!all.isEmpty()) {
        eventPullback.pull(event, all, grid, pass, times, outputs);
      }
    }
    for (Interruption one : waiting) {
      next[one.row]--;
      jumped[one.row] = false;
    }
  }

  long bytes() {
    return jumpPullback.bytes() + eventPullback.bytes();
  }
}
