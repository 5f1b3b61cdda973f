package org.anabranch.solver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/**
 * A method compiled for a field and a tile whose every sample chooses its own steps: a sample's
 * numbers and steps are those that it would have alone, to the bit. Samples that have finished
 * leave the tile: it is halved when half of it is done. Not for several threads at a time.
 */
public final class AdaptiveSolve implements TileSolve {
  /** Below it a narrower tile gains nothing: rows are computed in fives. */
  private static final int NARROWEST = 5;

  /** Sees what steps do. */
  public interface Observer {
    /** A sample's step was accepted: the slots of the states before and after it. */
    default void accepted(int sample, int step, State before, State after, int slot) {}

    /** A step has landed on a point of the sample's spans, its end included. */
    default void landed(int sample, int point, Buffer solution, int slot) {}

    /** The solution at one of a sample's output times, by its place among them. */
    default void output(int sample, int place, Buffer solution, int slot) {}

    /** A step has ended at an event. */
    default void event(int sample, int event, double time, Buffer solution, int slot) {}
  }

  private final Backend backend;
  private final Method method;
  private final Parameters parameters;
  private final AdaptiveSteps steps;
  private final int rows;
  private final int k;
  private final Map<String, Buffer> context;
  private final AttemptTile.Graphs graphs;
  private final Map<Integer, AttemptTile> tiles = new HashMap<>();
  private final AdaptiveStart start;
  private final Buffer initialValue;
  private final AdaptiveEnd end;
  private final Progress[] progress;
  private final StepTimes times;
  private final DenseOutputs dense;
  private final Segments segments;
  private final Field field;
  private final double[] numbers;
  private final boolean revisits;

  /**
   * @param context a buffer for each of the field's context inputs
   * @throws IllegalArgumentException if the method has no error estimate and steps are not equal
   */
  public AdaptiveSolve(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      AdaptiveSteps steps,
      int rows) {
    this(backend, method, field, context, parameters, steps, List.of(), rows);
  }

  /**
   * @param context a buffer for each of the field's context inputs
   * @param events to look for along the way
   * @throws IllegalArgumentException if the method has no error estimate and steps are not equal
   */
  public AdaptiveSolve(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      AdaptiveSteps steps,
      List<Event> events,
      int rows) {
    this(
        backend,
        method,
        field,
        context,
        parameters,
        steps,
        new Interruptions(events, List.of(), Interruptions.none().limit()),
        rows);
  }

  /**
   * @param context a buffer for each of the field's context inputs
   * @param interruptions events to look for along the way, and jumps to take
   * @throws IllegalArgumentException if the method has no error estimate and steps are not equal
   */
  public AdaptiveSolve(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      AdaptiveSteps steps,
      Interruptions interruptions,
      int rows) {
    this(backend, method, field, context, parameters, steps, interruptions, null, rows);
  }

  /**
   * @param context a buffer for each of the field's context inputs that the drive does not supply
   * @param interruptions events to look for along the way, and jumps to take
   * @param drive what drives the steps; null for nothing
   * @throws IllegalArgumentException if the method has no error estimate and steps are not equal
   */
  AdaptiveSolve(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      AdaptiveSteps steps,
      Interruptions interruptions,
      @Nullable Drive drive,
      int rows) {
    this.backend = backend;
    this.field = field;
    this.method = method;
    this.parameters = parameters;
    this.steps = steps;
    this.rows = rows;
    revisits = drive != null;
    this.context = Map.copyOf(context);
    graphs = AttemptTile.Graphs.of(method, field, steps, drive);
    k = steps.areEqual() ? 1 : method.estimateOrder() + 1;
    progress = new Progress[rows];
    times = new StepTimes(rows);
    numbers = new double[rows];
    dense = new DenseOutputs(method, field, rows);
    segments =
        new Segments(backend, method, field, context, parameters, steps, interruptions, progress);
    initialValue = backend.buffer(Type.perSample(field.dimension()), rows);
    DrivenInputs driven = new DrivenInputs(backend, drive, rows);
    Map<String, Buffer> still = new HashMap<>(driven.buffers());
    still.putAll(driven.heldBuffers());
    still.putAll(context); // what is no step reads no increments, or zeros
    end = new AdaptiveEnd(backend, method, field, still, parameters, graphs, rows);
    start =
        new AdaptiveStart(
            backend, method, field, still, parameters, steps, k, initialValue, end.state());
  }

