package org.anabranch.solver;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.jspecify.annotations.Nullable;

/**
 * What cuts the samples of an adaptive solve into segments: the points that steps land on, events
 * and jumps, in the order in which they come.
 */
final class Segments {
  private final Interruptions interruptions;
  private final Field field;
  private final AdaptiveSteps steps;
  private final Progress[] progress;
  private final EventWatch watch;
  private final @Nullable Restarts restarts;
  private Spans spans;
  private Spans landing;

  /**
   * @param progress of each sample, as it stands
   */
  Segments(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      AdaptiveSteps steps,
      Interruptions interruptions,
      Progress[] progress) {
    this.interruptions = interruptions;
    this.field = field;
    this.steps = steps;
    this.progress = progress;
    int rows = progress.length;
    watch =
        new EventWatch(backend, method, field, context, parameters, interruptions.events(), rows);
    restarts =
        interruptions.isEmpty()
            ? null
            : new Restarts(backend, method, field, context, parameters, interruptions, steps, rows);
    spans = Spans.same(rows, 0, 0);
    landing = spans;
  }

  /** Before a solve: the spans with every point that steps must land on. */
  Spans start(Spans own, List<JumpTimes> jumps) {
    JumpQueue queue = new JumpQueue(interruptions, field, own, jumps);
    spans = own;
    landing = queue.landing();
    if (restarts != null) {
      restarts.start(queue);
    }
    return landing;
  }

  /** At the start: takes the jumps there, and looks at where each sample begins. */
  void begin(State state, double[] starts) {
    if (restarts != null) {
      for (int row = 0; row < starts.length; row++) {
        restarts.arrived(row, row, 0, starts[row]);
      }
      restarts.take(state, spans, (row, time, first, at, slot) -> restart(row, first));
    }
    watch.start(state, spans, starts);
  }

  /** Goes on from where samples have come to, over further spans. */
  void resume(Spans further, List<JumpTimes> jumps, State state) {
    JumpQueue queue = new JumpQueue(interruptions, field, further, jumps, false);
    spans = further;
    landing = queue.landing();
    for (Progress sample : progress) {
      sample.resume(landing);
    }
    if (restarts == null) {
      return;
    }
    restarts.resume(queue);
    for (int row = 0; row < progress.length; row++) {
      Progress its = progress[row];
      if (!its.isDone()) {
        restarts.resumeAt(row, row, its.accepted(), its.time(), watch.found(row));
      }
    }
    take(state);
  }

  Spans landing() {
    return landing;
  }

  @Nullable Breaks breaks() {
    return restarts == null ? null : restarts.breaks();
  }

  /** Looks at the ends of a tile's tries. */
  void look(AttemptTile tile) {
    watch.look(tile);
  }

  /** See {@link EventWatch#takesAgain}. */
  boolean takesAgain(AttemptTile tile, int slot) {
    return watch.takesAgain(tile, slot, progress[tile.samples[slot]]);
  }

  /**
   * Tells of the point, the event and the jumps that an accepted step has come to, if any.
   *
   * @param solution of the tile's ends, null as long as nobody has needed it
   */
  @Nullable Buffer accepted(
      AttemptTile tile, int slot, @Nullable Buffer solution, AdaptiveSolve.Observer observer) {
    int sample = tile.samples[slot];
    Progress its = progress[sample];
    int[] events = watch.found(sample);
    boolean onPoint = its.hasLanded();
    if (!onPoint && events.length == 0) {
      return solution;
    }
    Buffer there = solution == null ? tile.solution() : solution;
    int point = onPoint ? spans.placeOf(sample, its.time()) : -1;
    if (point >= 0) {
      observer.landed(sample, point, there, slot);
    }
    if (events.length > 0) {
      meet(tile, slot, events);
      for (int event : events) {
        observer.event(sample, event, its.time(), there, slot);
      }
    } else if (restarts != null) {
      restarts.arrived(sample, slot, its.accepted(), its.time());
    }
    return there;
  }

  private void meet(AttemptTile tile, int slot, int[] events) {
    int sample = tile.samples[slot];
    Progress its = progress[sample];
    boolean terminal = Arrays.stream(events).anyMatch(watch::isTerminal);
    boolean goesOn = !terminal && !its.isDone();
    boolean hasEnd =
        restarts == null
            || restarts.met(
                sample,
                slot,
                its.accepted(),
                its.time(),
                events,
                goesOn,
                tile.before(),
                tile.state());
    if (terminal) {
      its.stop(Outcome.EVENT);
    } else if (!hasEnd) {
      its.stop(Outcome.JUMP_LIMIT);
    }
  }

  /** Takes the jumps that samples have come to, in the slots of a state. */
  void take(State state) {
    if (restarts != null) {
      restarts.take(state, spans, this::restarted);
    }
  }

  private void restarted(int sample, double time, double first, State state, int slot) {
    restart(sample, first);
    watch.restarted(sample, state, slot, time, watch.found(sample));
  }

  private void restart(int sample, double first) {
    progress[sample].restart(steps.firstStep() > 0 ? steps.firstStep() : first);
  }

  long bytes() {
    return restarts == null ? 0 : restarts.bytes();
  }
}
