package org.anabranch.solver;

import java.util.ArrayList;
import java.util.List;

/**
 * What interrupts solves: the events looked for, and the jumps taken at times known before. Both
 * cut a solve into segments; each begins as a solve does.
 *
 * @param jumps each with its own {@link JumpTimes}; where several are due, the first goes first
 * @param limit of the jumps that a sample takes at events
 */
public record Interruptions(List<Event> events, List<Jump> jumps, int limit) {
  public Interruptions {
    events = List.copyOf(events);
    jumps = List.copyOf(jumps);
    if (limit < 1) {
      throw new IllegalArgumentException(
          "Interruptions: the limit of jumps is %d. Use at least 1.".formatted(limit));
    }
  }

  public static Interruptions none() {
    return new Interruptions(List.of(), List.of(), 10_000);
  }

  public Interruptions with(Event event) {
    List<Event> all = new ArrayList<>(events);
    all.add(event);
    return new Interruptions(all, jumps, limit);
  }

  public Interruptions with(Jump jump) {
    List<Jump> all = new ArrayList<>(jumps);
    all.add(jump);
    return new Interruptions(events, all, limit);
  }

  public Interruptions withLimit(int jumpsAtEvents) {
    return new Interruptions(events, jumps, jumpsAtEvents);
  }

  public boolean isEmpty() {
    return events.isEmpty() && jumps.isEmpty();
  }
}
