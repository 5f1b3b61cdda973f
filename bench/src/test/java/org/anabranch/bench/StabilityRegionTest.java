package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anabranch.solver.Method;
import org.anabranch.solver.Tableau;
import org.junit.jupiter.api.Test;

class StabilityRegionTest {
  private static double at(Method method, double re, double im) {
    return new StabilityRegion(method).amplification(new double[] {re}, new double[] {im})[0];
  }

  @Test
  void aStepOfRungeAndKuttaIsTheBeginningOfTheExponentialsSeries() {
    assertThat(at(Method.named("euler"), -2, 0)).isCloseTo(1, within(1e-14));
    assertThat(at(Method.named("euler"), -1, 1)).isCloseTo(1, within(1e-14));
    // 1 + z + z²/2 + z³/6 + z⁴/24 at 2i is −1/3 + 2i/3.
    assertThat(at(Method.rk4(), 0, 2)).isCloseTo(Math.sqrt(5) / 3, within(1e-14));
    // Published ends of the real interval of stability: of order 3 and three stages, of order 4.
    assertThat(at(Method.named("bosh3"), -2.5127453266, 0)).isCloseTo(1, within(1e-8));
    assertThat(at(Method.rk4(), -2.7852935634, 0)).isCloseTo(1, within(1e-8));
  }

  @Test
  void rodasIsStableOnTheWholeLeftHalfPlane() {
    for (double re : new double[] {-1e-3, -1, -100, -1e6}) {
      for (double im : new double[] {0, 1, 100, 1e4}) {
        assertThat(at(Method.rodas4(), re, im)).isLessThan(1);
      }
    }
    assertThat(at(Method.rodas4(), -1e6, 0)).isLessThan(1e-4);
  }

  @Test
  void theUndampedLeapfrogIsStableOnTheImaginaryAxisAlone() {
    assertThat(at(Method.alf(1), 0, 0.9)).isCloseTo(1, within(1e-12));
    assertThat(at(Method.alf(1), 0, 1.1)).isGreaterThan(1.1);
    assertThat(at(Method.alf(1), -0.1, 0)).isGreaterThan(1.05);
    assertThat(at(Method.alf(0.9), -0.1, 0)).isLessThan(1);
  }

  @Test
  void aCouplingIsStableWhereSolutionsDecayMoreSlowlyThanIt() {
    Method method = Method.reversible(Tableau.named("dopri5"), 0.9);
    assertThat(at(method, 0.99 * Math.log(0.9), 0.3)).isLessThan(1);
    assertThat(at(method, 1.01 * Math.log(0.9), 0.3)).isGreaterThan(1);
  }
}
