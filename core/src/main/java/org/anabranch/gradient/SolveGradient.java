package org.anabranch.gradient;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.anabranch.graph.Type;
import org.anabranch.solver.Breaks;
import org.anabranch.solver.Clock;
import org.anabranch.solver.Drive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.ForwardSolve;
import org.anabranch.solver.Interruptions;
import org.anabranch.solver.JumpTimes;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.OwnClock;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.Spans;
import org.anabranch.solver.State;
import org.anabranch.solver.SteppedSolve;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TileSolve;
import org.jspecify.annotations.Nullable;

/**
 * A solve and its gradient, compiled for a tile: {@link #forward}, then the cotangent of the
 * solution into {@link #solutionCotangent}, then {@link #backward}, which adds to the accumulators
 * and leaves the cotangent of the initial value in {@link #initialCotangent}. In every mode but
 * backsolve the discrete adjoint: exact for the numbers that the forward solve computed. Not for
 * several threads at a time.
 */
public final class SolveGradient {
  private static final double[][] NO_OUTPUTS = {};

  private final Demands demands;
  private final SteppedSolve stepped;
  private final Clock clock;
  private final GradientMode mode;
  private final KeptStates kept;
  private final WayBack wayBack;
  private final Points points;
  private final TimeCotangents times = new TimeCotangents();
  private final @Nullable ReverseBreaks breaks;
  private final Outputs outputs;
  private final ForwardRecord record;
  private final Reconstruction reconstruction;

  /** Null where the adjoint is solved back instead. */
  private final @Nullable StepsBack stepsBack;

  /**
   * A solve whose gradient by initial value and parameters is wanted, of a field without context.
   *
   * @param accumulators where the gradient by the parameters goes
   * @throws IllegalArgumentException if the method does not allow the mode or the stepping
   */
  public SolveGradient(
      Backend backend,
      Method requestedMethod,
      Field field,
      Parameters parameters,
      Accumulators accumulators,
      Stepping stepping,
      GradientMode requested,
      int rows) {
    this(
        backend,
        requestedMethod,
        field,
        Map.of(),
        parameters,
        accumulators,
        stepping,
        requested,
        Demands.none(),
        rows);
  }

  /**
   * @param context a buffer for each of the field's context inputs
   * @param accumulators where the gradient by the parameters goes
   * @param demands what is wanted beyond the solution's end and the gradient by its start
   * @throws IllegalArgumentException if the method does not allow the mode or the stepping
   */
  public SolveGradient(
      Backend backend,
      Method requestedMethod,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Accumulators accumulators,
      Stepping stepping,
      GradientMode requested,
      Demands demands,
      int rows) {
    this(
        backend,
        requestedMethod,
        field,
        context,
        parameters,
        accumulators,
        stepping,
        Interruptions.none(),
        requested,
        demands,
        rows);
  }

  /**
   * @param context a buffer for each of the field's context inputs
   * @param accumulators where the gradient by the parameters goes
   * @param interruptions events to look for, and jumps to take
   * @param requestedDemands what is wanted beyond the solution's end and the gradient by its start
   * @throws IllegalArgumentException if the method does not allow the mode or the stepping, or the
   *     stepping the interruptions
   */
  public SolveGradient(
      Backend backend,
      Method requestedMethod,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Accumulators accumulators,
      Stepping stepping,
      Interruptions interruptions,
      GradientMode requested,
      Demands requestedDemands,
      int rows) {
    this(
        backend,
        requestedMethod,
        field,
        context,
        parameters,
        accumulators,
        stepping,
        interruptions,
        requested,
        requestedDemands,
        null,
        rows);
  }

