package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Errors against StrictMath in float64, in units of the last place of the exact result. Bounds are
 * what was measured, rounded up. {@link VectorBitsTest} carries them over to the lanes.
 */
class BoxMullerTest {
  /** Between neighbouring words: prime, so that no pattern is hit. */
  private static final int SPARSE = 1009;

  private static final int[] CORNERS = {
    0,
    1,
    2,
    -1,
    -2,
    -3,
    0x7fffffff,
    0x80000000,
    0xffff,
    0x10000,
    0xb504f333,
    0xb504f334,
    0x1fffffff,
    0x20000000,
    0x5fffffff,
    0x60000000,
    0x9fffffff,
    0xa0000000,
    0xdfffffff,
    0xe0000000,
    0x3fffffff,
    0x40000000,
    0xbfffffff,
    0xc0000000
  };

  private interface OfWord {
    float apply(int word);
  }

  @Test
  void radiusIsExactToTwoUnits() {
    assertThat(worst(BoxMuller::radius, u -> StrictMath.sqrt(-2 * logarithm(u)))).isLessThan(1.8);
  }

  @Test
  void cosineAndSineAreExactToThreeUnits() {
    assertThat(worst(BoxMuller::cosine, BoxMullerTest::exactCosine)).isLessThan(2.7);
    assertThat(worst(BoxMuller::sine, BoxMullerTest::exactSine)).isLessThan(2.7);
  }

  /** From the distance to 1, where that is the smaller one and exact. */
  private static double logarithm(double u) {
    return u < 0.5 ? StrictMath.log(u) : StrictMath.log1p(u - 1);
  }

  /** Near the zeros of the cosine from the distance to them, which is exact. */
  private static double exactCosine(double u) {
    double fromHalf = Math.abs(u - 0.5); // cos 2πu = −cos 2π(u − ½) = sin 2π(|u − ½| − ¼)
    return StrictMath.sin(2 * Math.PI * (fromHalf - 0.25));
  }

  private static double exactSine(double u) {
    double near = u < 0.25 ? u : u < 0.75 ? 0.5 - u : u - 1;
    return StrictMath.sin(2 * Math.PI * near);
  }

  private static double worst(OfWord f, DoubleUnaryOperator exact) {
    double worst = 0;
    for (long word = 0; word < 1L << 32; word += SPARSE) {
      worst = larger(worst, error(f, exact, (int) word));
    }
    for (int word : CORNERS) {
      worst = larger(worst, error(f, exact, word));
    }
    return worst;
  }

  /** NaN is the worst. */
  private static double larger(double worst, double error) {
    return error <= worst ? worst : error;
  }

  private static double error(OfWord f, DoubleUnaryOperator exact, int word) {
    double expected = exact.applyAsDouble(uniform(word));
    return Math.abs(f.apply(word) - expected) / Math.ulp((float) expected);
  }

  private static double uniform(int word) {
    return (Integer.toUnsignedLong(word) + 0.5) * 0x1p-32;
  }

  @Test
  void normalNumbersAreWithinSevenTenMillionthsOfFloat64() {
    double worst = 0;
    for (long i = 0; i < 1L << 32; i += SPARSE) {
      int first = (int) i;
      int second = Integer.reverse(first * 0x9e3779b9);
      double radius = StrictMath.sqrt(-2 * logarithm(uniform(first)));
      double cosine = radius * exactCosine(uniform(second));
      double sine = radius * exactSine(uniform(second));
      float near = BoxMuller.radius(first);
      worst = larger(worst, Math.abs(BoxMuller.cosine(second) * near - cosine));
      worst = larger(worst, Math.abs(BoxMuller.sine(second) * near - sine));
    }
    assertThat(worst).isLessThan(7e-7);
  }

  @Test
  void radiiReachFarEnoughAndNeverNought() {
    assertThat(BoxMuller.radius(0)).isEqualTo(6.7637f, within(1e-4f)); // sqrt(66 ln 2)
    assertThat(BoxMuller.radius(-1)).isEqualTo(0x1p-16f); // sqrt(2 · 2⁻³³)
  }

  @Test
  void aNumberOccursExactlyAsOftenAsItsNegative() {
    long differing = 0;
    for (long i = 0; i < 1L << 32; i += SPARSE) {
      int word = (int) i; // u₂ becomes 1 − u₂, then u₂ ± ½
      differing += BoxMuller.sine(~word) == -BoxMuller.sine(word) ? 0 : 1;
      differing += BoxMuller.cosine(word ^ 0x80000000) == -BoxMuller.cosine(word) ? 0 : 1;
    }
    assertThat(differing).isZero();
  }
}
