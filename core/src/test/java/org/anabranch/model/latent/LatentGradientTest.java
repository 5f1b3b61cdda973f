package org.anabranch.model.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradient of the bound by every number, against central differences in float64. */
class LatentGradientTest {
  /** Whose noise and weights an evaluation has where there is no ramp. */
  private static final long EVALUATION = -1;

  private static Block block() {
    float[] features = SmallModel.features(3);
    features[1] = Float.NaN;
    features[2 * SmallModel.SHAPE.features() - 2] = Float.NaN;
    return SmallModel.block(2, 3, features);
  }

  private static double[] gradient(LatentSde model) {
    LatentWorker worker = SmallModel.worker(model);
    worker.load(SmallModel.parameters(model));
    return worker.gradient(block(), EVALUATION).gradient().clone();
  }

  /** Up to a tolerance relative to the largest number of a tensor's gradient, or to 1. */
  private static void check(LatentSde model, double shift, double tolerance) {
    double[] gradient = gradient(model);
    LatentWorker worker = SmallModel.worker(model);
    double[] parameters = SmallModel.parameters(model);
    for (ParameterLayout.View view : model.layout().views()) {
      double largest = 1;
      for (int i = view.offset(); i < view.offset() + view.size(); i++) {
        largest = Math.max(largest, Math.abs(gradient[i]));
      }
      for (int i = view.offset(); i < view.offset() + view.size(); i++) {
        assertThat(gradient[i])
            .as("%s, %d", view.name(), i - view.offset())
            .isCloseTo(slope(worker, parameters, i, shift), within(tolerance * largest));
      }
    }
  }

  private static double slope(LatentWorker worker, double[] parameters, int i, double shift) {
    double[] shifted = parameters.clone();
    shifted[i] = parameters[i] + shift;
    worker.load(shifted);
    double above = worker.evaluate(block(), new long[0][]).loss();
    shifted[i] = parameters[i] - shift;
    worker.load(shifted);
    double below = worker.evaluate(block(), new long[0][]).loss();
    return (above - below) / (2 * shift);
  }

  @ParameterizedTest
  @CsvSource({
    "euler-maruyama, direct, true, 1e-5, 2e-7",
    "euler-maruyama, direct, false, 1e-5, 2e-7",
    "reversible-heun-plain, direct, true, 1e-5, 2e-7",
    "reversible-heun, reversible, true, 1e-3, 3e-5" // whose states lie on a grid
  })
  void isThatOfTheLoss(
      String method, String gradient, boolean masked, double shift, double tolerance) {
    check(SmallModel.whole(method, gradient, SmallModel.gru(masked)), shift, tolerance);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isThatOfTheLossWithAControlledEquationAsEncoder(boolean masked) {
    check(SmallModel.whole("euler-maruyama", "direct", SmallModel.cde(masked)), 1e-5, 2e-7);
  }

  @ParameterizedTest
  @CsvSource({
    "euler-maruyama, direct, euler-maruyama, checkpointed, 1e-12",
    "euler-maruyama, direct, euler-maruyama, automatic, 0",
    "reversible-heun, reversible, reversible-heun, automatic, 0",
    "reversible-heun, reversible, reversible-heun, direct, 1e-12"
  })
  void isTheSameInAnotherMode(
      String method, String gradient, String otherMethod, String other, double tolerance) {
    double[] one = gradient(SmallModel.whole(method, gradient, SmallModel.gru(true)));
    double[] two = gradient(SmallModel.whole(otherMethod, other, SmallModel.gru(true)));
    assertThat(two).containsExactly(one, within(tolerance * norm(one)));
  }

  private static double norm(double[] numbers) {
    double largest = 0;
    for (double number : numbers) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }

  @Test
  void theRampWeighsTheDivergencesByTheStep() {
    LatentSde model = SmallModel.of("euler-maruyama", "direct");
    LatentWorker worker = SmallModel.worker(model);
    worker.load(SmallModel.parameters(model));
    Block block = block();
    // A ramp from a quarter of 0.8, linear over 4 steps
    double[] weights = {0.8 * 0.4375, 0.8 * 0.625, 0.8 * 0.8125, 0.8, 0.8};
    for (int step = 0; step < weights.length; step++) {
      double loss = worker.gradient(block, step).loss();
      double misfit = 0;
      double divergence = 0;
      for (int row = 0; row < block.rows(); row++) {
        misfit += worker.tile().misfits()[row];
        divergence += worker.tile().pathDivergences()[row] + worker.tile().startDivergences()[row];
      }
      assertThat(loss).isCloseTo(misfit + weights[step] * divergence, within(1e-9));
    }
  }
}