  /**
   * @param context a buffer for each of the field's context inputs that the drive does not supply
   * @param accumulators where the gradient by the parameters goes
   * @param interruptions events to look for, and jumps to take
   * @param requestedDemands what is wanted beyond the solution's end and the gradient by its start
   * @param drive what drives the steps, and takes cotangents if it says so; null for nothing
   * @throws IllegalArgumentException if the method does not allow the mode or the stepping, or
   *     steps are driven and interrupted
   */
  public SolveGradient(
      Backend backend,
      Method requestedMethod,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Accumulators accumulators,
      Stepping stepping,
      Interruptions interruptions,
      GradientMode requested,
      Demands requestedDemands,
      @Nullable Drive drive,
      int rows) {
    this.demands = interruptions.isEmpty() ? requestedDemands : requestedDemands.withTimes();
    this.mode = requested.forSolve(requestedMethod, stepping);
    requireNoBacksolve(interruptions.isEmpty(), "over no events and jumps");
    requireNoBacksolve(drive == null || !demands.times(), "to no times where steps are driven");
    if (drive != null && drive.held() != null) {
      requireHeld(requestedMethod);
    }
    stepped =
        new SteppedSolve(
            backend,
            requestedMethod,
            field,
            context,
            parameters,
            stepping,
            interruptions,
            demands.ownTimes(),
            drive,
            rows);
    clock = stepped.clock();
    if (clock instanceof OwnClock own && !(mode instanceof GradientMode.Reversible)) {
      own.restOnFirstStep();
    }
    Method method = stepped.method();
    Map<String, Type> types = ForwardSolve.stateTypes(method, method.init(field));
    kept = new KeptStates(backend, types, stepped, mode, rows);
    wayBack =
        mode instanceof GradientMode.Backsolve backsolve && backsolve.ofOwnSteps()
            ? new AdjointPass(
                backend, backsolve, field, context, parameters, accumulators, demands, rows)
            : new ReversePass(
                backend,
                method,
                field,
                types,
                context,
                parameters,
                accumulators,
                clock,
                solve().initialValue(),
                mode,
                demands,
                drive,
                rows);
    points =
        new Points(
            backend, parameters, field.dimension(), rows, demands, wayBack.solutionCotangents());
    ProgramSource source =
        new ProgramSource(
            backend,
            requestedMethod,
            field,
            types,
            context,
            parameters,
            accumulators,
            demands.context() ? List.copyOf(field.context().keySet()) : List.of(),
            rows);
    outputs = new Outputs(source);
    reconstruction = new Reconstruction(rows);
    breaks =
        interruptions.isEmpty()
            ? null
            : new ReverseBreaks(
                source,
                interruptions,
                mode instanceof GradientMode.Reversible ? reconstruction : null);
    record = new ForwardRecord(stepped, kept, points, outputs, demands.points() > 0);
    stepsBack =
        wayBack instanceof ReversePass reverse
            ? new StepsBack(
                stepped, reverse, demands, accumulators, kept, points, times, outputs, breaks)
            : null;
  }

  /**
   * A solve whose steps are driven, for instance by noise, of a field without further context.
   *
   * @param drive what drives the steps, and takes cotangents if it says so
   * @throws IllegalArgumentException if the method does not allow the mode or the stepping
   */
  public static SolveGradient driven(
      Backend backend,
      DrivenMethod driven,
      Parameters parameters,
      Accumulators accumulators,
      Stepping stepping,
      GradientMode mode,
      Demands demands,
      Drive drive,
      int rows) {
    return new SolveGradient(
        backend,
        driven.method(),
        driven.field(),
        Map.of(),
        parameters,
        accumulators,
        stepping,
        Interruptions.none(),
        mode,
        demands,
        drive,
        rows);
  }

  private void requireNoBacksolve(boolean otherwise, String what) {
    if (!otherwise && mode instanceof GradientMode.Backsolve) {
      throw new IllegalArgumentException(
          "Gradient mode 'backsolve': it goes back %s. Use 'checkpointed'.".formatted(what));
    }
  }

