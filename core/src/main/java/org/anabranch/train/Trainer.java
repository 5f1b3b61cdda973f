package org.anabranch.train;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Outcomes;
import org.jspecify.annotations.Nullable;

/**
 * The loop of rounds, the same whether {@link Rounds} are threads of this process or Spark: the
 * gradient of a mini-batch summed exactly, one division, one update; or, with {@link Averaging},
 * what workers come to summed exactly and divided once. Its result is a function of first
 * parameters, plan and blocks; where the blocks are computed, in which order, and how often the
 * process was killed in between does not enter.
 */
public final class Trainer {
  private static final String SCALES = "scales";

  /** In checkpoints: the round from which on a method was used that is stable. */
  private static final String SWITCHED = "switched";

  private static final Set<Outcome> LEFT = Set.of(Outcome.OUT_OF_RANGE, Outcome.NOT_FINITE);

  private final Updates updates;
  private final TrainingPlan plan;
  private Rounds rounds;
  private @Nullable Averager averager;
  private @Nullable Supplier<Rounds> stable;
  private long switched = -1;
  private boolean warned;
  private final TrainingListener listener;
  private final @Nullable Checkpoints checkpoints;
  private final Selected selected;
  private final double[] parameters;
  private final double[] gradient;
  private final long started = System.nanoTime();
  private long round;
  private @Nullable Scales scales;
  private long samples;
  private long failures;
  private long repeated;
  private double worstDefect;
  private double loss = Double.NaN;
  private double accuracy = Double.NaN;

  /**
   * @param checkpoints where to keep the state; null for a run that cannot be resumed
   */
  public Trainer(
      Updates updates,
      int size,
      TrainingPlan plan,
      Rounds rounds,
      TrainingListener listener,
      @Nullable Checkpoints checkpoints) {
    this.updates = updates;
    this.plan = plan;
    this.rounds = rounds;
    this.averager = averager(rounds);
    this.listener = listener;
    this.checkpoints = checkpoints;
    selected = new Selected(plan.selection());
    parameters = new double[size];
    gradient = new double[size];
  }

  private @Nullable Averager averager(Rounds of) {
    return plan.averaging() == null ? null : new Averager(plan.averaging(), updates, of);
  }

  /**
   * Says where rounds come from once the solver is unstable, for {@link WhenUnstable#SWITCH}; to be
   * called before {@link #resume}. Whoever gives them closes them.
   */
  public void switchTo(Supplier<Rounds> rounds) {
    stable = rounds;
  }

  /** Whether the run has gone over to the rounds of {@link #switchTo}. */
  public boolean hasSwitched() {
    return switched >= 0;
  }

  /** Goes on from a checkpoint instead of from the first parameters. */
  public void resume(Checkpoint checkpoint) {
    double[] from = checkpoint.arrays().get(SWITCHED);
    if (from != null) {
      goOver((long) from[0]);
    }
    updates.restore(checkpoint.arrays());
    selected.restore(checkpoint);
    round = checkpoint.round();
    double[] exponents = checkpoint.arrays().get(SCALES);
    scales = exponents == null ? null : Scales.ofArray(exponents);
  }

  /**
   * Runs all rounds that are left.
   *
   * @throws Diverged if a gradient or the loss is no number, or too many samples fail
   * @throws IOException if a checkpoint cannot be written
   */
  public TrainingResult run() throws IOException {
    updates.parameters(parameters);
    Evaluation evaluation = null;
    while (!ended()) {
      step();
      select();
      if (ended() || plan.evaluatesAfter(round)) {
        evaluation = rounds.evaluate(ended() ? selected.result(parameters) : parameters);
        listener.evaluated(round, evaluation);
      }
      if (checkpoints != null && plan.checkpointsAfter(round, selected.stops())) {
        checkpoints.save(checkpoint());
      }
    }
    double[] result = selected.result(parameters);
    if (evaluation == null) {
      evaluation = rounds.evaluate(result);
    }
    return new TrainingResult(
        result, round, samples, failures, repeated, worstDefect, loss, accuracy, evaluation);
  }

  private boolean ended() {
    return round >= plan.rounds() || selected.stops();
  }

  private void step() {
    List<Double> factors = plan.factors(round, selected.scores());
    ExactSum first = exactSum(factors);
    ExactSum sum = isToBeRepeatedStably(first) ? exactSum(factors) : first;
    requireHealthy(sum);
    double factor = factors.get(factors.size() - 1);
    if (averager == null) {
      Crew crew = rounds.crew();
      crew.run(member -> sum.gradient(gradient, member, crew.size()));
      updates.apply(gradient, factor, crew, round);
    } else {
      averager.apply(sum);
    }
    listener.learningRate(updates.learningRate() * factor);
    updates.parameters(parameters);
    scales = sum.nextScales();
    loss = sum.loss() / sum.weight();
    accuracy = rounds.classes() == 0 ? Double.NaN : (double) sum.correct() / sum.weight();
    samples += sum.weight();
    round++;
    double seconds = (System.nanoTime() - started) * 1e-9;
    listener.round(round, plan.rounds(), loss, accuracy, samples, seconds);
  }

