package org.anabranch.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathShape;
import org.anabranch.random.CounterRandom;
import org.anabranch.train.Block;
import org.anabranch.train.BlockResult;
import org.anabranch.train.BlockWorker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both networks' gradients, tensor by tensor, against central differences in float64. */
class GanGradientTest {
  private static final int ROWS = 5;

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(model(1, 0, "reversible-heun", "automatic", 1, false)),
        Arguments.of(model(1, 0, "reversible-heun-plain", "reversible", 1, false)),
        Arguments.of(model(2, 0, "midpoint", "checkpointed", 2, false)),
        Arguments.of(model(2, 2, "reversible-heun", "direct", 1, false)),
        Arguments.of(penalised(model(1, 0, "reversible-heun-plain", "reversible", 1, false))),
        Arguments.of(penalised(model(2, 1, "midpoint", "checkpointed", 2, false))),
        Arguments.of(model(1, 1, "heun", "direct", 3, true)));
  }

  static SdeGan model(
      int channels,
      int covariates,
      String method,
      String gradient,
      int perInterval,
      boolean apart) {
    List<String> names = List.of("a", "b", "c").subList(0, channels);
    PathShape shape = PathShape.equal(5, 0.5, names, List.of("u", "v").subList(0, covariates));
    return new SdeGan(
        shape,
        new ChannelScales(
            names.stream().map(name -> 0.2).toList(), names.stream().map(name -> 1.5).toList()),
        ChannelScales.none(covariates),
        new GeneratorSettings(3, 2, 4, List.of(5), 3, 0.5),
        new DiscriminatorSettings(3, List.of(4), 2, apart ? 2 : 1, apart, 0),
        perInterval,
        method,
        gradient,
        0.7);
  }

  static SdeGan penalised(SdeGan model) {
    DiscriminatorSettings d = model.discriminator();
    return new SdeGan(
        model.shape(),
        model.scales(),
        model.covariateScales(),
        model.generator(),
        new DiscriminatorSettings(
            d.state(), d.hidden(), d.initialScale(), d.steps(), d.apart(), 10),
        model.stepsPerInterval(),
        model.method(),
        model.gradient(),
        model.timeScale());
  }

  static Block block(SdeGan model, int rows) {
    int width = model.shape().features();
    float[] features = new float[rows * width];
    long[] ids = new long[rows];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) CounterRandom.normal(5, org.anabranch.random.Stream.SYNTHETIC, 0, 0, i);
    }
    features[1] = Float.NaN;
    for (int row = 0; row < rows; row++) {
      ids[row] = 100L + row;
    }
    return Block.of(3, ROWS, width, ids, features, new float[rows]);
  }

  @ParameterizedTest
  @MethodSource("models")
  void isThatOfDifferences(SdeGan model) {
    long step = model.discriminator().apart() ? 5 : 7;
    BlockWorker worker = model.workers("simd-float64", ROWS, 11).create();
    Block block = block(model, 4);
    double[] at = model.initial(2);
    worker.load(at);
    BlockResult result = worker.gradient(block, step);
    assertThat(result.failures()).isEmpty();
    assertThat(result.weight()).isEqualTo(4);
    double[] gradient = result.gradient().clone();
    // States on the grid are multiples of 2^-30, so that differences must be wide and are rough.
    boolean onGrid = model.method().equals("reversible-heun");
    double delta = onGrid ? 1e-3 : 1e-5;
    double tolerance = onGrid ? 2e-5 : 2e-7;
    for (ParameterLayout.View view : model.layout().views()) {
      boolean generates = SdeGan.isOfGenerator(view.name());
      if (generates && model.discriminator().penalty() > 0) {
        continue; // the penalty, which is in the loss, is not the generator's affair
      }
      for (int i = view.offset(); i < view.offset() + view.size(); i++) {
        double slope = slope(worker, block, at, i, step, delta);
        double expected = generates ? -slope : model.discriminator().apart() ? 0 : slope;
        assertThat(gradient[i])
            .as("%s %d", view.name(), i - view.offset())
            .isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
      }
    }
  }

  private static double slope(
      BlockWorker worker, Block block, double[] at, int i, long step, double delta) {
    double[] moved = at.clone();
    moved[i] = at[i] + delta;
    worker.load(moved);
    double above = worker.gradient(block, step).loss();
    moved[i] = at[i] - delta;
    worker.load(moved);
    return (above - worker.gradient(block, step).loss()) / (2 * delta);
  }

  @Test
  void aStepInWhichTheGeneratorRestsHasNoGradientOfIt() {
    SdeGan model = model(1, 0, "reversible-heun", "automatic", 1, true);
    BlockWorker worker = model.workers("simd-float64", ROWS, 11).create();
    worker.load(model.initial(2));
    Block block = block(model, 4);
    double[] first = worker.gradient(block, 0).gradient().clone();
    double[] last = worker.gradient(block, 2).gradient().clone();
    for (ParameterLayout.View view : model.layout().views()) {
      double ofFirst = largest(first, view);
      double ofLast = largest(last, view);
      if (SdeGan.isOfGenerator(view.name())) {
        assertThat(ofFirst).as(view.name()).isZero();
        assertThat(ofLast).as(view.name()).isPositive();
      } else if (!view.name().endsWith("readout.bias")) { // of which the loss does not depend
        assertThat(ofFirst).as(view.name()).isPositive();
        assertThat(ofLast).as(view.name()).isZero();
      }
    }
  }

  private static double largest(double[] gradient, ParameterLayout.View view) {
    double largest = 0;
    for (int i = view.offset(); i < view.offset() + view.size(); i++) {
      largest = Math.max(largest, Math.abs(gradient[i]));
    }
    return largest;
  }

  @Test
  void theNoiseOfASampleIsThatOfItsStepAndPlace() {
    SdeGan model = model(1, 0, "reversible-heun", "automatic", 1, false);
    BlockWorker one = model.workers("simd", ROWS, 11).create();
    BlockWorker other = model.workers("simd", ROWS, 11).create();
    Block block = block(model, 4);
    one.load(model.initial(2));
    other.load(model.initial(2));
    double[] third = one.gradient(block, 3).gradient().clone();
    assertThat(one.gradient(block, 4).gradient()).isNotEqualTo(third);
    other.gradient(block, 9);
    assertThat(other.gradient(block, 3).gradient()).containsExactly(third);
  }
}