  private void requireHeld(Method method) {
    boolean overStepsTaken = mode instanceof GradientMode.Backsolve back && !back.ofOwnSteps();
    requireNoBacksolve(overStepsTaken, "with context that stays what it is");
    if (mode instanceof GradientMode.Reversible
        && method instanceof ReversibleMethod reversible
        && !reversible.undoesHeldContext()) {
      throw new IllegalArgumentException(
          "Gradient mode 'reversible': '%s' keeps the field from step to step, with the context that it had. Use reversible-heun, or 'checkpointed'."
              .formatted(method.name()));
    }
  }

  /** The solve and the steps that it took. */
  SteppedSolve stepped() {
    return stepped;
  }

  /** The solve, for its initial value, solution and state. */
  public TileSolve solve() {
    return stepped.solve();
  }

  /** The mode in use, settled for the method and the stepping. */
  public GradientMode mode() {
    return mode;
  }

  /** Solves from {@code solve().initialValue()} and keeps what the mode needs. */
  public void forward() {
    forward(NO_OUTPUTS);
  }

  private void forward(double[][] outputTimes) {
    record.run(outputTimes);
    Breaks met = stepped.breaks();
    if (breaks != null && met != null) {
      breaks.met(met);
    }
  }

  /**
   * Solves each sample over its own span, with jumps.
   *
   * @param jumps when each of the interruptions' jumps is taken
   */
  public void forward(Spans own, List<JumpTimes> jumps) {
    stepped.jumpAt(jumps);
    forward(own);
  }

  /**
   * Solves each sample over its own span, with jumps, and the solution at times that steps do not
   * land on, by the method's interpolant.
   *
   * @param outputTimes of each sample, on its span, in any order
   * @throws IllegalArgumentException if the method has no interpolant
   * @throws IllegalStateException if the solve was made for one grid of all samples
   */
  public void forward(Spans own, List<JumpTimes> jumps, double[][] outputTimes) {
    requireNoBacksolve(
        outputTimes.length == 0, "to the times that steps land on, to no outputs between");
    stepped.jumpAt(jumps);
    stepped.follow(own);
    outputs.requireWithin(own, outputTimes);
    forward(outputTimes);
  }

  /** The solution at an output time, NaN where the solve did not come to: [dim]. */
  public double[] outputValue(int row, int place) {
    return outputs.value(row, place);
  }

  /** The cotangent of {@link #outputValue}, to be written to before {@link #backward}. */
  public double[] outputCotangent(int row, int place) {
    return outputs.cotangent(row, place);
  }

  /** The cotangent of an output time after {@link #backward}. */
  public double outputTimeCotangent(int row, int place) {
    return outputs.byTime(row, place);
  }

  /** Where the last {@link #forward} was interrupted; null for a solve without interruptions. */
  public @Nullable Breaks breaks() {
    return stepped.breaks();
  }

  /**
   * The gradient at the interruptions, by a sample's row and its place there.
   *
   * @throws IllegalStateException if the solve has none
   */
  public BreakCotangents breakCotangents() {
    if (breaks == null) {
      throw new IllegalStateException(
          "Solve: it has no interruptions. Make it with events or jumps.");
    }
    return new BreakCotangents(breaks, times, stepped);
  }

  /**
   * Solves each sample over its own span, the solution at the points between kept where demanded.
   *
   * @throws IllegalStateException if the solve was made for one grid of all samples
   */
  public void forward(Spans own) {
    stepped.follow(own);
    forward();
  }

  /** Takes the steps of the last solve again, for a follower to see. */
  public ForwardSolve again(SteppedSolve.Follower follower) {
    return stepped.again(follower);
  }

  /** How each sample's adaptive solve went; empty on a fixed grid. */
  public List<SampleReport> reports() {
    return stepped.reports();
  }

  /** The solution at a demanded point, counted from 0 without the start: [rows × dim]. */
  public Buffer pointValue(int point) {
    return points.value(point);
  }