  /** Validates, and takes the parameters into account for the result, where an epoch ended. */
  private void select() {
    long epoch = plan.epochEndedBy(round);
    if (epoch > 0) {
      selected.epochEnded(epoch, parameters);
    }
    if (plan.validatesAfter(round)) {
      Evaluation evaluation = rounds.validate(parameters);
      selected.validated(parameters, evaluation);
      listener.validated(round, evaluation);
      if (selected.stops() && round < plan.rounds()) {
        listener.warning(
            "stopped after round %d of %d: the %s on validation data has not improved for %d evaluations"
                .formatted(
                    round,
                    plan.rounds(),
                    plan.selection().metric().name().toLowerCase(Locale.ROOT),
                    plan.selection().stopping()));
      }
    }
  }

  private ExactSum exactSum(List<Double> factors) {
    List<List<Integer>> steps = plan.stepsOf(round);
    ExactSum sum = sum(steps, factors);
    while (sum.overflowed() || sum.tooCoarse()) {
      if (!sum.notFiniteBlocks().isEmpty()) {
        throw averager == null ? notFinite(sum) : Averager.notFinite(round, sum);
      }
      if (scales != null) {
        listener.repeated(
            "round %d: its %s left the scale of the round before"
                .formatted(round, averager == null ? "gradients" : "parameters"));
        repeated++;
      }
      scales = sum.nextScales();
      sum = sum(steps, factors);
    }
    return sum;
  }

  private ExactSum sum(List<List<Integer>> steps, List<Double> factors) {
    return averager == null
        ? rounds.gradient(round, parameters, steps.get(0), scales)
        : averager.sum(round, steps, factors, scales);
  }

  /** Looks at the round's worst sample; says whether the rounds have changed under it. */
  private boolean isToBeRepeatedStably(ExactSum sum) {
    String sentence;
    if (sum.worstDefect() > Outcomes.DEFECT_LIMIT && !warned) {
      sentence =
          "round %d: in its worst sample the parasitic mode is %.2g of the solution: %s"
              .formatted(round + 1, sum.worstDefect(), Outcome.UNSTABLE.sentence());
    } else if (isToBeSwitchedFor(sum)) {
      sentence =
          "round %d: %d samples failed, by their outcomes for want of stability"
              .formatted(round + 1, sum.failures().size());
    } else {
      return false;
    }
    switch (plan.whenUnstable()) {
      case STOP -> throw new Diverged(round, sentence);
      case WARN -> listener.warning(sentence);
      case SWITCH -> {
        if (!hasSwitched()) {
          goOver(round);
          selected.forget();
          listener.warning(sentence + "; the run goes on with a method that is stable");
          return true;
        }
        listener.warning(sentence);
      }
    }
    warned = true;
    return false;
  }

  /** A parasitic mode that grows on leaves the range of states, or of numbers. */
  private boolean isToBeSwitchedFor(ExactSum sum) {
    return plan.whenUnstable() == WhenUnstable.SWITCH
        && !hasSwitched()
        && sum.failures().stream().anyMatch(f -> LEFT.contains(f.outcome()));
  }

  private void goOver(long from) {
    if (stable == null) {
      throw new IllegalStateException(
          "Trainer: the run is to go on with a stable method, and there is none. Call switchTo first.");
    }
    switched = from;
    rounds = stable.get();
    averager = averager(rounds);
    scales = null;
  }

  private Diverged notFinite(ExactSum sum) {
    return new Diverged(
        round,
        "Round %d: the gradient or loss of %d of %d blocks is not finite (the first is block %d). Lower train.learning-rate, or bound the drift."
            .formatted(
                round + 1,
                sum.notFiniteBlocks().size(),
                sum.blocks(),
                sum.notFiniteBlocks().get(0)));
  }

  private void requireHealthy(ExactSum sum) {
    failures += sum.failures().size();
    worstDefect = Math.max(worstDefect, sum.worstDefect());
    long all = sum.weight() + sum.failures().size();
    if (sum.failures().size() > plan.failureShare() * all) {
      SampleFailure first = sum.failures().get(0);
      throw new Diverged(
          round,
          "Round %d: %d of %d samples failed, more than train.max-failed-fraction %s allows. Sample %016x: %s."
              .formatted(
                  round + 1,
                  sum.failures().size(),
                  all,
                  plan.failureShare(),
                  first.id(),
                  first.detail()));
    }
    if (sum.weight() == 0) {
      throw new Diverged(
          round, "Round %d: no sample of its blocks can be solved.".formatted(round + 1));
    }
  }

  private Checkpoint checkpoint() {
    SortedMap<String, double[]> arrays = updates.arrays();
    if (scales != null) {
      arrays.put(SCALES, scales.toArray());
    }
    if (hasSwitched()) {
      arrays.put(SWITCHED, new double[] {switched});
    }
    selected.save(arrays);
    return Checkpoint.of(round, arrays, Map.of(Checkpoint.FINGERPRINT, plan.fingerprint()));
  }
}
