package org.anabranch.solver;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.jspecify.annotations.Nullable;

/**
 * A solve of a tile on steps of either kind: over one grid, over grids of each sample's own, or on
 * steps that errors choose; and the same steps taken again. Not for several threads at a time.
 */
public final class SteppedSolve {
  /** Sees the state before each step of {@link #again}. */
  public interface Follower {
    void beforeStep(ForwardSolve solving, int step, State state);
  }

  private final Method method;
  private final Stepping stepping;
  private final Clock clock;
  private final Supplier<ForwardSolve> compilation;
  private final @Nullable AdaptiveSolve search;
  private final Interruptions interruptions;
  private final Field field;
  private final @Nullable Restarts restarts;
  private @Nullable ForwardSolve forward;
  private Spans spans;
  private Spans landing;
  private List<JumpTimes> jumps = List.of();

  /** Whether steps are taken again, with the jumps that were taken. */
  private boolean again = true;

  /**
   * A solve without interruptions.
   *
   * @param context a buffer for each of the field's context inputs
   * @param ownTimes whether samples may get spans of their own; on adaptive steps they always may
   * @throws IllegalArgumentException if the method does not allow the stepping
   */
  public SteppedSolve(
      Backend backend,
      Method requested,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Stepping stepping,
      boolean ownTimes,
      int rows) {
    this(
        backend,
        requested,
        field,
        context,
        parameters,
        stepping,
        Interruptions.none(),
        ownTimes,
        rows);
  }

  /**
   * @param context a buffer for each of the field's context inputs
   * @param interruptions events to look for, and jumps to take
   * @param ownTimes whether samples may get spans of their own; on adaptive steps they always may
   * @throws IllegalArgumentException if the method does not allow the stepping
   */
  public SteppedSolve(
      Backend backend,
      Method requested,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Stepping stepping,
      Interruptions interruptions,
      boolean ownTimes,
      int rows) {
    this(
        backend,
        requested,
        field,
        context,
        parameters,
        stepping,
        interruptions,
        ownTimes,
        null,
        rows);
  }

  /**
   * @param context a buffer for each of the field's context inputs that the drive does not supply
   * @param interruptions events to look for, and jumps to take
   * @param ownTimes whether samples may get spans of their own; on adaptive steps they always may
   * @param drive what drives the steps; null for nothing
   * @throws IllegalArgumentException if the method does not allow the stepping, or steps are driven
   *     and interrupted
   */
  public SteppedSolve(
      Backend backend,
      Method requested,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Stepping stepping,
      Interruptions interruptions,
      boolean ownTimes,
      @Nullable Drive drive,
      int rows) {
    if (drive != null && !interruptions.isEmpty()) {
      throw new IllegalArgumentException(
          "Solve: its steps are driven, for instance by noise, and interrupted. Leave out events and jumps.");
    }
    this.stepping = stepping;
    this.interruptions = interruptions;
    this.field = field;
    spans = Spans.same(rows, stepping.start(), stepping.end());
    landing = spans;
    boolean own = ownTimes || !interruptions.isEmpty() || stepping instanceof AdaptiveSpan;
    AdaptiveSteps found = found(stepping, interruptions);
    method = own ? OwnTimes.of(requested) : requested;
    if (found != null) {
      search =
          new AdaptiveSolve(
              backend, requested, field, context, parameters, found, interruptions, drive, rows);
      restarts = null;
      clock = new OwnClock(backend, search.times(), drive);
    } else {
      search = null;
      restarts =
          interruptions.isEmpty()
              ? null
              : new Restarts(
                  backend, requested, field, context, parameters, interruptions, null, rows);
      clock =
          own
              ? new OwnClock(backend, new StepTimes(rows), drive)
              : new GridClock(backend, (TimeGrid) stepping, drive, rows);
    }
    compilation = () -> new ForwardSolve(backend, method, field, context, parameters, clock, rows);
  }

