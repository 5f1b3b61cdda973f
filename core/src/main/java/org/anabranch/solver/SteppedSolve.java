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
  private @Nullable ForwardSolve forward;
  private Spans spans;

  /**
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
    this.stepping = stepping;
    spans = Spans.same(rows, stepping.start(), stepping.end());
    boolean own = ownTimes || stepping instanceof AdaptiveSpan;
    method = own ? OwnTimes.of(requested) : requested;
    if (stepping instanceof AdaptiveSpan span) {
      search =
          new AdaptiveSolve(backend, requested, field, context, parameters, span.steps(), rows);
      clock = new OwnClock(backend, search.times());
    } else {
      search = null;
      clock = own ? new OwnClock(backend, rows) : new GridClock(backend, (TimeGrid) stepping);
    }
    compilation = () -> new ForwardSolve(backend, method, field, context, parameters, clock, rows);
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
    }
    return forward;
  }

  public Spans spans() {
    return spans;
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
   * Solves from the initial value.
   *
   * @param known sees steps that are known before
   * @param found sees adaptive steps
   */
  public void run(ForwardSolve.Observer known, AdaptiveSolve.Observer found) {
    if (search != null) {
      search.run(spans, found);
      return;
    }
    if (clock instanceof OwnClock own) {
      own.follow(spans, ((TimeGrid) stepping).size(0));
    }
    forward().run(known);
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
    return (forward == null ? 0 : forward.bytes()) + (search == null ? 0 : search.bytes());
  }
}
