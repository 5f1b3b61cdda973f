package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.solver.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * θ falls towards 0 by a share of itself each round, a half with the method that is unstable below
 * θ = 0.3, and a quarter with the stable one.
 */
class WhenUnstableTest {
  private static final int ROUNDS = 6;

  /** 1, 0.5, 0.25; then the unstable method is unstable. */
  private static final double SWITCHED = 0.25 * Math.pow(0.75, ROUNDS - 2);

  private final List<String> warnings = new ArrayList<>();

  private enum Kind {
    PARASITE,
    OUT_OF_RANGE,
    STABLE
  }

  private record Workers(Kind kind) implements BlockWorkerFactory {
    @Override
    public String key() {
      return kind.name();
    }

    @Override
    public BlockWorker create() {
      return new Falling(kind);
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

  private static final class Falling implements BlockWorker {
    private final Kind kind;
    private double theta;

    private Falling(Kind kind) {
      this.kind = kind;
    }

    @Override
    public void load(double[] parameters) {
      theta = parameters[0];
    }

    @Override
    public BlockResult gradient(Block block) {
      boolean unstable = kind != Kind.STABLE && theta < 0.3;
      if (unstable && kind == Kind.OUT_OF_RANGE) {
        List<SampleFailure> failures =
            List.of(new SampleFailure(7, Outcome.OUT_OF_RANGE, Outcome.OUT_OF_RANGE.sentence()));
        return new BlockResult(block.number(), new double[1], 0, 0, 0, failures, 0);
      }
      double[] gradient = {theta * (kind == Kind.STABLE ? 0.25 : 0.5)};
      return new BlockResult(
          block.number(), gradient, theta, 1, 1, List.of(), unstable ? 0.75 : 0.1);
    }

    @Override
    public BlockResult evaluate(Block block, long[][] confusion) {
      return new BlockResult(block.number(), new double[0], theta, 1, 1, List.of(), 0);
    }
  }

  private static LocalRounds rounds(Kind kind) {
    List<Block> blocks = List.of(Block.of(0, 1, 1, new long[1], new float[1], new float[1]));
    return new LocalRounds(new Workers(kind), blocks, blocks, 1);
  }

  private Trainer trainer(
      WhenUnstable policy, int rounds, Rounds own, @Nullable Checkpoints checkpoints) {
    Updates updates = new Updates(new ReferenceBackend(), Optimiser.sgd(1, 0), new double[] {1});
    TrainingPlan plan =
        new TrainingPlan(
            new BatchPlan(1, 1, 5),
            rounds,
            100,
            1,
            0,
            "falling",
            Schedule.constant(),
            Selection.last(),
            null,
            policy);
    return new Trainer(updates, 1, plan, own, new Warned(), checkpoints);
  }

  @Test
  void aWarningIsGivenOnceAndTheRunGoesOn() throws IOException {
    try (LocalRounds own = rounds(Kind.PARASITE)) {
      TrainingResult result = trainer(WhenUnstable.WARN, ROUNDS, own, null).run();
      assertThat(result.parameters()[0]).isCloseTo(Math.pow(0.5, ROUNDS), within(1e-9));
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith("round 3: in its worst sample the parasitic mode is 0.75 of the solution: ")
          .endsWith(Outcome.UNSTABLE.sentence());
    }
  }

  @Test
  void aRunThatIsToStopStopsBeforeTheRoundChangesAnything() {
    try (LocalRounds own = rounds(Kind.PARASITE)) {
      Trainer trainer = trainer(WhenUnstable.STOP, ROUNDS, own, null);
      assertThatExceptionOfType(Diverged.class)
          .isThrownBy(trainer::run)
          .withMessageContaining("round 3")
          .satisfies(diverged -> assertThat(diverged.round()).isEqualTo(2));
    }
  }

  @Test
  void aRunGoesOverToAStableMethodAndDoesTheRoundWithIt() throws IOException {
    for (Kind kind : List.of(Kind.PARASITE, Kind.OUT_OF_RANGE)) {
      warnings.clear();
      try (LocalRounds own = rounds(kind);
          LocalRounds stable = rounds(Kind.STABLE)) {
        Trainer trainer = trainer(WhenUnstable.SWITCH, ROUNDS, own, null);
        trainer.switchTo(() -> stable);
        TrainingResult result = trainer.run();
        assertThat(result.parameters()[0]).isCloseTo(SWITCHED, within(1e-9));
        assertThat(result.failures()).isZero();
        assertThat(trainer.hasSwitched()).isTrue();
        assertThat(warnings).singleElement().asString().endsWith("with a method that is stable");
      }
    }
  }

  /** Killed before, at and after the round in which it goes over. */
  @Test
  void aRunThatGoesOnHasGoneOver(@TempDir Path folder) throws IOException {
    for (int killed = 1; killed < ROUNDS; killed++) {
      Checkpoints checkpoints = new Checkpoints(LocalFolder.open(folder.resolve("run" + killed)));
      try (LocalRounds own = rounds(Kind.PARASITE);
          LocalRounds stable = rounds(Kind.STABLE)) {
        Trainer first = trainer(WhenUnstable.SWITCH, killed, own, checkpoints);
        first.switchTo(() -> stable);
        first.run();
        Trainer second = trainer(WhenUnstable.SWITCH, ROUNDS, own, checkpoints);
        second.switchTo(() -> stable);
        second.resume(checkpoints.latest("falling", warning -> {}).orElseThrow());
        assertThat(second.hasSwitched()).isEqualTo(killed > 2);
        assertThat(second.run().parameters()[0]).isCloseTo(SWITCHED, within(1e-9));
      }
    }
  }

  @Test
  void withoutAMethodToGoOverToTheRunSaysSo() {
    try (LocalRounds own = rounds(Kind.PARASITE)) {
      Trainer trainer = trainer(WhenUnstable.SWITCH, ROUNDS, own, null);
      assertThatThrownBy(trainer::run).hasMessageContaining("Call switchTo first");
    }
  }

  private final class Warned extends QuietListener {
    @Override
    public void warning(String sentence) {
      warnings.add(sentence);
    }
  }
}
