package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Type;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.Clock;
import org.anabranch.solver.Drive;
import org.anabranch.solver.HeldContext;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.OwnClock;
import org.anabranch.solver.OwnTimes;
import org.anabranch.solver.State;
import org.jspecify.annotations.Nullable;

/** The programs of the backward pass and the two states and cotangents that take turns in them. */
final class ReversePass implements WayBack {
  private static final String TIME = ReverseStep.cotangent("t");
  private static final String SIZE = ReverseStep.cotangent("h");

  private final boolean reversible;
  private final @Nullable String straying;
  private final String solution;
  private final Buffer initialCotangent;

  /** The cotangents that the last step has of its own: of times, and of what drives it. */
  private final Map<String, Buffer> ofSteps = new HashMap<>();

  private final double[] timeNumbers;
  private final double[] sizeNumbers;
  private final Clock clock;
  private final int rows;
  private final ReverseTile.Kind kind;
  private final ReverseTile tile;
  private final Map<Integer, ReverseTile> narrower = new HashMap<>();
  private final int[] stepping;
  private final Program.Execution initPullback;
  private final State contextCotangents;
  private final long bytes;
  private final @Nullable HeldContext held;

  /** What drives the steps and takes cotangents; null for nothing. */
  private final @Nullable Drive taking;

  private final double[] givenFrom;
  private final double[] givenTo;

  /** The running cotangents of its inputs in either tile, and after the last step back. */
  private final List<Map<String, Buffer>> heldBefore = new ArrayList<>();

  private final Map<String, Buffer> heldAfter;
  private final double[] heldTimes;
  private int current;
  private int before;

  ReversePass(
      Backend backend,
      Method method,
      Field field,
      Map<String, Type> types,
      Map<String, Buffer> context,
      Parameters parameters,
      Accumulators accumulators,
      Clock clock,
      Buffer initialValue,
      GradientMode mode,
      Demands demands,
      @Nullable Drive drive,
      int rows) {
    this.clock = clock;
    this.rows = rows;
    stepping = new int[rows];
    heldTimes = new double[rows];
    givenFrom = new double[rows];
    givenTo = new double[rows];
    solution = ReverseStep.cotangent(method.state().get(0));
    Map<String, Type> ofState = new LinkedHashMap<>();
    types.forEach((name, type) -> ofState.put(ReverseStep.cotangent(name), type.working()));
    held = drive == null ? null : drive.held();
    taking = drive != null && drive.takesCotangents() ? drive : null;
    List<String> driven = taking == null ? List.of() : clock.readAs(taking.inputs().keySet());
    for (String name : driven) {
      Type type = field.graph().input(name).type();
      ofSteps.put(ReverseStep.cotangent(name), backend.buffer(type, rows));
    }
    List<String> wanted =
        new ArrayList<>(demands.context() ? stillContext(field, clock) : List.of());
    if (held != null) {
      wanted.addAll(held.inputs().keySet());
    }
    Map<String, Type> ofContext = new LinkedHashMap<>();
    for (String name : wanted) {
      ofContext.put(ReverseStep.cotangent(name), field.graph().input(name).type());
    }
    Map<String, Type> all = new LinkedHashMap<>(ofState);
    all.putAll(ofContext);
    contextCotangents = State.allocate(backend, ofContext, rows);
    initialCotangent = backend.buffer(Type.perSample(field.dimension()), rows);
    timeNumbers = new double[demands.times() ? rows : 0];
    sizeNumbers = new double[demands.times() ? rows : 0];
    if (demands.times()) {
      ofSteps.put(TIME, backend.buffer(OwnTimes.time().working(), rows));
      ofSteps.put(SIZE, backend.buffer(OwnTimes.time().working(), rows));
    }
    StepBack step = StepBack.of(mode, method, field, demands, wanted, driven);
    reversible = step.restores();
    straying = step.isExact() ? null : method.state().get(0);
    Program initProgram = backend.compile(ReverseStep.ofInit(method, field, demands, wanted), rows);
    Map<String, Buffer> fixed = new HashMap<>(context);
    fixed.putAll(clock.buffers());
    kind =
        new ReverseTile.Kind(
            backend, step.graph(), types, all, parameters, accumulators, reversible);
    tile = new ReverseTile(kind, fixed, ofSteps, rows);
    Map<String, Buffer> inputs = new HashMap<>(fixed);
    inputs.put("x", initialValue);
    inputs.putAll(tile.cotangents[0].parts());
    Map<String, Buffer> outputs = new HashMap<>(contextCotangents.parts());
    outputs.put(ReverseStep.cotangent("x"), initialCotangent);
    if (demands.times()) {
      outputs.put(TIME, ofSteps.get(TIME));
    }
    heldBefore.add(heldOf(tile.cotangents[0]));
    heldBefore.add(heldOf(tile.cotangents[1]));
    heldAfter = heldOf(contextCotangents);
    initPullback = initProgram.bind(inputs, outputs, parameters, accumulators);
    bytes = initProgram.bytes() + tile.bytes();
  }

