package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.train.Selection.Metric;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A parabola: the loss of a block is ½(θ − a)² with the block's own a, so that plain descent gives
 * θₙ = a + (θ₀ − a)(1 − η)ⁿ, and everything chosen along the way is known.
 */
class TrainerTest {
  private static final double RATE = 0.25;

  @Test
  void withoutASelectionTheLastParametersAreTheResult() throws IOException {
    Heard heard = new Heard();
    TrainingResult result = train(plan(6, Schedule.constant(), Selection.last()), heard, null);
    assertThat(result.parameters()[0]).isCloseTo(theta(12), within(1e-6));
    assertThat(heard.validated).isEmpty();
  }

  /** Validation wants θ = ½; θ falls from 1 to 0 and passes it between epochs 1 and 2. */
  @Test
  void theBestParametersAreThoseWithTheLeastValidationLoss() throws IOException {
    Heard heard = new Heard();
    Selection best = new Selection(Metric.LOSS, 1, 0, 0, true, 0);
    TrainingResult result = train(plan(6, Schedule.constant(), best), heard, null);
    assertThat(theta(2)).isCloseTo(0.5625, within(1e-12));
    assertThat(result.parameters()[0]).isCloseTo(theta(2), within(1e-6));
    assertThat(result.evaluation()).isNotNull();
    assertThat(result.evaluation().meanLoss()).isCloseTo(parabola(theta(2), 0), within(1e-6));
    assertThat(heard.validated).containsExactly(2L, 4L, 6L, 8L, 10L, 12L);
  }

  @Test
  void aRunStopsWhenValidationHasNotImprovedForSoLong() throws IOException {
    Heard heard = new Heard();
    Selection stopping = new Selection(Metric.LOSS, 1, 2, 0, false, 0);
    TrainingResult result = train(plan(6, Schedule.constant(), stopping), heard, null);
    assertThat(result.rounds()).isEqualTo(6); // the best was epoch 1; 2 and 3 were not better
    assertThat(result.parameters()[0]).isCloseTo(theta(6), within(1e-6));
    assertThat(heard.warnings)
        .singleElement()
        .asString()
        .contains("stopped after round 6 of 12", "loss", "2 evaluations");
  }

  @Test
  void aRunThatImprovesDoesNotStop() throws IOException {
    Selection stopping = new Selection(Metric.LOSS, 1, 2, 0, false, 0);
    TrainingPlan plan = plan(6, Schedule.constant(), stopping);
    try (LocalRounds rounds =
        new LocalRounds(new Parabolas(), blocks(0), blocks(0), blocks(0), 1)) {
      assertThat(trainer(plan, rounds, new Heard(), null).run().rounds()).isEqualTo(12);
    }
  }

  @Test
  void theMeanIsThatOfTheEndsOfTheEpochs() throws IOException {
    Selection mean = new Selection(Metric.LOSS, 0, 0, 0, false, 3);
    TrainingResult result = train(plan(5, Schedule.constant(), mean), new Heard(), null);
    double expected = (theta(6) + theta(8) + theta(10)) / 3;
    assertThat(result.parameters()[0]).isCloseTo(expected, within(1e-6));
    assertThat(result.evaluation()).isNotNull();
    assertThat(result.evaluation().meanLoss()).isCloseTo(parabola(expected, 0), within(1e-6));
  }

  /** The product of (1 − ηfₙ) with factors 1, 1, ½, ½, ¼, ¼. */
  @Test
  void theScheduleMultipliesTheRate() throws IOException {
    TrainingPlan plan = plan(3, Schedule.step(0.5, 2), Selection.last());
    double expected = Math.pow(0.75 * 0.875 * 0.9375, 2);
    Heard heard = new Heard();
    assertThat(train(plan, heard, null).parameters()[0]).isCloseTo(expected, within(1e-6));
    assertThat(heard.rates).containsExactly(0.25, 0.25, 0.125, 0.125, 0.0625, 0.0625);
  }

  /** One worker takes the same steps, four of them in its first round. */
  @Test
  void theScheduleCountsLocalSteps() throws IOException {
    Optimiser rule = Optimiser.sgd(RATE, 0);
    TrainingPlan plan =
        plan(3, Schedule.step(0.5, 2), Selection.last())
            .withAveraging(new Averaging(1, 4, rule, OptimiserState.AVERAGE));
    double expected = Math.pow(0.75 * 0.875 * 0.9375, 2);
    Heard heard = new Heard();
    assertThat(train(plan, heard, null).parameters()[0]).isCloseTo(expected, within(1e-6));
    assertThat(heard.rates).containsExactly(0.125, 0.0625);
  }

