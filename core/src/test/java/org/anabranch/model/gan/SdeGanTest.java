package org.anabranch.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.NeuralCdeTile;
import org.anabranch.model.paths.PathSampler;
import org.anabranch.model.paths.PathShape;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.train.Backends;
import org.anabranch.train.Block;
import org.anabranch.train.BlockResult;
import org.anabranch.train.BlockWorker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model around its gradient: what it draws, keeps, refuses and reports. */
class SdeGanTest {
  private static final SdeGan MODEL =
      GanGradientTest.model(2, 1, "reversible-heun", "automatic", 1, false);

  @Test
  void itsFileGivesItBack() {
    assertThat(SdeGan.parse(MODEL.toJson())).isEqualTo(MODEL);
    assertThatThrownBy(() -> SdeGan.parse(MODEL.toJson().replace("sde-gan", "other")))
        .hasMessageContaining("type is 'other', expected 'sde-gan'");
  }

  @Test
  void aPathDependsOnItsNumberAndNotOnHowManyAreDrawn() {
    Backend backend = Backends.named("simd");
    float[] all = drawn(MODEL.sampler(backend, 16), 7, 0, 21);
    float[] some = drawn(MODEL.sampler(backend, 5), 7, 9, 6);
    int size = MODEL.shape().values();
    assertThat(some).containsExactly(Arrays.copyOfRange(all, 9 * size, 15 * size));
    PathSampler again = MODEL.sampler(backend, 5);
    drawn(again, 8, 0, 21);
    assertThat(drawn(again, 7, 9, 6)).containsExactly(some);
    assertThat(drawn(again, 8, 9, 6)).isNotEqualTo(some);
  }

  /** Paths number first to first + count - 1, each with its number as covariate. */
  private static float[] drawn(PathSampler sampler, long seed, int first, int count) {
    sampler.load(MODEL.initial(3));
    float[] covariates = new float[count];
    for (int i = 0; i < count; i++) {
      covariates[i] = (first + i) / 10f;
    }
    float[] values = new float[count * MODEL.shape().values()];
    sampler.sample(seed, first, count, covariates, values);
    return values;
  }

  @Test
  void pathsFollowTheirCovariates() {
    PathSampler sampler = MODEL.sampler(Backends.named("simd"), 4);
    sampler.load(MODEL.initial(3));
    float[] low = new float[MODEL.shape().values()];
    float[] high = low.clone();
    sampler.sample(1, 0, 1, new float[] {-1}, low);
    sampler.sample(1, 0, 1, new float[] {1}, high);
    assertThat(high).isNotEqualTo(low);
  }

  /**
   * With clamped weights the scores of two paths differ by no more than a constant times the sum of
   * the differences of their values: the greatest slope seen is that constant or less. Without them
   * slopes are larger, and have no bound.
   */
  @Test
  void clampedWeightsBoundTheSlopesOfTheScore() {
    SdeGan model = GanGradientTest.model(2, 0, "reversible-heun", "automatic", 1, false);
    double[] clamped = model.initial(5);
    double[] wild = clamped.clone();
    Map<String, Double> limits = model.limits();
    assertThat(limits).hasSize(5);
    for (ParameterLayout.View view : model.layout().views()) {
      if (limits.containsKey(view.name())) {
        double limit = limits.getOrDefault(view.name(), 0.0);
        for (int i = view.offset(); i < view.offset() + view.size(); i++) {
          assertThat(Math.abs(clamped[i])).isLessThanOrEqualTo(limit);
          wild[i] = 20 * clamped[i];
        }
      }
    }
    double bound = greatestSlope(model, clamped, 400);
    assertThat(bound).isLessThanOrEqualTo(2 * model.discriminator().initialScale());
    assertThat(greatestSlope(model, wild, 400)).isGreaterThan(10 * bound);
  }

