package org.anabranch.model.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.anabranch.model.paths.PathSampler;
import org.anabranch.random.KolmogorovSmirnov;
import org.anabranch.train.Backends;
import org.junit.jupiter.api.Test;

class LatentSamplerTest {
  private static final int VALUES = SmallModel.SHAPE.values();

  private static PathSampler sampler(LatentSde model, double[] parameters, int rows) {
    PathSampler sampler = model.sampler(Backends.named("simd"), rows);
    sampler.load(parameters);
    return sampler;
  }

  private static float[] draw(PathSampler sampler, long seed, long first, int count) {
    float[] covariates = new float[count];
    for (int i = 0; i < count; i++) {
      covariates[i] = (first + i) % 3;
    }
    float[] paths = new float[count * VALUES];
    sampler.sample(seed, first, count, covariates, paths);
    return paths;
  }

  @Test
  void pathsDependOnTheirNumberAlone() {
    LatentSde model = SmallModel.of("reversible-heun", "automatic");
    double[] parameters = SmallModel.parameters(model);
    float[] all = draw(sampler(model, parameters, 8), 5, 0, 20);
    PathSampler other = sampler(model, parameters, 3);
    float[] some = draw(other, 5, 6, 7);
    assertThat(some).containsExactly(Arrays.copyOfRange(all, 6 * VALUES, 13 * VALUES));
    assertThat(draw(other, 6, 6, 7)).isNotEqualTo(some);
    assertThat(draw(other, 5, 6, 7)).containsExactly(some);
  }

  @Test
  void withoutDriftThePriorIsBrownianMotionFromANormalStart() {
    LatentSde model = SmallModel.of("euler-maruyama", "automatic");
    double[] parameters = SmallModel.parameters(model);
    SmallModel.fill(model, parameters, "prior", 0);
    SmallModel.fill(model, parameters, "prior.start.bias", 0.3);
    SmallModel.fill(model, parameters, "diffusion", 0);
    SmallModel.fill(model, parameters, "projector.weight", 2);
    SmallModel.fill(model, parameters, "projector.bias", 1);
    int count = 2000;
    float[] paths = draw(sampler(model, parameters, 64), 3, 0, count);
    // three components with mean and log-deviation 0.3, each a motion of deviation 1/2
    for (int time : new int[] {0, SmallModel.TIMES - 1}) {
      double variance = 12 * (Math.exp(0.6) + time * SmallModel.STEP / 4);
      double[] standard = new double[count];
      for (int i = 0; i < count; i++) {
        double seen = (paths[i * VALUES + 2 * time + 1] + 0.1) / 0.8;
        standard[i] = (seen - 1 - 6 * 0.3) / Math.sqrt(variance);
      }
      assertThat(KolmogorovSmirnov.statistic(standard, KolmogorovSmirnov::normal))
          .isLessThan(KolmogorovSmirnov.ONE_IN_A_HUNDRED);
    }
  }

  @Test
  void covariatesMoveThePrior() {
    LatentSde model = SmallModel.of("euler-maruyama", "automatic");
    PathSampler sampler = sampler(model, SmallModel.parameters(model), 2);
    float[] zero = new float[VALUES];
    float[] one = new float[VALUES];
    sampler.sample(1, 0, 1, new float[] {0}, zero);
    sampler.sample(1, 0, 1, new float[] {1}, one);
    assertThat((double) Math.abs(zero[0] - one[0])).isGreaterThan(1e-3);
    assertThat((double) zero[0]).isCloseTo(one[0], within(3.0));
  }
}