  @Override
  public Buffer initialValue() {
    return initialValue;
  }

  @Override
  public Buffer solution() {
    return end.solution();
  }

  @Override
  public State state() {
    return end.state();
  }

  @Override
  public Method method() {
    return method;
  }

  /** A fold of this solve's steps. */
  Folding folding(Fold fold) {
    return new Folding(backend, fold, method, field, parameters, rows);
  }

  /** The accepted steps of the last {@link #run}. */
  public StepTimes times() {
    return times;
  }

  /** Solves every sample over its span. */
  public void run(Spans spans, Observer observer) {
    run(spans, new double[spans.rows()][], observer);
  }

  /**
   * Solves every sample over its span.
   *
   * @param outputs the times at which each sample's solution is wanted, on its span, in any order;
   *     steps do not land on them: the solution there is the method's interpolant's. A row may be
   *     null for none
   * @throws IllegalArgumentException if outputs are wanted of a method that has no interpolant
   */
  public void run(Spans spans, double[][] outputs, Observer observer) {
    run(spans, List.of(), outputs, observer);
  }

  /**
   * Solves every sample over its span.
   *
   * @param jumps when each of the interruptions' jumps is taken
   * @param outputs as in {@link #run(Spans, double[][], Observer)}
   * @throws IllegalArgumentException if jumps do not fit, or outputs are wanted of a method that
   *     has no interpolant
   */
  public void run(Spans spans, List<JumpTimes> jumps, double[][] outputs, Observer observer) {
    if (spans.rows() != rows) {
      throw new IllegalArgumentException(
          "Adaptive solve: spans of %d samples for a tile of %d.".formatted(spans.rows(), rows));
    }
    start(spans, jumps);
    dense.start(spans, outputs, initialValue, observer);
    advance(observer);
  }

  /**
   * Goes on from the end of the last {@link #run}, with each sample's state, step size and errors:
   * the same bits as of one solve that lands there. Samples that did not complete stay as they are.
   *
   * @param spans that start where the last ended
   * @param jumps as they were given to {@link #run}: those from there on are taken
   * @throws IllegalArgumentException if a sample's span does not start where it ended
   */
  public void resume(Spans spans, List<JumpTimes> jumps, double[][] outputs, Observer observer) {
    double[][] wanted = outputs.clone();
    for (int row = 0; row < rows; row++) {
      if (progress[row].outcome() != Outcome.COMPLETED) {
        wanted[row] = null;
      } else if (spans.start(row) != progress[row].time()) {
        throw new IllegalArgumentException(
            "Adaptive solve: sample %d is to go on from %s, it has come to %s. Start there."
                .formatted(row, spans.start(row), progress[row].time()));
      }
    }
    dense.start(spans, wanted, end.solution(), observer);
    segments.resume(spans, jumps, end.state());
    advance(observer);
  }

  private void advance(Observer observer) {
    AttemptTile tile = fill();
    int busy = busy(tile);
    while (busy > 0) {
      tile = narrowed(tile, busy);
      attempt(tile, observer);
      busy = busy(tile);
    }
    end.read();
  }

  private void start(Spans spans, List<JumpTimes> jumps) {
    Spans landing = segments.start(spans, jumps);
    for (int row = 0; row < rows; row++) {
      progress[row] = new Progress(steps, k, revisits, landing, row);
      times.start(row, spans.start(row));
      numbers[row] = spans.start(row);
    }
    start.state(spans);
    start.sizes(spans, progress);
    segments.begin(end.state(), numbers);
  }

  /** Keeps no interruptions and no states at them: memory does not grow with their number. */
  void forgetBreaks() {
    Breaks breaks = segments.breaks();
    if (breaks != null) {
      breaks.forget();
    }
  }