  private static double greatestSlope(SdeGan model, double[] values, int pairs) {
    Backend backend = Backends.named("simd-float64");
    Parameters parameters = backend.parameters(model.layout());
    Accumulators unused = backend.accumulators(model.layout());
    NeuralCdeTile tile =
        new NeuralCdeTile(
            backend,
            model.reader(),
            model.shape().length(),
            model.grid(),
            StochasticMethod.named(model.method()),
            model.mode(),
            parameters,
            unused,
            2 * pairs);
    parameters.load(values);
    double[] distances = new double[pairs];
    int width = model.shape().width();
    for (int time = 0; time < model.shape().length(); time++) {
      double[] numbers = new double[2 * pairs * width];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = CounterRandom.normal(1, Stream.SYNTHETIC, i, time, 0);
      }
      for (int pair = 0; pair < pairs; pair++) {
        for (int i = 0; i < width; i++) {
          int near = 2 * pair * width + i;
          numbers[near + width] =
              numbers[near] + (pair % 2 == 0 ? 0.01 : 1) * numbers[near + width];
          distances[pair] += Math.abs(numbers[near + width] - numbers[near]);
        }
      }
      tile.value(time).set(numbers);
    }
    tile.forward();
    double[] scores = new double[2 * pairs];
    tile.output().get(scores);
    double greatest = 0;
    for (int pair = 0; pair < pairs; pair++) {
      double slope = Math.abs(scores[2 * pair + 1] - scores[2 * pair]) / distances[pair];
      greatest = Math.max(greatest, slope);
    }
    return greatest;
  }

  @Test
  void aSampleThatLeavesTheNumbersIsToldOfAndTheOthersGiveTheirGradient() {
    SdeGan model = GanGradientTest.model(1, 0, "reversible-heun", "automatic", 1, false);
    BlockWorker worker = model.workers("simd", 5, 1).create();
    worker.load(model.initial(2));
    Block good = GanGradientTest.block(model, 4);
    float[] features = new float[4 * model.shape().features()];
    good.copyFeatures(features);
    features[2 * model.shape().features() + 3] = 3e38f;
    long[] ids = {100, 101, 102, 103};
    Block bad = Block.of(3, 5, model.shape().features(), ids, features, new float[4]);
    BlockResult result = worker.gradient(bad, 6);
    assertThat(result.weight()).isEqualTo(3);
    assertThat(result.failures()).hasSize(1);
    assertThat(result.failures().get(0).id()).isEqualTo(102);
    assertThat(result.failures().get(0).detail()).startsWith("discriminator, on the real path: ");
    assertThat(Arrays.stream(result.gradient()).allMatch(Double::isFinite)).isTrue();
    assertThat(result.loss()).isFinite();
  }

  @ParameterizedTest
  @ValueSource(strings = {"generator.diffusion.1.weight", "discriminator.readout.weight"})
  void aNetworkWithoutNumbersIsNamed(String tensor) {
    SdeGan model = GanGradientTest.model(1, 0, "reversible-heun", "automatic", 1, false);
    BlockWorker worker = model.workers("simd", 5, 1).create();
    double[] values = model.initial(2);
    values[model.layout().view(tensor).offset()] = Double.NaN;
    worker.load(values);
    BlockResult result = worker.gradient(GanGradientTest.block(model, 4), 6);
    assertThat(result.weight()).isZero();
    assertThat(result.failures()).hasSize(4);
    String network = tensor.substring(0, tensor.indexOf('.'));
    assertThat(result.failures())
        .allSatisfy(failure -> assertThat(failure.detail()).startsWith(network));
  }

  /** Scores are numbers here, their derivative along slopes leaves the range of exact steps. */
  @Test
  void aSampleWhoseSlopesCannotBePenalisedFails() {
    SdeGan model =
        GanGradientTest.penalised(
            GanGradientTest.model(1, 0, "reversible-heun", "automatic", 1, false));
    BlockWorker worker = model.workers("simd", 5, 1).create();
    double[] values = model.initial(2);
    worker.load(values);
    assertThat(worker.gradient(GanGradientTest.block(model, 4), 6).failures()).isEmpty();
    ParameterLayout.View readout = model.layout().view("discriminator.readout.weight");
    Arrays.fill(values, readout.offset(), readout.offset() + readout.size(), 1e12);
    worker.load(values);
    BlockResult result = worker.gradient(GanGradientTest.block(model, 4), 6);
    assertThat(result.weight()).isZero();
    assertThat(result.failures()).hasSize(4);
    assertThat(result.failures())
        .allSatisfy(
            failure ->
                assertThat(failure.detail())
                    .startsWith("discriminator, slopes between real and generated path: "));
  }

  @Test
  void aDiscriminatorThatNoLongerSeesThePathIsSaidToBeSaturated() {
    SdeGan model = GanGradientTest.model(1, 0, "reversible-heun", "automatic", 1, false);
    BlockWorker worker = model.workers("simd", 5, 1).create();
    double[] values = model.initial(2);
    ParameterLayout.View readout = model.layout().view("discriminator.readout.weight");
    Arrays.fill(values, readout.offset(), readout.offset() + readout.size(), 0);
    worker.load(values);
    BlockResult result = worker.gradient(GanGradientTest.block(model, 4), 6);
    assertThat(result.weight()).isZero();
    assertThat(result.failures().get(0).detail()).startsWith("discriminator: saturated");
  }

  @Test
  void pathsOfUnequalTimesAreRefused() {
    PathShape uneven = new PathShape(List.of(0.0, 1.0, 3.0), List.of("a", "b"), List.of("u"));
    assertThatThrownBy(
            () ->
                new SdeGan(
                    uneven,
                    MODEL.scales(),
                    ChannelScales.none(1),
                    MODEL.generator(),
                    MODEL.discriminator(),
                    1,
                    "reversible-heun",
                    "automatic",
                    1))
        .hasMessageContaining("time 1 is 1.0, not an equal distance");
  }
}
