package org.anabranch.train;

import static java.lang.Math.abs;
import static java.lang.Math.sqrt;
import static org.anabranch.train.Nd4jSteps.SIZE;
import static org.anabranch.train.Nd4jSteps.STEPS;
import static org.anabranch.train.Nd4jSteps.gradient;
import static org.anabranch.train.Nd4jSteps.numbers;
import static org.anabranch.train.Nd4jSteps.ours;
import static org.anabranch.train.Nd4jSteps.start;
import static org.assertj.core.api.Assertions.assertThat;

import org.anabranch.train.Nd4jSteps.NumberType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.AdaDelta;

/** RMSProp, Adadelta and AdaBelief beside ND4J's, after each of 100 steps on the same gradients. */
class Nd4jAdaptiveOptimiserTest {
  @ParameterizedTest
  @EnumSource(NumberType.class)
  void rmsPropIsNd4jsRmsProp(NumberType type) {
    double rate = type.exact(0.01);
    double rho = type.exact(0.95);
    double epsilon = type.exact(1e-8);
    Updates ours = ours(Optimiser.rmsProp(rate, rho, epsilon), type);
    Nd4jUpdater nd4js =
        Nd4jUpdater.of(
            type.nd4j,
            new org.nd4j.linalg.learning.config.RmsProp(rate, rho, epsilon),
            start(type));
    RoundingBound ofV = type.bound();
    RoundingBound ofTheta = type.bound();
    double[] v0 = numbers(i -> epsilon);
    for (int step = 0; step < STEPS; step++) {
      double[] g = gradient(step, type);
      double[] before = v0;
      ours.apply(g);
      nd4js.apply(g);
      double[] v = ours.arrays().get("meanSquare");
      double[] theta = ours.arrays().get("parameters");
      ofV.next(rho, i -> rho * before[i] + 2 * (1 - rho) * g[i] * g[i] + v[i]);
      ofV.assertHolds(nd4js.state("G"), v, step);
      double[] moved = numbers(i -> abs(rate * g[i]) / sqrt(v[i]));
      ofTheta.inherit(i -> moved[i] * ofV.at(i) / v[i] / 2);
      ofTheta.next(1, i -> 4 * moved[i] + abs(theta[i]));
      ofTheta.assertHolds(nd4js.parameters(), theta, step);
      v0 = v;
    }
  }

