package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void halfOfTheSpeedIsReachedByTheThirdRoundInARowThatTakesAtMostTwiceAsLong() {
    List<Long> durations = List.of(90L, 21L, 20L, 15L, 12L, 10L, 10L, 10L);
    assertThat(WarmUp.firstAtLeast(durations, 0.5, 10)).isEqualTo(4);
    assertThat(WarmUp.firstAtLeast(durations, 1, 10)).isEqualTo(7);
  }

  @Test
  void aLuckyRoundDoesNotCount() {
    List<Long> durations = List.of(90L, 10L, 10L, 90L, 10L, 90L, 19L, 19L, 19L, 10L);
    assertThat(WarmUp.firstAtLeast(durations, 0.5, 10)).isEqualTo(8);
  }

  @Test
  void theLastRoundStandsForASpeedThatIsNotReached() {
    assertThat(WarmUp.firstAtLeast(List.of(90L, 90L, 10L, 10L), 0.5, 10)).isEqualTo(3);
  }

  @Test
  void theGradientsOfTheDigitsAreTimed() {
    PrintStream standard = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      WarmUp.main(new String[] {"0.1"});
    } finally {
      System.setOut(standard);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("first round done: [0-9.]+ s\n")
        .containsPattern(" 50 % of the speed kept: [0-9.]+ s, round [1-9][0-9]*\n")
        .containsPattern("speed kept: [1-9][0-9]* samples/s");
  }
}