  /** Killed after every number of rounds, and gone on from the checkpoint before. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aRunThatGoesOnSelectsAsIfNothingHadHappened(int epochs, @TempDir Path folder)
      throws IOException {
    Schedule schedule = Schedule.plateau(0.5, 0, new Patience(1, 0)).warmedUp(3);
    for (Selection selection :
        List.of(
            new Selection(Metric.LOSS, 1, 0, 0, true, 0),
            new Selection(Metric.LOSS, 1, 0, 0, false, 2),
            new Selection(Metric.LOSS, 1, 4, 0, true, 0))) {
      TrainingPlan whole = plan(6, schedule, selection);
      TrainingResult through = train(whole, new Heard(), null);
      Checkpoints checkpoints = new Checkpoints(LocalFolder.open(folder.resolve("run")));
      train(plan(epochs, schedule, selection), new Heard(), checkpoints);
      try (LocalRounds rounds = rounds()) {
        Trainer trainer = trainer(whole, rounds, new Heard(), checkpoints);
        trainer.resume(checkpoints.latest("parabola", warning -> {}).orElseThrow());
        TrainingResult result = trainer.run();
        assertThat(result.parametersSha256()).isEqualTo(through.parametersSha256());
        assertThat(result.rounds()).isEqualTo(through.rounds());
      }
    }
  }

  @Test
  void selectionsWithoutSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Selection(Metric.LOSS, 0, 3, 0, false, 0))
        .withMessageContaining("Keep samples for validation");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Selection(Metric.LOSS, 1, 0, 0, true, 2))
        .withMessageContaining("Choose one");
  }

  @Test
  void theScoreOfAccuracyIsTheShareOfErrors() {
    Evaluation evaluation = new Evaluation(3, 4, 3, List.of(List.of(2L, 0L), List.of(1L, 1L)));
    assertThat(Metric.ACCURACY.score(evaluation)).isEqualTo(0.25);
    assertThat(Metric.LOSS.score(evaluation)).isEqualTo(0.75);
    assertThat(Metric.ACCURACY.score(new Evaluation(3, 4, 0, List.of()))).isNaN();
  }

  private static double theta(int rounds) {
    return Math.pow(1 - RATE, rounds);
  }

  private static double parabola(double theta, double centre) {
    return 0.5 * (theta - centre) * (theta - centre);
  }

  private static TrainingPlan plan(int epochs, Schedule schedule, Selection selection) {
    return new TrainingPlan(
        new BatchPlan(2, 1, 5),
        epochs,
        100,
        2,
        0,
        "parabola",
        schedule,
        selection,
        null,
        WhenUnstable.WARN);
  }

  private static LocalRounds rounds() {
    return new LocalRounds(new Parabolas(), blocks(0), blocks(0.5f), blocks(0), 1);
  }

  private static Trainer trainer(
      TrainingPlan plan, Rounds rounds, Heard heard, @Nullable Checkpoints checkpoints) {
    Updates updates = new Updates(new ReferenceBackend(), Optimiser.sgd(RATE, 0), new double[] {1});
    return new Trainer(updates, 1, plan, rounds, heard, checkpoints);
  }

  private static TrainingResult train(
      TrainingPlan plan, Heard heard, @Nullable Checkpoints checkpoints) throws IOException {
    try (LocalRounds rounds = rounds()) {
      return trainer(plan, rounds, heard, checkpoints).run();
    }
  }

  private static List<Block> blocks(float centre) {
    List<Block> blocks = new ArrayList<>();
    for (int number = 0; number < 2; number++) {
      blocks.add(
          Block.of(number, 1, 1, new long[] {number}, new float[] {centre}, new float[] {0}));
    }
    return blocks;
  }

  private record Parabolas() implements BlockWorkerFactory {
    @Override
    public String key() {
      return "parabolas";
    }

    @Override
    public BlockWorker create() {
      return new Parabola();
    }

    @Override
    public ParameterLayout layout() {
      return new ParameterLayout(List.of(new ParameterLayout.View("theta", Shape.vector(1), 0)));
    }

    @Override
    public int classes() {
      return 1;
    }

    @Override
    public boolean singlePrecision() {
      return false;
    }
  }

  private static final class Parabola implements BlockWorker {
    private double theta;

    @Override
    public void load(double[] parameters) {
      theta = parameters[0];
    }

    @Override
    public BlockResult gradient(Block block) {
      double centre = block.feature(0, 0);
      double[] gradient = {theta - centre};
      double loss = parabola(theta, centre);
      return new BlockResult(block.number(), gradient, loss, 1, 1, List.of(), 0);
    }

    @Override
    public BlockResult evaluate(Block block, long[][] confusion) {
      double loss = parabola(theta, block.feature(0, 0));
      return new BlockResult(block.number(), new double[0], loss, 1, 1, List.of(), 0);
    }
  }

  private static final class Heard extends QuietListener {
    private final List<Long> validated = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();

    @Override
    public void learningRate(double rate) {
      rates.add(rate);
    }

    @Override
    public void validated(long round, Evaluation evaluation) {
      validated.add(round);
    }

    @Override
    public void warning(String sentence) {
      warnings.add(sentence);
    }
  }
}
