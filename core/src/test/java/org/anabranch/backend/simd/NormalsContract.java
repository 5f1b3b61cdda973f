package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.anabranch.random.Threefry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Kernels#normals} draws, against Threefry and Box-Muller in float64. */
abstract class NormalsContract {
  private static final int ROWS = 67;
  private static final int COMPONENTS = 130;
  private static final long SEED = 0x0123456789abcdefL;
  private static final int STREAM = 5;
  private static final int STEP = -3;

  private final NormalScratch scratch = new NormalScratch();

  abstract Kernels kernels();

  /** Of both signs, with all 64 bits in use. */
  private static long[] samples(int count) {
    long[] samples = new long[count];
    for (int i = 0; i < count; i++) {
      samples[i] = i * 0x9e3779b97f4a7c15L;
    }
    return samples;
  }

  private float[] draw(int step, int components, long... samples) {
    return drawWith(SEED, STREAM, step, components, samples);
  }

  private float[] drawWith(long seed, int stream, int step, int components, long... samples) {
    float[] out = new float[samples.length * Kernels.stride(components)];
    int rows = samples.length;
    kernels()
        .normals(
            seed,
            stream,
            step,
            rows,
            components,
            Kernels.stride(components),
            samples,
            0,
            scratch,
            out,
            0);
    return out;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16, 64, COMPONENTS})
  void numbersFollowThreefryAndBoxMullerInFloat64(int components) {
    long[] samples = samples(ROWS);
    float[] drawn = draw(STEP, components, samples);
    for (int row = 0; row < ROWS; row++) {
      for (int c = 0; c < components; c++) {
        assertThat((double) drawn[row * Kernels.stride(components) + c])
            .isCloseTo(expected(samples[row], c), within(7e-7));
      }
    }
  }

  private static double expected(long sample, int component) {
    Threefry words =
        Threefry.of(
            (int) SEED,
            (int) (SEED >>> 32),
            STREAM,
            1,
            (int) sample,
            (int) (sample >>> 32),
            STEP,
            component / 4);
    boolean firstPair = component % 4 < 2;
    double radius = Math.sqrt(-2 * Math.log(uniform(firstPair ? words.x0() : words.x2())));
    double angle = 2 * Math.PI * uniform(firstPair ? words.x1() : words.x3());
    return radius * (component % 2 == 0 ? Math.cos(angle) : Math.sin(angle));
  }

  private static double uniform(int word) {
    return (Integer.toUnsignedLong(word) + 0.5) / 0x1p32;
  }

  /** From a second implementation, written from the papers in Python, in float64. */
  @Test
  void numbersAreThoseOfASecondImplementation() {
    float[] drawn = drawWith(42, 5, 3, 6, 7);
    double[] expected = {
      0.8931994032248373,
      1.3845965756507512,
      -0.47648356948669124,
      -1.6039281596648194,
      -0.5666028108822446,
      -0.061450747709273786
    };
    for (int c = 0; c < expected.length; c++) {
      assertThat((double) drawn[c]).isCloseTo(expected[c], within(7e-7));
    }
    float[] other = drawWith(-1, 2, -3, 130, -2);
    assertThat((double) other[0]).isCloseTo(-0.5728851251938116, within(7e-7));
    assertThat((double) other[129]).isCloseTo(0.021745839976511402, within(7e-7));
    float[] last = drawWith(SEED, 8, Integer.MAX_VALUE, 65, 0x7edcba9876543210L);
    assertThat((double) last[3]).isCloseTo(1.384940901129238, within(7e-7));
    assertThat((double) last[64]).isCloseTo(2.142509101574244, within(7e-7));
  }

  /** All 67 · 130 sizes, of which each must be a corner of the largest. */
  @Test
  void numbersOfRowsAndOfComponentsDoNotChangeABit() {
    long[] samples = samples(ROWS);
    float[] all = draw(STEP, COMPONENTS, samples);
    int wide = Kernels.stride(COMPONENTS);
    for (int components = 1; components <= COMPONENTS; components++) {
      int stride = Kernels.stride(components);
      for (int rows = 1; rows <= ROWS; rows++) {
        float[] drawn = draw(STEP, components, Arrays.copyOf(samples, rows));
        for (int row = 0; row < rows; row++) {
          int from = row * stride;
          int to = from + components;
          if (!Arrays.equals(drawn, from, to, all, row * wide, row * wide + components)) {
            throw new AssertionError(
                "row %d of %d rows of %d components differs".formatted(row, rows, components));
          }
        }
      }
    }
  }

  @Test
  void theOrderOfRowsDoesNotChangeABit() {
    long[] samples = samples(ROWS);
    float[] ascending = draw(STEP, 10, samples);
    long[] reversed = new long[ROWS];
    for (int row = 0; row < ROWS; row++) {
      reversed[row] = samples[ROWS - 1 - row];
    }
    float[] descending = draw(STEP, 10, reversed);
    for (int row = 0; row < ROWS; row++) {
      int back = ROWS - 1 - row;
      assertThat(Arrays.copyOfRange(descending, 16 * back, 16 * back + 10))
          .isEqualTo(Arrays.copyOfRange(ascending, 16 * row, 16 * row + 10));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 17, 130})
  void whatLiesAroundTheRowsIsLeftAlone(int components) {
    int stride = Kernels.stride(components);
    long[] samples = samples(ROWS + 2);
    float[] plain = draw(STEP, components, Arrays.copyOfRange(samples, 2, ROWS + 2));
    float[] out = new float[5 + ROWS * stride + 7];
    Arrays.fill(out, 99);
    kernels()
        .normals(
            SEED,
            STREAM,
            STEP,
            ROWS,
            components,
            Kernels.stride(components),
            samples,
            2,
            scratch,
            out,
            5);
    for (int row = 0; row < ROWS; row++) {
      assertThat(Arrays.copyOfRange(out, 5 + row * stride, 5 + row * stride + components))
          .isEqualTo(Arrays.copyOfRange(plain, row * stride, row * stride + components));
    }
    assertThat(Arrays.copyOf(out, 5)).containsOnly(99);
    assertThat(Arrays.copyOfRange(out, 5 + ROWS * stride, out.length)).containsOnly(99);
  }

  @Test
  void everyCoordinateChangesEveryNumber() {
    float[] one = drawWith(SEED, STREAM, STEP, 16, 7);
    long high = 1L << 32;
    float[][] others = {
      drawWith(SEED + 1, STREAM, STEP, 16, 7),
      drawWith(SEED + high, STREAM, STEP, 16, 7),
      drawWith(SEED, STREAM + 1, STEP, 16, 7),
      drawWith(SEED, STREAM, STEP + 1, 16, 7),
      drawWith(SEED, STREAM, STEP, 16, 8),
      drawWith(SEED, STREAM, STEP, 16, 7 + high)
    };
    for (float[] other : others) {
      for (int c = 0; c < one.length; c++) {
        assertThat(other[c]).isNotEqualTo(one[c]);
      }
    }
  }

  @Test
  void whatTheScratchSpaceHoldsDoesNotMatter() {
    float[] expected = draw(STEP, 7, samples(9));
    Arrays.fill(scratch.words, -1);
    Arrays.fill(scratch.numbers, Float.NaN);
    assertThat(draw(STEP, 7, samples(9))).isEqualTo(expected);
  }

  @Test
  void noRowsAreNoNumbers() {
    assertThat(draw(STEP, 7)).isEmpty();
  }
}
