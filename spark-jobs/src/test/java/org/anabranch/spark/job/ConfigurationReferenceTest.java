package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
  @Test
  void thePageOfTheDocumentationIsTheOneThatTheDeclarationsGive() throws IOException {
    assertThat(Files.readString(Path.of("../docs/configuration.md")))
        .describedAs(
            "docs/configuration.md; write it anew: submit/anabranch settings > docs/configuration.md")
        .isEqualTo(ConfigurationReference.markdown());
  }

  @Test
  void everySettingSaysWhatItIsInASentence() {
    assertThat(Settings.all())
        .allSatisfy(parameter -> assertThat(parameter.sentence()).matches("[\\p{L}].*\\."));
  }

  @Test
  void everyStandardAndEveryExampleIsValid() {
    Settings.all().forEach(ConfigurationReferenceTest::requireValid);
  }

  @Test
  void noTwoSettingsShareAKey() {
    List<String> keys = Settings.all().stream().map(Parameter::key).toList();
    assertThat(keys).doesNotHaveDuplicates();
  }

  private static <T> void requireValid(Parameter<T> parameter) {
    assertThat(read(parameter, parameter.example())).isNotNull();
    parameter
        .standard()
        .ifPresent(
            value -> assertThat(read(parameter, parameter.type().write(value))).isEqualTo(value));
  }

  private static <T> T read(Parameter<T> parameter, String hocon) {
    try {
      return parameter
          .type()
          .read(
              com.typesafe.config.ConfigFactory.parseString("value = " + hocon)
                  .root()
                  .get("value"));
    } catch (Unfit e) {
      throw new AssertionError(parameter.key() + " = " + hocon + ": " + e.getMessage(), e);
    }
  }
}
