package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.anabranch.graph.UnaryFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions of float64 in lanes against those of one number, to the bit. */
class VectorDoubleActivationTest {
  private static final long SEED = 3;
  private static final int COUNT = 1 << 14;

  /** Around every choice that a function makes; 0 is exp(−745.2), of which −0 must not come. */
  private static final double[] CORNERS = {
    0, 1e-310, 1e-20, Math.nextDown(0.625), 0.625, 0.88, 20, 20.1, 36.8, 708.4, 745.1, 745.2, 1e300
  };

  private static double[] numbers() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] x = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      double sign = random.nextBoolean() ? 1 : -1;
      x[i] =
          switch (random.nextInt(4)) {
            case 0 -> sign * CORNERS[random.nextInt(CORNERS.length)];
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> random.nextDouble(-3, 3);
            default -> sign * (i % 2 == 0 ? Double.POSITIVE_INFINITY : Double.NaN);
          };
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource(UnaryFunction.class)
  void aResultHasTheBitsOfOneNumberAlsoInPlaceOfItsOperand(UnaryFunction f) {
    double[] x = numbers();
    double[] expected = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      expected[i] = DoubleActivation.apply(f, x[i]);
    }
    double[] apart = new double[COUNT];
    VectorDoubleActivation.unary(f, COUNT, x, 0, apart, 0);
    VectorDoubleActivation.unary(f, COUNT, x, 0, x, 0);
    assertThat(apart).as("%s, seed %d", f, SEED).isEqualTo(expected);
    assertThat(x).as("%s in place, seed %d", f, SEED).isEqualTo(expected);
  }
}