  /** The context that stays what it is: what the clock does not bring. */
  private static List<String> stillContext(Field field, Clock clock) {
    List<String> names = new ArrayList<>(field.context().keySet());
    names.removeAll(clock.buffers().keySet());
    return names;
  }

  private Map<String, Buffer> heldOf(State cotangents) {
    Map<String, Buffer> buffers = new HashMap<>();
    if (held != null) {
      held.inputs()
          .keySet()
          .forEach(name -> buffers.put(name, cotangents.part(ReverseStep.cotangent(name))));
    }
    return buffers;
  }

  @Override
  public Buffer[] solutionCotangents() {
    return new Buffer[] {tile.cotangents[0].part(solution), tile.cotangents[1].part(solution)};
  }

  /** Whether steps come from the state after them; else they are given the one before. */
  boolean isReversible() {
    return reversible;
  }

  /** Which of the two is in use. */
  int current() {
    return current;
  }

  Buffer solutionCotangent() {
    return tile.cotangents[current].part(solution);
  }

  /** The state after the step that comes next, or where states are kept, before it. */
  State state() {
    return tile.states[current];
  }

  /** The solution that steps have come back to, where it is not the one that was there. */
  @Nullable Buffer strayed() {
    return straying == null ? null : state().part(straying);
  }

  /** The cotangents in use: of the state's parts, and the running ones of context. */
  State cotangents() {
    return tile.cotangents[current];
  }

  /** The state before the step that was pulled back last. */
  State before() {
    return tile.states[before];
  }

  /** Clears every cotangent but the solution's. */
  void start(State end) {
    tile.cotangents[0]
        .parts()
        .forEach(
            (name, buffer) -> {
              if (!name.equals(solution)) {
                buffer.fill(0);
              }
            });
    current = 0;
    if (held != null) {
      held.startBack();
    }
    if (taking != null) {
      taking.startBack();
    }
    if (reversible) {
      tile.states[0].copyFrom(end);
    }
  }

  /**
   * Pulls a step back of those samples that have it, once their inputs are in place: where they are
   * at most half of the tile, in a narrower one. The others add nothing but zeros to the sums.
   */
  void step(int step) {
    int busy = 0;
    for (int row = 0; row < rows; row++) {
      if (step < clock.steps(row)) {
        stepping[busy++] = row;
      }
    }
    hold(step, busy, true);
    int width = AdaptiveSolve.width(rows, busy);
    if (width == rows) {
      tile.step(current);
      current = 1 - current;
      before = reversible ? current : 1 - current;
    } else {
      before = current;
      narrowed(step, busy, width);
    }
    hold(step, busy, false);
    if (taking != null) {
      give(taking, step, busy);
    }
  }

