package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRoundsTest {
  private static final int PARAMETERS = 257;
  private static final Scales SCALES = new Scales(List.of(38), 38);
  private static final List<Integer> ALL = IntStream.range(0, 20).boxed().toList();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40})
  void threadsDoNotShow(int threads) {
    Formula worker = new Formula();
    worker.load(parameters());
    ExactSum expected = ExactSum.empty(new Formulas().layout(), SCALES);
    EvaluationTally tally = new EvaluationTally(2);
    for (Block block : blocks()) {
      expected.add(worker.gradient(block));
      tally.add(worker, block);
    }
    try (Rounds rounds = new LocalRounds(new Formulas(), blocks(), blocks(), threads)) {
      ExactSum sum = rounds.gradient(0, parameters(), ALL, SCALES);
      assertThat(gradient(sum)).containsExactly(gradient(expected));
      assertThat(sum.loss()).isEqualTo(expected.loss());
      assertThat(sum.blocks()).isEqualTo(20);
      assertThat(rounds.evaluate(parameters())).isEqualTo(tally.evaluation());
      assertThat(rounds.evaluate(parameters()).confusion())
          .isEqualTo(List.of(List.of(40L, 0L), List.of(0L, 40L)));
    }
  }

  @Test
  void onlyTheBlocksThatAreNamedCount() {
    try (Rounds rounds = new LocalRounds(new Formulas(), blocks(), List.of(), 2)) {
      assertThat(rounds.gradient(0, parameters(), List.of(3, 17), null).weight()).isEqualTo(8);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rounds.gradient(0, parameters(), List.of(20), null))
          .withMessageContaining("no training block 20");
    }
  }

  @Test
  void changedParametersAreSeenThoughTheArrayIsTheSame() {
    try (Rounds rounds = new LocalRounds(new Formulas(), blocks(), blocks(), 2)) {
      double[] parameters = parameters();
      double before = rounds.evaluate(parameters).loss();
      parameters[0] = 3;
      assertThat(rounds.evaluate(parameters).loss()).isNotEqualTo(before);
    }
  }

  @Test
  void aFailureOfAWorkerComesOutAsItIs() {
    try (Rounds rounds = new LocalRounds(new Formulas(), blocks(), List.of(), 2)) {
      assertThatExceptionOfType(ArrayIndexOutOfBoundsException.class)
          .isThrownBy(() -> rounds.gradient(0, new double[1], ALL, SCALES));
    }
  }

  @Test
  void noThreadsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LocalRounds(new Formulas(), blocks(), List.of(), 0))
        .withMessageContaining("threads is 0");
  }

  private static double[] gradient(ExactSum sum) {
    double[] gradient = new double[PARAMETERS];
    sum.gradient(gradient);
    return gradient;
  }

  private static double[] parameters() {
    return IntStream.range(0, PARAMETERS).mapToDouble(i -> 1 / (i + 3.7)).toArray();
  }

  private static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      float[] features = {number, 1f / (number + 1), 3, 0.1f};
      blocks.add(
          Block.of(number, 4, 1, new long[] {1, 2, 3, 4}, features, new float[] {0, 1, 0, 1}));
    }
    return blocks;
  }

  private record Formulas() implements BlockWorkerFactory {
    @Override
    public String key() {
      return "formulas";
    }

    @Override
    public BlockWorker create() {
      return new Formula();
    }

    @Override
    public ParameterLayout layout() {
      return new ParameterLayout(
          List.of(new ParameterLayout.View("all", Shape.vector(PARAMETERS), 0)));
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public boolean singlePrecision() {
      return false;
    }
  }

  /** Gradients that round differently when they are added in another order as doubles. */
  private static final class Formula implements BlockWorker {
    private double[] values = {};

    @Override
    public void load(double[] parameters) {
      values = parameters.clone();
    }

    @Override
    public BlockResult gradient(Block block) {
      double[] gradient = new double[PARAMETERS];
      for (int i = 0; i < PARAMETERS; i++) {
        gradient[i] = Math.fma(values[i], block.feature(i % 4, 0), 1.0 / (3 + block.number()));
      }
      return new BlockResult(block.number(), gradient, values[0] / 3, 4, 1, List.of(), 0);
    }

    @Override
    public BlockResult evaluate(Block block, long[][] confusion) {
      for (int row = 0; row < block.rows(); row++) {
        int label = (int) block.label(row);
        confusion[label][label]++;
      }
      double loss = values[0] / (block.number() + 1.3);
      return new BlockResult(block.number(), new double[0], loss, 4, 2, List.of(), 0);
    }
  }
}
