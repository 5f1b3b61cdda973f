package org.anabranch.train;

import static java.lang.Math.abs;
import static org.anabranch.train.Nd4jSteps.SIZE;
import static org.anabranch.train.Nd4jSteps.STEPS;
import static org.anabranch.train.Nd4jSteps.gradient;
import static org.anabranch.train.Nd4jSteps.numbers;
import static org.anabranch.train.Nd4jSteps.ours;
import static org.anabranch.train.Nd4jSteps.start;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.anabranch.train.Nd4jSteps.NumberType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * The optimisers beside ND4J's, after each of 100 steps on the same gradients. Ours are float64
 * always; ND4J's run in double and in float, on numbers that both types have.
 */
class Nd4jOptimiserTest {
  @ParameterizedTest
  @EnumSource(NumberType.class)
  void plainDescentIsNd4jsSgd(NumberType type) {
    double rate = type.exact(0.05);
    Updates ours = ours(Optimiser.sgd(rate, 0), type);
    Nd4jUpdater nd4js = Nd4jUpdater.of(type.nd4j, new Sgd(rate), start(type));
    RoundingBound bound = type.bound();
    for (int step = 0; step < STEPS; step++) {
      double[] g = gradient(step, type);
      ours.apply(g);
      nd4js.apply(g);
      double[] theta = ours.arrays().get("parameters");
      bound.next(1, i -> abs(rate * g[i]) + abs(theta[i]));
      bound.assertHolds(nd4js.parameters(), theta, step);
    }
  }