  /** Where the cotangent of {@link #pointValue} goes before {@link #backward}; zero at first. */
  public Buffer pointCotangent(int point) {
    return points.cotangent(point);
  }

  /** Where the cotangent of the solution goes before {@link #backward}: [rows × dim]. */
  public Buffer solutionCotangent() {
    return wayBack.solutionCotangents()[0];
  }

  /** The cotangent of the initial value after {@link #backward}: [rows × dim]. */
  public Buffer initialCotangent() {
    return wayBack.initialCotangent();
  }

  /** The cotangent of a context input after {@link #backward}, if demanded. */
  public Buffer contextCotangent(String name) {
    return wayBack.contextCotangent(name);
  }

  /**
   * The cotangent of a time of a sample's span after {@link #backward}, if demanded: of the start
   * for point 0, of the end for the last. The grid between two points moves with them.
   */
  public double timeCotangent(int row, int point) {
    return times.of(row, stepped.spans().point(row, point));
  }

  /** The state at the start as {@link #backward} came back to it. */
  public State restored() {
    return reverse().state();
  }

  /** Whether the mode restores states bit for bit, so that {@link #isRestored} must hold. */
  public boolean isBitExact() {
    return mode instanceof GradientMode.Reversible
        && stepped.method() instanceof ReversibleMethod reversible
        && reversible.bitExact();
  }

  /**
   * Whether {@link #backward} came back to the very start of a sample, and to the end of each of
   * its jumps.
   */
  public boolean isRestored(int row) {
    return reconstructionError(row) == 0;
  }

  /**
   * The largest distance of any number of a sample's restored states from start and jumps' ends.
   */
  public double reconstructionError(int row) {
    reconstruction.measure(kept.initial(), restored());
    return reconstruction.error(row);
  }

  /**
   * How the way back of a sample ended, after {@link #backward}: the modes that go back over the
   * steps taken always get there, a backsolve may not. Its cotangents are those of nothing then.
   */
  public Outcome outcomeBack(int row) {
    return wayBack instanceof AdjointPass adjoint
        ? adjoint.outcome(row)
        : ((ReversePass) wayBack).outcome(row);
  }

  /** The steps of a sample on its way back, after {@link #backward}. */
  public int stepsBack(int row) {
    return wayBack instanceof AdjointPass adjoint ? adjoint.steps(row) : clock.steps(row);
  }

  private ReversePass reverse() {
    if (wayBack instanceof ReversePass reverse) {
      return reverse;
    }
    throw new IllegalStateException(
        "Solve: the gradient mode '%s' comes back to no state of the steps taken. Ask where the mode keeps or restores them."
            .formatted(mode.name()));
  }

  /**
   * Pulls the solution's cotangent back to the initial value and the parameters.
   *
   * @throws IllegalStateException if a sample takes the jumps of two events at one time
   */
  public void backward() {
    reconstruction.start();
    if (wayBack instanceof AdjointPass adjoint) {
      if (demands.times() && clock instanceof OwnClock own) {
        times.start(stepped.landing(), own.times(), null);
      }
      adjoint.run(spansBack(), solve().initialValue(), solve().solution(), points, times);
    } else {
      Objects.requireNonNull(stepsBack, "of every other mode").run();
    }
  }

  /** The spans of a solve back: its points are wherever the solution is wanted. */
  private Spans spansBack() {
    Spans spans = stepped.spans();
    int stride = demands.stride();
    if (stride == 0) {
      return spans;
    }
    double[] times = new double[clock.steps() / stride + 1];
    Arrays.setAll(times, point -> clock.time(0, point * stride));
    return Spans.same(spans.rows(), times);
  }

  /** The bytes reserved for programs, states and, in the modes that keep them, stored states. */
  public long bytes() {
    return wayBack.bytes()
        + points.bytes()
        + stepped.bytes()
        + kept.bytes()
        + outputs.bytes()
        + (breaks == null ? 0 : breaks.bytes());
  }
}
