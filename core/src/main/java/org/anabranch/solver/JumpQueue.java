package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.anabranch.field.Field;

/**
 * The jumps known before that each sample of a tile still has to take, in the order of its solve.
 */
final class JumpQueue {
  /**
   * @param kind its place among the interruptions' jumps
   * @param place its place among the times given for the sample
   */
  record Due(double time, int kind, int place) {}

  private final List<List<Due>> byRow;
  private final int[] next;
  private final Spans landing;
  private final List<JumpTimes> times;

  /**
   * @param spans of the solve
   * @param times for each of the interruptions' jumps
   * @throws IllegalArgumentException if a jump lies before a sample's start, or inputs do not fit
   */
  JumpQueue(Interruptions kinds, Field field, Spans spans, List<JumpTimes> times) {
    this(kinds, field, spans, times, true);
  }

  /**
   * @param begins whether the solve begins; one that goes on has taken the jumps before its start
   */
  JumpQueue(Interruptions kinds, Field field, Spans spans, List<JumpTimes> times, boolean begins) {
    if (times.size() != kinds.jumps().size()) {
      throw new IllegalArgumentException(
          "Solve: times of %d jumps were given, the solve has %d. Give JumpTimes for each."
              .formatted(times.size(), kinds.jumps().size()));
    }
    this.times = List.copyOf(times);
    next = new int[spans.rows()];
    if (times.isEmpty()) { // as of most solves
      byRow = Collections.nCopies(spans.rows(), List.of());
      landing = spans;
      return;
    }
    byRow = new ArrayList<>();
    for (int row = 0; row < spans.rows(); row++) {
      for (int kind = 0; begins && kind < times.size(); kind++) {
        require(kinds.jumps().get(kind).ownNumbers(field), spans, times.get(kind), row);
      }
      byRow.add(dues(spans, row));
    }
    landing = spans.landingOn(this::timesOf);
  }

  /** Those of a sample, in the order in which its solve comes to them. */
  private List<Due> dues(Spans spans, int row) {
    double direction = spans.direction(row) < 0 ? -1 : 1;
    List<Due> dues = new ArrayList<>();
    for (int kind = 0; kind < times.size(); kind++) {
      for (int place = 0; place < times.get(kind).count(row); place++) {
        double time = times.get(kind).time(row, place);
        if ((time - spans.start(row)) * direction >= 0) {
          dues.add(new Due(time, kind, place));
        }
      }
    }
    dues.sort(Comparator.comparingDouble(due -> direction * due.time()));
    return dues;
  }

  private static void require(int numbers, Spans spans, JumpTimes times, int row) {
    if (times.rows() != spans.rows()) {
      throw new IllegalArgumentException(
          "JumpTimes: they are of %d samples, the solve is of %d. Give a row for each."
              .formatted(times.rows(), spans.rows()));
    }
    double direction = spans.direction(row) < 0 ? -1 : 1;
    for (int place = 0; place < times.count(row); place++) {
      if ((times.time(row, place) - spans.start(row)) * direction < 0) {
        throw new IllegalArgumentException(
            "JumpTimes: sample %d jumps at %s, before its start at %s. Leave the jump out, or start earlier."
                .formatted(row, times.time(row, place), spans.start(row)));
      }
      if (times.numbers(row, place) != numbers) {
        throw new IllegalArgumentException(
            "JumpTimes: jump %d of sample %d has %d numbers of input, the jump's own inputs are %d."
                .formatted(place, row, times.numbers(row, place), numbers));
      }
    }
  }

  private double[] timesOf(int row) {
    return byRow.get(row).stream().mapToDouble(Due::time).toArray();
  }

  /** The spans with the times of the jumps within them as points to land on. */
  Spans landing() {
    return landing;
  }

  /** Whether a jump is to be taken at a time that a sample's solve has come to. */
  boolean isDue(int row, double time) {
    List<Due> dues = byRow.get(row);
    return next[row] < dues.size()
        && dues.get(next[row]).time() == time
        && time != landing.end(row);
  }

  /** The next one of a sample. */
  Due next(int row) {
    return byRow.get(row).get(next[row]);
  }

  /** The own inputs of one, a number after the other. */
  double[] inputs(int row, Due due) {
    JumpTimes of = times.get(due.kind());
    double[] inputs = new double[of.numbers(row, due.place())];
    of.inputs(row, due.place(), inputs, 0);
    return inputs;
  }

  /** Takes the next one out of the queue. */
  Due take(int row) {
    return byRow.get(row).get(next[row]++);
  }
}
