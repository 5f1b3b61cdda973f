package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Vector kernels against scalar ones, at the lanes this machine prefers. */
class VectorBitsTest {
  @Test
  void everyVectorKernelGivesTheBitsOfTheScalarOne() {
    int[] widths = IntStream.rangeClosed(1, 130).toArray();
    Map<String, long[]> expected = KernelCases.run(new ScalarKernels(), widths);
    Map<String, long[]> actual = KernelCases.run(new VectorKernels(), widths);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, bits) -> assertThat(actual.get(name)).as(name).isEqualTo(bits));
  }

  /** Often enough that C2 has compiled them: kernels that agree cold may differ warm. */
  @Test
  void theyStillDoWhenCompiled() {
    int[] widths = {1, 3, 16, 17, 33, 48, 64, 100};
    Map<String, long[]> expected = KernelCases.run(new ScalarKernels(), widths);
    for (int repetition = 0; repetition < 300; repetition++) {
      Map<String, long[]> actual = KernelCases.run(new VectorKernels(), widths);
      expected.forEach((name, bits) -> assertThat(actual.get(name)).as(name).isEqualTo(bits));
    }
  }
}
