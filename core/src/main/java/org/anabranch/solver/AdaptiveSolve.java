package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
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
  private final Buffer endTime;
  private final Buffer initialValue;
  private final Buffer solution;
  private final State end;
  private final Program.Execution output;
  private final @Nullable Buffer defect;
  private final Program.@Nullable Execution defectOfEnd;
  private final Progress[] progress;
  private final StepTimes times;
  private final DenseOutputs dense;
  private final EventWatch watch;
  private final Interruptions interruptions;
  private final Field field;
  private final @Nullable Restarts restarts;
  private Spans landing;
  private final double[] numbers;
  private final long bytes;

  /**
   * @param context a buffer for each of the field's context inputs
   * @throws IllegalArgumentException if the method has no error estimate
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
   * @throws IllegalArgumentException if the method has no error estimate
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
   * @throws IllegalArgumentException if the method has no error estimate
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
    this.backend = backend;
    this.interruptions = interruptions;
    this.field = field;
    this.method = method;
    this.parameters = parameters;
    this.steps = steps;
    this.rows = rows;
    this.context = Map.copyOf(context);
    graphs = AttemptTile.Graphs.of(method, field, steps);
    k = method.estimateOrder() + 1;
    progress = new Progress[rows];
    times = new StepTimes(rows);
    numbers = new double[rows];
    dense = new DenseOutputs(method, field, rows);
    watch =
        new EventWatch(backend, method, field, context, parameters, interruptions.events(), rows);
    restarts =
        interruptions.isEmpty()
            ? null
            : new Restarts(backend, method, field, context, parameters, interruptions, steps, rows);
    landing = Spans.same(rows, 0, 0);
    initialValue = backend.buffer(Type.perSample(field.dimension()), rows);
    solution = backend.buffer(Type.perSample(field.dimension()), rows);
    end = State.allocate(backend, graphs.state(), rows);
    start =
        new AdaptiveStart(backend, method, field, context, parameters, steps, k, initialValue, end);
    endTime = backend.buffer(OwnTimes.time(), rows);
    Map<String, Buffer> inputs = new HashMap<>(context);
    inputs.putAll(end.parts());
    inputs.put("t", endTime);
    Program outputProgram = backend.compile(graphs.solution(), rows);
    output = outputProgram.bind(inputs, Map.of("y", solution), parameters, null);
    Graph defectGraph = OwnTimes.of(method).defect(field).orElse(null);
    if (defectGraph == null) {
      defect = null;
      defectOfEnd = null;
    } else {
      defect = backend.buffer(Type.perSampleScalar(), rows);
      inputs.put("h", backend.buffer(OwnTimes.time(), rows));
      defectOfEnd =
          backend
              .compile(defectGraph, rows)
              .bind(inputs, Map.of("defect", defect), parameters, null);
    }
    bytes =
        start.bytes()
            + outputProgram.bytes()
            + end.bytes()
            + initialValue.bytes()
            + solution.bytes();
  }

  @Override
  public Buffer initialValue() {
    return initialValue;
  }

  @Override
  public Buffer solution() {
    return solution;
  }

  @Override
  public State state() {
    return end;
  }

  @Override
  public Method method() {
    return method;
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
    advance(spans, observer);
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
    JumpQueue queue = new JumpQueue(interruptions, field, spans, jumps, false);
    landing = queue.landing();
    for (int row = 0; row < rows; row++) {
      if (progress[row].outcome() != Outcome.COMPLETED) {
        wanted[row] = null;
      } else if (spans.start(row) != progress[row].time()) {
        throw new IllegalArgumentException(
            "Adaptive solve: sample %d is to go on from %s, it has come to %s. Start there."
                .formatted(row, spans.start(row), progress[row].time()));
      }
    }
    dense.start(spans, wanted, solution, observer);
    if (restarts != null) {
      restarts.resume(queue);
    }
    for (int row = 0; row < rows; row++) {
      Progress its = progress[row];
      its.resume(landing);
      if (restarts != null && !its.isDone()) {
        int event = watch.found(row);
        if (event >= 0) {
          restarts.resumeAt(row, row, its.accepted(), its.time(), event);
        } else {
          restarts.arrived(row, row, its.accepted(), its.time());
        }
      }
    }
    if (restarts != null) {
      restarts.take(end, spans, this::restarted);
    }
    advance(spans, observer);
  }

  private void advance(Spans spans, Observer observer) {
    AttemptTile tile = fill();
    int busy = busy(tile);
    while (busy > 0) {
      tile = narrowed(tile, busy);
      attempt(tile, spans, observer);
      busy = busy(tile);
    }
    output.run();
  }

  private void start(Spans spans, List<JumpTimes> jumps) {
    JumpQueue queue = new JumpQueue(interruptions, field, spans, jumps);
    landing = queue.landing();
    for (int row = 0; row < rows; row++) {
      progress[row] = new Progress(steps, k, landing, row);
      times.start(row, spans.start(row));
      numbers[row] = spans.start(row);
    }
    start.state(spans);
    start.sizes(spans, progress);
    if (restarts != null) {
      restarts.start(queue);
      for (int row = 0; row < rows; row++) {
        restarts.arrived(row, row, 0, numbers[row]);
      }
      restarts.take(end, spans, (row, time, first, state, slot) -> begin(row, first));
    }
    watch.start(end, spans, numbers);
  }

  private void begin(int row, double first) {
    progress[row].restart(steps.firstStep() > 0 ? steps.firstStep() : first);
  }

  /** The interruptions of the last {@link #run}; null for a solve that has none. */
  public @Nullable Breaks breaks() {
    return restarts == null ? null : restarts.breaks();
  }

  /** The spans of the last {@link #run}, with the times of jumps as further points. */
  public Spans landing() {
    return landing;
  }

  private AttemptTile tile(int slots) {
    return tiles.computeIfAbsent(
        slots, width -> new AttemptTile(backend, graphs, parameters, width));
  }

  private AttemptTile fill() {
    AttemptTile tile = tile(rows);
    for (int row = 0; row < rows; row++) {
      tile.place(row, row, end, row, context, row);
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

  private void attempt(AttemptTile tile, Spans spans, Observer observer) {
    for (int slot = 0; slot < tile.slots; slot++) {
      if (tile.isTaken(slot)) {
        Progress sample = progress[tile.samples[slot]];
        tile.starts[slot] = sample.time();
        tile.ends[slot] = sample.tryTo();
        tile.sizes[slot] = tile.ends[slot] - sample.time();
      }
    }
    tile.attempt();
    watch.look(tile);
    Buffer landed = null;
    for (int slot = 0; slot < tile.slots; slot++) {
      if (!tile.isTaken(slot)) {
        continue;
      }
      int sample = tile.samples[slot];
      Progress its = progress[sample];
      if (watch.takesAgain(tile, slot, its)) {
        continue;
      }
      if (its.judge(tile.ratios[slot])) {
        dense.stepped(slot);
        times.accept(sample, its.time());
        observer.accepted(sample, its.accepted() - 1, tile.before(), tile.state(), slot);
        landed = landed(tile, slot, spans, landed, observer);
      }
    }
    dense.deliver(tile, observer);
    if (restarts != null) {
      restarts.take(tile.state(), spans, this::restarted);
    }
    release(tile);
  }

  /** Tells of the point, the event and the jumps that an accepted step has come to, if any. */
  private @Nullable Buffer landed(
      AttemptTile tile, int slot, Spans spans, @Nullable Buffer solution, Observer observer) {
    int sample = tile.samples[slot];
    Progress its = progress[sample];
    int event = watch.found(sample);
    boolean onPoint = its.hasLanded();
    if (!onPoint && event < 0) {
      return solution;
    }
    Buffer there = solution == null ? tile.solution() : solution;
    int point = onPoint ? spans.placeOf(sample, its.time()) : -1;
    if (point >= 0) {
      observer.landed(sample, point, there, slot);
    }
    if (event >= 0) {
      meet(tile, slot, event);
      observer.event(sample, event, its.time(), there, slot);
    } else if (restarts != null) {
      restarts.arrived(sample, slot, its.accepted(), its.time());
    }
    return there;
  }

  private void meet(AttemptTile tile, int slot, int event) {
    int sample = tile.samples[slot];
    Progress its = progress[sample];
    boolean goesOn = !watch.isTerminal(event) && !its.isDone();
    boolean hasEnd =
        restarts == null
            || restarts.met(
                sample,
                slot,
                its.accepted(),
                its.time(),
                event,
                goesOn,
                tile.before(),
                tile.state());
    if (watch.isTerminal(event)) {
      its.stop(Outcome.EVENT);
    } else if (!hasEnd) {
      its.stop(Outcome.JUMP_LIMIT);
    }
  }

  private void restarted(int sample, double time, double first, State state, int slot) {
    begin(sample, first);
    watch.restarted(sample, state, slot, time, watch.found(sample));
  }

  /** Frees the slots of samples that are done. */
  private void release(AttemptTile tile) {
    for (int slot = 0; slot < tile.slots; slot++) {
      int sample = tile.samples[slot];
      if (tile.isTaken(slot) && progress[sample].isDone()) {
        end.copyRow(sample, tile.state(), slot);
        tile.clear(slot);
      }
    }
  }

  @Override
  public void defect(double[] target) {
    if (defect == null || defectOfEnd == null) {
      Arrays.fill(target, 0);
      return;
    }
    for (int row = 0; row < rows; row++) {
      numbers[row] = progress[row].time();
    }
    endTime.set(numbers);
    defectOfEnd.run();
    defect.get(target);
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
    return bytes
        + (restarts == null ? 0 : restarts.bytes())
        + times.bytes()
        + tiles.values().stream().mapToLong(AttemptTile::bytes).sum();
  }
}
