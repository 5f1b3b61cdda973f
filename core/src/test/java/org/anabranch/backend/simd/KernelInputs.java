package org.anabranch.backend.simd;

import java.util.SplittableRandom;

/** Fixed pseudo-random numbers, with or without the values on which arithmetic has corners. */
final class KernelInputs {
  private static final float[] CORNERS = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    0x1p-127f,
    -0x1.8p-130f,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Activation.EXP_HIGHEST,
    Math.nextUp(Activation.EXP_HIGHEST),
    Activation.EXP_LOWEST,
    Math.nextDown(Activation.EXP_LOWEST),
    128f,
    -104f,
    0.5f,
    7.9988f,
    1e-20f,
    16777216f
  };

  private static final double[] WIDE_CORNERS = {
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -0x1.8p-1040,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    DoubleActivation.EXP_HIGHEST,
    Math.nextUp(DoubleActivation.EXP_HIGHEST),
    DoubleActivation.EXP_LOWEST,
    Math.nextDown(DoubleActivation.EXP_LOWEST),
    -720,
    0.625,
    Math.nextDown(0.625),
    20,
    -0.8813735870195429, // softplus changes its formula here
    0x1p53
  };

  private final SplittableRandom random;

  KernelInputs(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Magnitudes around 1, both signs. */
  float[] floats(int count) {
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) (random.nextDouble(-2, 2) * (1 + random.nextInt(4)));
    }
    return x;
  }

  /** One number in four a corner, one in four any bits at all. */
  float[] corners(int count) {
    float[] x = floats(count);
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(4)) {
        case 0 -> x[i] = CORNERS[random.nextInt(CORNERS.length)];
        case 1 -> x[i] = Float.intBitsToFloat(random.nextInt());
        default -> {}
      }
    }
    return x;
  }

  /** As {@link #floats}, with all 53 bits in use. */
  double[] doubles(int count) {
    double[] x = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = random.nextDouble(-2, 2) * (1 + random.nextInt(4));
    }
    return x;
  }

  double[] wideCorners(int count) {
    double[] x = widened(corners(count));
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(4)) {
        case 0 -> x[i] = Double.longBitsToDouble(random.nextLong());
        case 1 -> x[i] = random.nextDouble(-2, 2);
        case 2 -> x[i] = WIDE_CORNERS[random.nextInt(WIDE_CORNERS.length)];
        default -> {}
      }
    }
    return x;
  }

  /** 0, −0, 1, NaN and others, so that both sides of a selection occur. */
  float[] mask(int count) {
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = random.nextBoolean() ? CORNERS[random.nextInt(2)] : CORNERS[random.nextInt(5)];
    }
    return x;
  }

  static double[] widened(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }
}