  /** Gives a drive the cotangents of what the step read of it, for the samples that had it. */
  private void give(Drive drive, int step, int busy) {
    for (String read : clock.readAs(drive.inputs().keySet())) {
      Clock.Driven at = null;
      for (int i = 0; i < busy; i++) {
        if (i == 0 || clock instanceof OwnClock) { // else it is one for all samples
          at = clock.driven(stepping[i], step, read);
        }
        givenFrom[i] = at == null ? 0 : at.from();
        givenTo[i] = at == null ? 0 : at.to();
      }
      if (at != null) {
        Buffer cotangents = ofStep(ReverseStep.cotangent(read));
        drive.take(stepping, busy, givenFrom, givenTo, at.input(), cotangents);
      }
    }
  }

  private Buffer ofStep(String name) {
    Buffer buffer = ofSteps.get(name);
    if (buffer == null) {
      throw new IllegalStateException(
          "Solve: cotangents of '%s' were not demanded.".formatted(name));
    }
    return buffer;
  }

  /** Has the cotangents of context that changes run on from what they were for a step's time. */
  private void hold(int step, int busy, boolean before) {
    if (held == null) {
      return;
    }
    for (int i = 0; i < busy; i++) {
      heldTimes[i] = clock.heldTime(stepping[i], step);
    }
    if (before) {
      held.fetch(stepping, busy, heldTimes, heldBefore.get(current));
    } else {
      held.keep(stepping, busy, heldTimes, heldBefore.get(current));
    }
  }

  private void narrowed(int step, int busy, int width) {
    ReverseTile narrow = narrower.computeIfAbsent(width, w -> kind.narrow(tile, w));
    int filled = busy;
    for (int row = 0; filled < width; row++) {
      if (step >= clock.steps(row)) {
        stepping[filled++] = row; // it rests, and fills a slot
      }
    }
    for (int slot = 0; slot < width; slot++) {
      narrow.take(slot, tile, current, stepping[slot]);
    }
    narrow.step(0);
    for (int slot = 0; slot < busy; slot++) {
      narrow.give(slot, tile, current, stepping[slot], reversible);
    }
  }

  /** From the first state to the initial value. */
  void end() {
    tile.cotangents[0].copyFrom(tile.cotangents[current]);
    if (held == null) {
      initPullback.run();
      return;
    }
    for (int row = 0; row < rows; row++) {
      stepping[row] = row;
      heldTimes[row] = clock.time(row, 0);
    }
    held.fetch(stepping, rows, heldTimes, heldBefore.get(0));
    initPullback.run();
    held.keep(stepping, rows, heldTimes, heldAfter);
  }

  @Override
  public Buffer initialCotangent() {
    return initialCotangent;
  }

  /** How a sample's way back ended: only states that stray may have come to nothing. */
  Outcome outcome(int row) {
    Buffer strayed = strayed();
    return strayed == null || (isFinite(strayed, row) && isFinite(initialCotangent, row))
        ? Outcome.COMPLETED
        : Outcome.NOT_FINITE;
  }

  private static boolean isFinite(Buffer buffer, int row) {
    double[] numbers = new double[buffer.type().shape().size()];
    buffer.getRow(row, numbers, 0);
    return Arrays.stream(numbers).allMatch(Double::isFinite);
  }

  @Override
  public Buffer contextCotangent(String name) {
    return contextCotangents.part(ReverseStep.cotangent(name));
  }

  /** What the last step's time got, sample by sample. */
  double[] timeCotangents() {
    return numbers(TIME, timeNumbers);
  }

  /** What the last step's size got, sample by sample. */
  double[] sizeCotangents() {
    return numbers(SIZE, sizeNumbers);
  }

  /** What the time of the initial state got, sample by sample. */
  double[] startTimeCotangents() {
    return numbers(TIME, timeNumbers);
  }

  private double[] numbers(String name, double[] target) {
    ofStep(name).get(target);
    return target;
  }

  @Override
  public long bytes() {
    return bytes + narrower.values().stream().mapToLong(ReverseTile::bytes).sum();
  }
}