  /** v = −ηb, and ND4J's point lies μv ahead of ours, whatever the gradients. */
  @ParameterizedTest
  @EnumSource(NumberType.class)
  void momentumIsNd4jsNesterovsWithoutTheLookAhead(NumberType type) {
    double rate = type.exact(0.05);
    double mu = type.exact(0.9);
    Updates ours = ours(Optimiser.sgd(rate, mu), type);
    Nd4jUpdater nd4js = Nd4jUpdater.of(type.nd4j, new Nesterovs(rate, mu), start(type));
    RoundingBound ofV = type.bound();
    RoundingBound bound = type.bound();
    double[] v0 = new double[SIZE];
    for (int step = 0; step < STEPS; step++) {
      double[] g = gradient(step, type);
      double[] before = v0;
      ours.apply(g);
      nd4js.apply(g);
      double[] b = ours.arrays().get("momentum");
      double[] v = numbers(i -> -rate * b[i]);
      double[] ahead = nd4js.parameters();
      double[] nd4jV = nd4js.state("V");
      bound.inherit(i -> mu * ofV.at(i));
      ofV.next(mu, i -> mu * abs(before[i]) + abs(rate * g[i]) + abs(v[i]));
      ofV.assertHolds(nd4jV, v, step);
      // θ + (1+μ)v' − μv: coefficient, product and difference are rounded, then the sum with θ
      bound.inherit(i -> (1 + mu) * ofV.at(i));
      bound.next(1, i -> 3 * ((1 + mu) * abs(v[i]) + mu * abs(before[i])) + abs(ahead[i]));
      RoundingBound.assertHolds(
          numbers(i -> ahead[i] - mu * nd4jV[i]),
          ours.arrays().get("parameters"),
          i -> bound.at(i) + mu * ofV.at(i),
          step);
      v0 = v;
    }
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void nesterovIsNd4jsNesterovs(NumberType type) {
    double rate = type.exact(0.05);
    double mu = type.exact(0.9);
    Updates ours = ours(Optimiser.nesterov(rate, mu), type);
    Nd4jUpdater nd4js = Nd4jUpdater.of(type.nd4j, new Nesterovs(rate, mu), start(type));
    RoundingBound ofV = type.bound();
    RoundingBound bound = type.bound();
    double[] v0 = new double[SIZE];
    for (int step = 0; step < STEPS; step++) {
      double[] g = gradient(step, type);
      double[] before = v0;
      ours.apply(g);
      nd4js.apply(g);
      double[] v = ours.arrays().get("velocity");
      double[] theta = ours.arrays().get("parameters");
      bound.inherit(i -> mu * ofV.at(i));
      ofV.next(mu, i -> mu * abs(before[i]) + abs(rate * g[i]) + abs(v[i]));
      ofV.assertHolds(nd4js.state("V"), v, step);
      bound.inherit(i -> (1 + mu) * ofV.at(i));
      bound.next(1, i -> 3 * ((1 + mu) * abs(v[i]) + mu * abs(before[i])) + abs(theta[i]));
      bound.assertHolds(nd4js.parameters(), theta, step);
      v0 = v;
    }
  }

  @Test
  void momentumIsNotNd4jsNesterovsItself() {
    Updates ours = ours(Optimiser.sgd(0.05, 0.9), NumberType.DOUBLE);
    Nesterovs rule = new Nesterovs(0.05, 0.9);
    Nd4jUpdater nd4js = Nd4jUpdater.of(DataType.DOUBLE, rule, start(NumberType.DOUBLE));
    double[] g = gradient(0, NumberType.DOUBLE);
    ours.apply(g);
    nd4js.apply(g);
    double[] theta = ours.arrays().get("parameters");
    double[] ahead = nd4js.parameters();
    for (int i = 0; i < SIZE; i++) {
      assertThat(abs(ahead[i] - theta[i])).isGreaterThan(0.8 * 0.05 * abs(g[i]));
    }
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void adamIsNd4jsAdam(NumberType type) {
    Adam adam = new Adam(type.exact(0.01), type.exact(0.9), type.exact(0.999), type.exact(1e-8));
    Updates ours = ours(adam, type);
    Nd4jUpdater nd4js = nd4jsAdam(type, adam.learningRate(), adam.epsilon());
    AdamBounds bounds = new AdamBounds(adam, type);
    for (int step = 0; step < STEPS; step++) {
      double[] g = gradient(step, type);
      ours.apply(g);
      nd4js.apply(g);
      bounds.next(g, ours.arrays());
      bounds.ofM.assertHolds(nd4js.state("M"), ours.arrays().get("firstMoment"), step);
      bounds.ofV.assertHolds(nd4js.state("V"), ours.arrays().get("secondMoment"), step);
      bounds.ofTheta.assertHolds(nd4js.parameters(), ours.arrays().get("parameters"), step);
    }
  }

  /** The bounds would not pass another rule: a learning rate that is 0.1 % off is seen. */
  @ParameterizedTest
  @EnumSource(NumberType.class)
  void adamIsNotNd4jsAdamWithANearbyLearningRate(NumberType type) {
    Adam adam = new Adam(type.exact(0.01), type.exact(0.9), type.exact(0.999), type.exact(1e-8));
    Updates ours = ours(adam, type);
    Nd4jUpdater nd4js = nd4jsAdam(type, 1.001 * adam.learningRate(), adam.epsilon());
    AdamBounds bounds = new AdamBounds(adam, type);
    for (int step = 0; step < STEPS; step++) {
      double[] g = gradient(step, type);
      ours.apply(g);
      nd4js.apply(g);
      bounds.next(g, ours.arrays());
    }
    double[] theta = ours.arrays().get("parameters");
    double[] nd4jTheta = nd4js.parameters();
    long seen = 0;
    for (int i = 0; i < SIZE; i++) {
      seen += abs(nd4jTheta[i] - theta[i]) > bounds.ofTheta.at(i) ? 1 : 0;
    }
    assertThat(seen).isGreaterThan(SIZE / 2);
  }

  /** Decay is decoupled: the moments are those of Adam alone. */
  @ParameterizedTest
  @EnumSource(NumberType.class)
  void adamWIsNd4jsAdamWithWeightDecayAfterIt(NumberType type) {
    Adam adam = new Adam(type.exact(0.01), type.exact(0.9), type.exact(0.999), type.exact(1e-8));
    double decay = type.exact(0.1);
    Updates ours = ours(adam.withWeightDecay(decay), type);
    Nd4jUpdater nd4js =
        nd4jsAdam(type, adam.learningRate(), adam.epsilon())
            .regularised(new WeightDecay(decay, true), adam.learningRate());
    AdamBounds bounds = new AdamBounds(adam, type);
    double share = adam.learningRate() * decay;
    double[] theta0 = start(type);
    for (int step = 0; step < STEPS; step++) {
      double[] g = gradient(step, type);
      double[] before = theta0;
      ours.apply(g);
      nd4js.apply(g);
      bounds.ofTheta.next(1 - share, i -> 4 * share * abs(before[i]) + abs(before[i]));
      bounds.next(g, ours.arrays());
      theta0 = ours.arrays().get("parameters");
      bounds.ofM.assertHolds(nd4js.state("M"), ours.arrays().get("firstMoment"), step);
      bounds.ofV.assertHolds(nd4js.state("V"), ours.arrays().get("secondMoment"), step);
      bounds.ofTheta.assertHolds(nd4js.parameters(), theta0, step);
    }
  }

  /** Other tests of this virtual machine compare bits; a native library could change its mode. */
  @Test
  void loadingNd4jDoesNotFlushSubnormalsToZero() {
    double[] start = {Double.MIN_NORMAL};
    Nd4jUpdater unused = Nd4jUpdater.of(DataType.DOUBLE, new Sgd(0.1), start);
    assertThat(start[0] / 2).isEqualTo(0x0.8p-1022).isPositive();
  }

  private static Nd4jUpdater nd4jsAdam(NumberType type, double rate, double epsilon) {
    return Nd4jUpdater.of(
        type.nd4j,
        new org.nd4j.linalg.learning.config.Adam(rate, type.exact(0.9), type.exact(0.999), epsilon),
        start(type));
  }

  /** The three recurrences of Adam, and what the rounded powers of β do to the learning rate. */
  private static final class AdamBounds {
    private final Adam adam;
    private final RoundingBound ofM;
    private final RoundingBound ofV;
    private final RoundingBound ofTheta;
    private double[] m = new double[SIZE];
    private double[] v = new double[SIZE];

    AdamBounds(Adam adam, NumberType type) {
      this.adam = adam;
      ofM = type.bound();
      ofV = type.bound();
      ofTheta = type.bound();
    }

    void next(double[] g, Map<String, double[]> after) {
      double[] m1 = after.get("firstMoment");
      double[] v1 = after.get("secondMoment");
      double[] theta = after.get("parameters");
      double power1 = after.get("beta1Power")[0];
      double power2 = after.get("beta2Power")[0];
      double keptM = adam.beta1();
      double keptV = adam.beta2();
      ofM.next(keptM, i -> keptM * abs(m[i]) + (1 - keptM) * abs(g[i]) + abs(m1[i]));
      ofV.next(keptV, i -> keptV * v[i] + 2 * (1 - keptV) * g[i] * g[i] + v1[i]);
      double rate = adam.learningRate() * Math.sqrt(1 - power2) / (1 - power1);
      // a power may be off by a whole unit in its last place; the root halves what comes of it
      double ofRate = power2 / (1 - power2) + 2 * power1 / (1 - power1) + 5;
      ofTheta.inherit(
          i -> rate * (ofM.at(i) + abs(m1[i]) * ofV.at(i) / v1[i] / 2) / Math.sqrt(v1[i]));
      ofTheta.next(1, i -> (ofRate + 4) * rate * abs(m1[i]) / Math.sqrt(v1[i]) + abs(theta[i]));
      m = m1;
      v = v1;
    }
  }
}
