package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CsvSourceTest {
  @Test
  void acceptsTheEndsOfEachRange() {
    assertThatNoException()
        .isThrownBy(
            () ->
                CsvSource.at("x.csv")
                    .delimiter('\t')
                    .labelColumn(CsvSource.LAST)
                    .features(0)
                    .classes(2)
                    .maxBadFraction(1)
                    .test(0, 1)
                    .blocks(64, 1)
                    .build());
  }

  @Test
  void namesTheValueThatIsOutOfRange() {
    refuses(source -> source.classes(1), "classes is 1");
    refuses(source -> source.features(-1), "features is -1");
    refuses(source -> source.labelColumn(-3), "label column is -3");
    refuses(source -> source.delimiter('.'), "delimiter is '.'");
    refuses(source -> source.scale(0), "scale is 0.0");
    refuses(source -> source.scale(Double.NaN), "scale is NaN");
    refuses(source -> source.maxBadFraction(1.1), "1.1");
    refuses(source -> source.test(1, 0), "the test share is 1.0");
    refuses(source -> source.blocks(48, 0), "block size is 48");
  }

  private static void refuses(UnaryOperator<CsvSource.Builder> setting, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting.apply(CsvSource.at("x.csv")).build())
        .withMessageContaining(words)
        .withMessageMatching("(CsvSource|PackingRules): .*(Use|use) .*");
  }
}