  /** The interruptions of the last {@link #run}; null for a solve that has none. */
  public @Nullable Breaks breaks() {
    return segments.breaks();
  }

  /** The spans of the last {@link #run}, with the times of jumps as further points. */
  public Spans landing() {
    return segments.landing();
  }

  private AttemptTile tile(int slots) {
    return tiles.computeIfAbsent(
        slots, width -> new AttemptTile(backend, graphs, parameters, width));
  }

  private AttemptTile fill() {
    AttemptTile tile = tile(rows);
    for (int row = 0; row < rows; row++) {
      tile.place(row, row, end.state(), row, context, row);
      if (progress[row].isDone()) {
        tile.clear(row);
      }
    }
    return tile;
  }

  private static int busy(AttemptTile tile) {
    int busy = 0;
    for (int slot = 0; slot < tile.slots; slot++) {
      busy += tile.isTaken(slot) ? 1 : 0;
    }
    return busy;
  }

  /** The width of a tile, halved as long as it holds the samples that still step. */
  public static int width(int rows, int busy) {
    int width = rows;
    while (width / 2 >= busy && width / 2 >= NARROWEST) {
      width /= 2;
    }
    return width;
  }

  /** The tile itself, or its samples moved to one of half the width or less that they fill. */
  private AttemptTile narrowed(AttemptTile tile, int busy) {
    int width = width(tile.slots, busy);
    if (width == tile.slots) {
      return tile;
    }
    AttemptTile narrow = tile(width);
    int free = 0;
    for (int slot = 0; slot < tile.slots; slot++) {
      if (tile.isTaken(slot)) {
        narrow.place(free++, tile.samples[slot], tile.state(), slot, tile.context(), slot);
      }
    }
    while (free < width) {
      narrow.clear(free++);
    }
    return narrow;
  }

  private void attempt(AttemptTile tile, Observer observer) {
    for (int slot = 0; slot < tile.slots; slot++) {
      if (tile.isTaken(slot)) {
        Progress sample = progress[tile.samples[slot]];
        tile.starts[slot] = sample.time();
        tile.ends[slot] = sample.tryTo();
        tile.sizes[slot] = tile.ends[slot] - sample.time();
      }
    }
    tile.attempt();
    segments.look(tile);
    Buffer landed = null;
    for (int slot = 0; slot < tile.slots; slot++) {
      if (!tile.isTaken(slot) || segments.takesAgain(tile, slot)) {
        continue;
      }
      int sample = tile.samples[slot];
      Progress its = progress[sample];
      if (its.judge(tile.ratios[slot])) {
        dense.stepped(slot);
        times.accept(sample, its.time());
        observer.accepted(sample, its.accepted() - 1, tile.before(), tile.state(), slot);
        landed = segments.accepted(tile, slot, landed, observer);
      }
    }
    dense.deliver(tile, observer);
    segments.take(tile.state());
    release(tile);
  }

  /** Frees the slots of samples that are done. */
  private void release(AttemptTile tile) {
    for (int slot = 0; slot < tile.slots; slot++) {
      int sample = tile.samples[slot];
      if (tile.isTaken(slot) && progress[sample].isDone()) {
        end.state().copyRow(sample, tile.state(), slot);
        tile.clear(slot);
      }
    }
  }

  @Override
  public void defect(double[] target) {
    for (int row = 0; row < rows; row++) {
      numbers[row] = progress[row].time();
    }
    end.defect(numbers, target);
  }

  @Override
  public Outcome stepping(int row) {
    return progress[row].outcome();
  }

  /** How each sample's solve went: its outcome, steps and where it stopped. */
  public List<SampleReport> reports() {
    List<SampleReport> reports = new ArrayList<>();
    for (Progress sample : progress) {
      reports.add(sample.report());
    }
    return reports;
  }

  @Override
  public long bytes() {
    return start.bytes()
        + end.bytes()
        + initialValue.bytes()
        + segments.bytes()
        + times.bytes()
        + tiles.values().stream().mapToLong(AttemptTile::bytes).sum();
  }
}
