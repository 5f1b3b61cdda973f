package org.anabranch.solver;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.backend.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a solve, brought one after the other to the buffers of {@code t}, {@code h} and what
 * else the steps' programs read of time.
 */
public sealed interface Clock permits GridClock, OwnClock, PointClock {
  Map<String, Buffer> buffers();

  /** The steps of the sample that has most. */
  int steps();

  /** The steps of a sample. */
  int steps(int row);

  /** The time of a sample after so many of its steps. */
  double time(int row, int step);

  /** The start time of each sample. */
  void toStart();

  /** The start and size of a step. */
  void toStep(int step);

  /** The end time of each sample. */
  void toEnd();

  /**
   * What a step reads of a drive.
   *
   * @param input what the drive calls it
   * @param from the interval that it is of
   */
  record Driven(String input, double from, double to) {}

  /** What steps call these inputs of a drive. */
  default List<String> readAs(Set<String> inputs) {
    return List.copyOf(inputs);
  }

  /** What a step of a sample reads by one of those names; null if the step has no such interval. */
  default @Nullable Driven driven(int row, int step, String read) {
    return new Driven(read, time(row, step), time(row, step + 1));
  }

  /** The time whose {@link HeldContext} a step of a sample reads. */
  double heldTime(int row, int step);

  /**
   * Where one grid is shared by all samples: the point of it, counted from 0 without the start,
   * that so many steps lead to. It may lie beyond the last one before the end, or be negative.
   */
  int pointAfter(int step);
}
