package org.anabranch.train;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/** The steps on which optimisers are held against ND4J's, in numbers that both types have. */
final class Nd4jSteps {
  static final int SIZE = 64;
  static final int STEPS = 100;
  private static final long SEED = 20261124;

  private Nd4jSteps() {}

  /** The number type of ND4J's side; ours is float64 always. */
  enum NumberType {
    DOUBLE(DataType.DOUBLE, 2 * 0x1p-53),
    FLOAT(DataType.FLOAT, 0x1p-24 + 0x1p-53);

    final DataType nd4j;
    private final double rounding;

    NumberType(DataType nd4j, double rounding) {
      this.nd4j = nd4j;
      this.rounding = rounding;
    }

    double exact(double number) {
      return this == FLOAT ? (float) number : number;
    }

    /** Half a unit in the last place of 1, of both sides together. */
    double rounding() {
      return rounding;
    }

    RoundingBound bound() {
      return new RoundingBound(rounding, SIZE);
    }
  }

  static Updates ours(Optimiser optimiser, NumberType type) {
    return new Updates(new ReferenceBackend(), optimiser, start(type));
  }

  static double[] start(NumberType type) {
    return numbers(i -> type.exact(CounterRandom.normal(SEED, Stream.SYNTHETIC, i, 0, 0)));
  }

  /** Normal numbers, of another magnitude for each component: 2⁻⁸ to 2⁷. */
  static double[] gradient(int step, NumberType type) {
    return numbers(
        i -> {
          double normal = CounterRandom.normal(SEED, Stream.SYNTHETIC, i, step, 1);
          return type.exact(Math.scalb(normal, i % 16 - 8));
        });
  }

  static double[] numbers(IntToDoubleFunction number) {
    double[] numbers = new double[SIZE];
    Arrays.setAll(numbers, number);
    return numbers;
  }
}
