package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassesWithoutSamplesTest {
  @Test
  void labelsThatNoSampleHasAreNamed() {
    assertThat(new ClassesWithoutSamples(List.of(3L, 0L, 5L, 0L)).sentence())
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .contains("label 1, 3,")
                    .contains("data.classes is 4. Lower it"));
  }

  @Test
  void nothingIsSaidWhereEveryClassHasSamples() {
    assertThat(new ClassesWithoutSamples(List.of(3L, 1L)).sentence()).isEmpty();
  }

  @Test
  void ofManyTheFirstTenAreNamed() {
    assertThat(new ClassesWithoutSamples(Collections.nCopies(1000, 0L)).sentence())
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("8, 9, ..., but"));
  }
}
