package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoubleTwinTest {
  private static final Path MODULE = Path.of("");

  @ParameterizedTest
  @EnumSource
  void aTwinSaysWhatItsSourceSays(DoubleTwin twin) throws IOException {
    assertThat(withoutWhiteSpace(Files.readString(twin.file(MODULE))))
        .as("%s is not what its source says. Change the source, then: %s", twin, DoubleTwin.COMMAND)
        .isEqualTo(withoutWhiteSpace(twin.generated(MODULE)));
  }

  /** A formatter may break lines that became longer. */
  private static String withoutWhiteSpace(String text) {
    return text.replaceAll("\\s", "");
  }

  @ParameterizedTest
  @EnumSource
  void aTwinSaysNothingInFloat32(DoubleTwin twin) throws IOException {
    String code = Files.readString(twin.file(MODULE)).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
    assertThat(code).doesNotContainIgnoringCase("float").doesNotContainPattern("\\d[fF]\\b");
  }
}