  /** How steps are found as a solve goes; null where they are known before. */
  private static @Nullable AdaptiveSteps found(Stepping stepping, Interruptions interruptions) {
    if (stepping instanceof AdaptiveSpan span) {
      return span.steps();
    }
    return interruptions.events().isEmpty()
        ? null
        : AdaptiveSteps.equal(Math.abs(((TimeGrid) stepping).size(0)));
  }

  /** The method, with times of each sample's own where they have some. */
  public Method method() {
    return method;
  }

  public Clock clock() {
    return clock;
  }

  /** The solve, for its initial value, solution and state. */
  public TileSolve solve() {
    return search == null ? forward() : search;
  }

  /** The loop of known steps, for replays: where errors choose the steps, compiled when needed. */
  public ForwardSolve forward() {
    if (forward == null) {
      forward = compilation.get();
      if (!interruptions.isEmpty()) {
        forward.restartBy(this::restart);
      }
    }
    return forward;
  }

  public Spans spans() {
    return spans;
  }

  /** The spans of the last run, with the times of jumps as further points. */
  public Spans landing() {
    return search == null ? landing : search.landing();
  }

  /** Where the last run was interrupted; null for a solve without interruptions. */
  public @Nullable Breaks breaks() {
    return search == null ? (restarts == null ? null : restarts.breaks()) : search.breaks();
  }

  private void restart(int step, State state) {
    Breaks breaks = breaks();
    if (again && breaks != null) {
      breaks.restart(step, state);
    } else if (restarts != null) {
      for (int row = 0; row < spans.rows(); row++) {
        if (step <= clock.steps(row)) {
          restarts.arrived(row, row, step, clock.time(row, step));
        }
      }
      restarts.take(state, spans, (row, time, first, at, slot) -> {});
    }
  }

  /**
   * Gives each sample its own span from the next {@link #run} on.
   *
   * @throws IllegalStateException if the solve was made for one grid of all samples
   */
  public void follow(Spans own) {
    if (!(clock instanceof OwnClock)) {
      throw new IllegalStateException(
          "Solve: all samples share one grid. Demand points or times, or step adaptively.");
    }
    spans = own;
  }

  /**
   * Sets the times of jumps from the next {@link #run} on.
   *
   * @param times for each of the interruptions' jumps
   */
  public void jumpAt(List<JumpTimes> times) {
    jumps = List.copyOf(times);
  }

  /**
   * Solves from the initial value.
   *
   * @param known sees steps that are known before
   * @param found sees adaptive steps
   */
  public void run(ForwardSolve.Observer known, AdaptiveSolve.Observer found) {
    run(known, new double[spans.rows()][], found);
  }

  /**
   * The same, with outputs of adaptive steps.
   *
   * @param outputs as in {@link AdaptiveSolve#run}; of known steps not looked at
   */
  public void run(ForwardSolve.Observer known, double[][] outputs, AdaptiveSolve.Observer found) {
    if (search != null) {
      search.run(spans, jumps, outputs, found);
      return;
    }
    JumpQueue queue = new JumpQueue(interruptions, field, spans, jumps);
    landing = queue.landing();
    if (restarts != null) {
      restarts.start(queue);
    }
    if (clock instanceof OwnClock own) {
      own.follow(landing, ((TimeGrid) stepping).size(0));
    }
    again = false;
    try {
      forward().run(known);
    } finally {
      again = true;
    }
  }

  /** Takes the steps of the last {@link #run} again, for a follower to see. */
  public ForwardSolve again(Follower follower) {
    ForwardSolve known = forward();
    if (search != null) {
      known.initialValue().copyFrom(search.initialValue());
    }
    known.run((step, state) -> follower.beforeStep(known, step, state));
    return known;
  }

  /** How each sample's adaptive solve went; empty where steps are known before. */
  public List<SampleReport> reports() {
    return search == null ? List.of() : search.reports();
  }

  /** The bytes reserved. */
  public long bytes() {
    return (forward == null ? 0 : forward.bytes())
        + (restarts == null ? 0 : restarts.bytes())
        + (search == null ? 0 : search.bytes());
  }
}
