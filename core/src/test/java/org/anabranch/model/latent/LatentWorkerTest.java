package org.anabranch.model.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.solver.Outcome;
import org.anabranch.train.Block;
import org.anabranch.train.BlockResult;
import org.anabranch.train.BlockWorkerFactory;
import org.anabranch.train.Evaluation;
import org.anabranch.train.ExactSum;
import org.anabranch.train.LocalRounds;
import org.anabranch.train.Rounds;
import org.anabranch.train.Scales;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatentWorkerTest {
  private static final int FEATURES = SmallModel.SHAPE.features();

  private static LatentSde model() {
    return SmallModel.of("euler-maruyama", "automatic");
  }

  private static LatentWorker loaded(LatentSde model) {
    LatentWorker worker = SmallModel.worker(model);
    worker.load(SmallModel.parameters(model));
    return worker;
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler-maruyama", "reversible-heun", "heun"})
  void theDivergenceFromAPriorOfTheSameDriftIsZero(String method) {
    LatentSde model = SmallModel.of(method, "automatic");
    double[] parameters = SmallModel.parameters(model);
    // drifts that see neither state nor context, only that they go on
    SmallModel.fill(model, parameters, "posterior.0.weight", 0);
    SmallModel.fill(model, parameters, "prior.0.weight", 0);
    for (String part : new String[] {".0.bias", ".1", ".2"}) {
      SmallModel.fill(model, parameters, "posterior" + part, 0.3);
      SmallModel.fill(model, parameters, "prior" + part, 0.3);
    }
    LatentWorker worker = SmallModel.worker(model);
    worker.load(parameters);
    worker.gradient(SmallModel.block(0, 4, SmallModel.features(4)), 0);
    assertThat(worker.tile().pathDivergences()).containsOnly(0);
    assertThat(worker.tile().startDivergences()).doesNotContain(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler-maruyama", "reversible-heun"})
  void aConstantGapGivesTheClosedForm(String method) {
    LatentSde model = SmallModel.of(method, "automatic");
    double[] parameters = SmallModel.parameters(model);
    SmallModel.fill(model, parameters, "posterior", 0);
    SmallModel.fill(model, parameters, "prior", 0);
    SmallModel.fill(model, parameters, "posterior.2.bias", 0.7);
    SmallModel.fill(model, parameters, "diffusion", 0);
    SmallModel.fill(model, parameters, "diffusion.1.bias", -1);
    LatentWorker worker = SmallModel.worker(model);
    worker.load(parameters);
    worker.gradient(SmallModel.block(0, 4, SmallModel.features(4)), 0);
    double sigma = 1 / (1 + Math.exp(1));
    double end = (SmallModel.TIMES - 1) * SmallModel.STEP;
    double expected = 3 * 0.7 * 0.7 * end / (2 * sigma * sigma);
    for (double divergence : worker.tile().pathDivergences()) {
      assertThat(divergence).isCloseTo(expected, within(1e-7)); // states lie on a grid
    }
  }

  @Test
  void valuesThatAreMissingAreNoPartOfTheLikelihood() {
    LatentSde model = model();
    double[] parameters = SmallModel.parameters(model);
    SmallModel.fill(model, parameters, "projector", 0);
    float[] features = SmallModel.features(4);
    double expected = 0;
    for (int i = 0; i < SmallModel.SHAPE.values(); i++) {
      if (i % 3 == 1) {
        features[i] = Float.NaN;
      } else {
        double seen = i % 2 == 0 ? (features[i] - 0.2) / 1.5 : (features[i] + 0.1) / 0.8;
        expected += seen * seen / (2 * 0.25) + Math.log(0.5 * Math.sqrt(2 * Math.PI));
      }
    }
    LatentWorker worker = SmallModel.worker(model);
    worker.load(parameters);
    worker.evaluate(SmallModel.block(0, 4, features), new long[0][]);
    assertThat(worker.tile().misfits()[0]).isCloseTo(expected, within(1e-5));
  }

  @Test
  void onlyAMaskedEncoderTellsMissingFromZero() {
    float[] missing = SmallModel.features(4);
    missing[3] = Float.NaN;
    float[] zero = missing.clone();
    zero[3] = -0.1f; // what the scales make 0 of
    for (boolean masked : new boolean[] {true, false}) {
      LatentSde model = SmallModel.of("euler-maruyama", "direct", SmallModel.gru(masked));
      LatentWorker worker = loaded(model);
      worker.evaluate(SmallModel.block(0, 4, missing), new long[0][]);
      double ofMissing = worker.tile().startDivergences()[0];
      worker.evaluate(SmallModel.block(0, 4, zero), new long[0][]);
      double ofZero = worker.tile().startDivergences()[0];
      assertThat(Math.abs(ofMissing - ofZero) > 1e-6).isEqualTo(masked);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler-maruyama", "reversible-heun"})
  void aPathThatLeavesTheNumbersIsTakenOut(String method) {
    LatentWorker worker = loaded(SmallModel.of(method, "automatic"));
    BlockResult result = without(worker, 2);
    assertThat(result.weight()).isEqualTo(3);
    assertThat(result.failures()).hasSize(1);
    assertThat(result.failures().get(0).id()).isEqualTo(102);
    assertThat(result.failures().get(0).outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(result.failures().get(0).detail()).contains("misfit");
    double loss = result.loss();
    double[] gradient = result.gradient().clone();
    BlockResult others = without(worker, 0, 1, 3);
    assertThat(others.weight()).isEqualTo(1);
    double otherLoss = others.loss();
    double[] sum = others.gradient().clone();
    Arrays.setAll(sum, i -> sum[i] + gradient[i]);
    BlockResult all = without(worker);
    assertThat(all.failures()).isEmpty();
    assertThat(all.loss()).isCloseTo(loss + otherLoss, within(1e-7));
    assertThat(all.gradient()).containsExactly(sum, within(1e-6));
  }

  /** A block of four paths, of which some have values that are no numbers, or far too large. */
  private static BlockResult without(LatentWorker worker, int... bad) {
    float[] features = SmallModel.features(4);
    for (int row : bad) {
      features[row * FEATURES + 2] = row == 0 ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
      features[row * FEATURES + FEATURES - 1] = 2;
    }
    return worker.gradient(SmallModel.block(1, 4, features), 3);
  }

  @Test
  void ofABlockOfWhichNothingIsLeftTheGradientIsZero() {
    float[] features = new float[2 * FEATURES];
    Arrays.fill(features, Float.POSITIVE_INFINITY);
    BlockResult result = loaded(model()).gradient(SmallModel.block(0, 2, features), 0);
    assertThat(result.weight()).isZero();
    assertThat(result.failures()).hasSize(2);
    assertThat(result.gradient()).hasSize(model().layout().size()).containsOnly(0);
  }

  @Test
  void rowsThatABlockHasNotDoNotCount() {
    LatentWorker worker = loaded(model());
    float[] features = SmallModel.features(4);
    float[] fewer = Arrays.copyOf(features, 2 * FEATURES);
    double two = worker.gradient(SmallModel.block(0, 2, fewer), 7).loss();
    worker.gradient(SmallModel.block(0, 4, features), 7);
    double sum = 0;
    for (int row = 0; row < 2; row++) {
      sum +=
          worker.tile().misfits()[row]
              + 0.8 * worker.tile().startDivergences()[row]
              + 0.8 * worker.tile().pathDivergences()[row];
    }
    assertThat(two).isCloseTo(sum, within(1e-9));
  }

  @Test
  void noiseIsOfTheStepAndEvaluationsAlwaysTheSame() {
    LatentWorker worker = loaded(model());
    Block block = SmallModel.block(0, 4, SmallModel.features(4));
    double seventh = worker.gradient(block, 7).loss();
    double evaluated = worker.evaluate(block, new long[0][]).loss();
    assertThat(worker.gradient(block, 8).loss()).isNotEqualTo(seventh);
    assertThat(worker.gradient(block, 7).loss()).isEqualTo(seventh);
    assertThat(worker.evaluate(block, new long[0][]).loss()).isEqualTo(evaluated);
  }

  @Test
  void anEvaluationIsOfTheWholeDivergences() {
    LatentWorker worker = loaded(model());
    double loss =
        worker.evaluate(SmallModel.block(0, 4, SmallModel.features(4)), new long[0][]).loss();
    double sum = 0;
    for (int row = 0; row < 4; row++) {
      sum +=
          worker.tile().misfits()[row]
              + worker.tile().startDivergences()[row]
              + worker.tile().pathDivergences()[row];
    }
    assertThat(loss).isCloseTo(sum, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler-maruyama", "reversible-heun"})
  void threadsDoNotShow(String method) {
    LatentSde model = SmallModel.of(method, "automatic");
    List<double[]> gradients = new ArrayList<>();
    List<Evaluation> evaluations = new ArrayList<>();
    for (int threads : new int[] {1, 3}) {
      BlockWorkerFactory workers = model.workers("simd", SmallModel.CAPACITY, 11);
      try (Rounds rounds = new LocalRounds(workers, blocks(), blocks(), threads)) {
        double[] parameters = SmallModel.parameters(model);
        List<Integer> all = IntStream.range(0, 9).boxed().toList();
        ExactSum measured = rounds.gradient(2, parameters, all, null);
        Scales scales = Scales.from(measured.magnitudes());
        double[] gradient = new double[model.layout().size()];
        rounds.gradient(2, parameters, all, scales).gradient(gradient);
        gradients.add(gradient);
        evaluations.add(rounds.evaluate(parameters));
      }
    }
    assertThat(gradients.get(1)).containsExactly(gradients.get(0));
    assertThat(evaluations.get(1)).isEqualTo(evaluations.get(0));
    assertThat(evaluations.get(0).weight()).isEqualTo(36);
  }

  private static List<Block> blocks() {
    float[] all = SmallModel.features(36);
    List<Block> blocks = new ArrayList<>();
    for (int number = 0; number < 9; number++) {
      float[] own = Arrays.copyOfRange(all, 4 * number * FEATURES, 4 * (number + 1) * FEATURES);
      blocks.add(SmallModel.block(number, 4, own));
    }
    return blocks;
  }

  @Test
  void pathsOfAnotherShapeAreRefused() {
    Block block = Block.of(0, 4, 3, new long[] {1}, new float[3], new float[1]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loaded(model()).gradient(block, 0))
        .withMessageContaining("5 times of 2 channels and 1 covariates, 11 numbers");
  }
}