  /** The average starts from ε and not from 0: where gradients are small, it shows. */
  @Test
  void rmsPropDoesNotStartFromZero() {
    double[] start = {1};
    Updates ours =
        new Updates(
            new org.anabranch.backend.reference.ReferenceBackend(),
            Optimiser.rmsProp(0.1, 0.95, 1e-8),
            start);
    Nd4jUpdater nd4js =
        Nd4jUpdater.of(
            DataType.DOUBLE, new org.nd4j.linalg.learning.config.RmsProp(0.1, 0.95, 1e-8), start);
    ours.apply(new double[] {1e-5});
    nd4js.apply(new double[] {1e-5});
    double fromZero = 1 - 0.1 * 1e-5 / (sqrt(0.05 * 1e-10) + 1e-8);
    double theta = ours.arrays().get("parameters")[0];
    assertThat(nd4js.parameters()[0]).isEqualTo(theta);
    assertThat(abs(fromZero - theta)).isGreaterThan(0.1);
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void adadeltaIsNd4jsAdaDelta(NumberType type) {
    double rho = type.exact(0.95);
    double epsilon = type.exact(1e-6);
    Updates ours = ours(Optimiser.adadelta(1, rho, epsilon), type);
    Nd4jUpdater nd4js = Nd4jUpdater.of(type.nd4j, new AdaDelta(rho, epsilon), start(type));
    RoundingBound ofV = type.bound();
    RoundingBound ofU = type.bound();
    RoundingBound ofTheta = type.bound();
    double[] v0 = new double[SIZE];
    double[] u0 = new double[SIZE];
    for (int step = 0; step < STEPS; step++) {
      double[] g = gradient(step, type);
      double[] v1 = v0;
      double[] u1 = u0;
      ours.apply(g);
      nd4js.apply(g);
      double[] v = ours.arrays().get("meanSquare");
      double[] u = ours.arrays().get("meanSquareStep");
      double[] theta = ours.arrays().get("parameters");
      ofV.next(rho, i -> rho * v1[i] + 2 * (1 - rho) * g[i] * g[i] + v[i]);
      double[] d = numbers(i -> abs(g[i]) * sqrt((u1[i] + epsilon) / (v[i] + epsilon)));
      // a root halves a relative error; six operations make d
      double[] ofD =
          numbers(
              i ->
                  d[i]
                      * (ofU.at(i) / (u1[i] + epsilon) / 2
                          + ofV.at(i) / (v[i] + epsilon) / 2
                          + 6 * type.rounding()));
      ofU.next(rho, i -> rho * u1[i] + 2 * (1 - rho) * d[i] * d[i] + u[i]);
      ofU.inherit(i -> 2 * (1 - rho) * d[i] * ofD[i]);
      ofTheta.inherit(i -> ofD[i]);
      ofTheta.next(1, i -> abs(theta[i]));
      ofV.assertHolds(nd4js.state("msg"), v, step);
      ofU.assertHolds(nd4js.state("msdx"), u, step);
      ofTheta.assertHolds(nd4js.parameters(), theta, step);
      v0 = v;
      u0 = u;
    }
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void adaBeliefIsNd4jsAdaBelief(NumberType type) {
    double rate = type.exact(0.01);
    double keptM = type.exact(0.9);
    double keptS = type.exact(0.999);
    double epsilon = type.exact(1e-14);
    Updates ours = ours(Optimiser.adaBelief(rate, keptM, keptS, epsilon), type);
    Nd4jUpdater nd4js =
        Nd4jUpdater.of(
            type.nd4j,
            new org.nd4j.linalg.learning.config.AdaBelief(rate, keptM, keptS, epsilon),
            start(type));
    RoundingBound ofM = type.bound();
    RoundingBound ofS = type.bound();
    RoundingBound ofTheta = type.bound();
    double[] m0 = new double[SIZE];
    double[] s0 = new double[SIZE];
    for (int step = 0; step < STEPS; step++) {
      double[] g = gradient(step, type);
      double[] m1 = m0;
      double[] s1 = s0;
      ours.apply(g);
      nd4js.apply(g);
      double[] m = ours.arrays().get("firstMoment");
      double[] s = ours.arrays().get("secondMoment");
      double[] theta = ours.arrays().get("parameters");
      double power1 = ours.arrays().get("beta1Power")[0];
      double power2 = ours.arrays().get("beta2Power")[0];
      ofM.next(keptM, i -> keptM * abs(m1[i]) + (1 - keptM) * abs(g[i]) + abs(m[i]));
      ofM.assertHolds(nd4js.state("M"), m, step);
      double[] off = numbers(i -> abs(g[i] - m[i]));
      ofS.next(keptS, i -> keptS * s1[i] + 4 * (1 - keptS) * off[i] * off[i] + 2 * s[i]);
      ofS.inherit(i -> (1 - keptS) * ofM.at(i) * (2 * off[i] + ofM.at(i)));
      ofS.assertHolds(nd4js.state("S"), s, step);
      double corrected = rate * sqrt(1 - power2) / (1 - power1);
      // a power may be off by a whole unit in its last place; the root halves what comes of it
      double ofRate = power2 / (1 - power2) + 2 * power1 / (1 - power1) + 5;
      ofTheta.inherit(i -> corrected * (ofM.at(i) + abs(m[i]) * ofS.at(i) / s[i] / 2) / sqrt(s[i]));
      ofTheta.next(1, i -> (ofRate + 4) * corrected * abs(m[i]) / sqrt(s[i]) + abs(theta[i]));
      ofTheta.assertHolds(nd4js.parameters(), theta, step);
      m0 = m;
      s0 = s;
    }
  }
}
